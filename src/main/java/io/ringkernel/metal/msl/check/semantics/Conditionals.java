package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** The conditional operator (C++14 [expr.cond], MSL specification, section 3.1). */
final class Conditionals {
    private final Analysis analysis;

    Conditionals(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Conditional conditional, Scope scope) {
        var condition = analysis.conversions.condition(analysis.expressions.check(conditional.condition(), scope));
        var left = analysis.conversions.decay(analysis.expressions.check(conditional.whenTrue(), scope));
        var right = analysis.conversions.decay(analysis.expressions.check(conditional.whenFalse(), scope));
        var position = conditional.position();
        if (left.type() == null || right.type() == null) {
            throw Refusal.at(position, "incompatible operand types in a conditional expression");
        }
        var type = conditionalType(left, right, position);
        var a = branch(left, type, position);
        var b = branch(right, type, position);
        if (condition instanceof TypedExpression.Constant constant) {
            return new Operand.Value(constant.bits() != 0 ? a : b, type);
        }
        return new Operand.Value(new TypedExpression.Conditional(condition, a, b, position), type);
    }

    private TypedExpression branch(Operand operand, QualType type, SourcePosition position) {
        if (type.isVoid()) {
            return analysis.conversions.value(operand);
        }
        var sequence = analysis.conversions.implicit(operand, type);
        if (sequence == null) {
            throw Refusal.at(position, "cannot convert " + Operators.quoted(operand) + " to " + type.quoted());
        }
        return sequence.apply().get();
    }

    private QualType conditionalType(Operand left, Operand right, SourcePosition position) {
        var a = left.type().unqualified();
        var b = right.type().unqualified();
        if (a.equals(b)) {
            return a;
        }
        if (Operators.isPointer(a) || Operators.isPointer(b)) {
            return analysis.pointers.composite(left, right, position);
        }
        if (a.isClass() || b.isClass()) {
            var toLeft = analysis.conversions.implicit(right, a) != null;
            var toRight = analysis.conversions.implicit(left, b) != null;
            if (toLeft != toRight) {
                return toLeft ? a : b;
            }
            throw Refusal.at(
                    position,
                    "incompatible operand types (" + Operators.quoted(left) + " and " + Operators.quoted(right) + ")");
        }
        if (a.element() == null || b.element() == null || a.isVoid() || b.isVoid()) {
            throw Refusal.at(
                    position,
                    "incompatible operand types (" + Operators.quoted(left) + " and " + Operators.quoted(right) + ")");
        }
        return analysis.operators.common(left, right, position);
    }
}
