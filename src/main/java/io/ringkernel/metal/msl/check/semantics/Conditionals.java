package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
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
        var whenTrue = analysis.expressions.check(conditional.whenTrue(), scope);
        var whenFalse = analysis.expressions.check(conditional.whenFalse(), scope);
        var position = conditional.position();
        if (whenTrue instanceof Operand.Located one
                && whenFalse instanceof Operand.Located other
                && isOneKindOfObject(one, other)) {
            return chosen(condition, one, other, position);
        }
        return chosenValue(
                condition, analysis.conversions.decay(whenTrue), analysis.conversions.decay(whenFalse), position);
    }

    /** Whether either can be the object that the operator yields (C++14 [expr.cond] 4). */
    private static boolean isOneKindOfObject(Operand.Located one, Operand.Located other) {
        return one.type().type().equals(other.type().type())
                && Lowering.space(one.type()) == Lowering.space(other.type())
                && one.addressable()
                && other.addressable()
                && !one.expiring()
                && !other.expiring()
                && !one.type().isArray();
    }

    private Operand chosen(
            TypedExpression condition, Operand.Located one, Operand.Located other, SourcePosition position) {
        if (condition instanceof TypedExpression.Constant constant) {
            return constant.bits() != 0 ? one : other;
        }
        var type = one.type().readOnly() ? one.type() : other.type();
        var pointer = new TypedExpression.Conditional(
                condition,
                analysis.conversions.address(one, type.readOnly()),
                analysis.conversions.address(other, type.readOnly()),
                position);
        var object = new Operand.Located(new Place.Dereference(pointer), type, position);
        return Conversions.isAtomic(type) ? object : object.yielding(chosenValue(condition, one, other, position));
    }

    private Operand chosenValue(TypedExpression condition, Operand left, Operand right, SourcePosition position) {
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
        var isMatrix = a.type() instanceof CppType.Matrix || b.type() instanceof CppType.Matrix;
        if (isMatrix || a.element() == null || b.element() == null || a.isVoid() || b.isVoid()) {
            throw Refusal.at(
                    position,
                    "incompatible operand types (" + Operators.quoted(left) + " and " + Operators.quoted(right) + ")");
        }
        return analysis.operators.common(left, right, position);
    }
}
