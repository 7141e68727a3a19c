package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.UnaryOperator;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/** Operators with one operand, except increment and decrement. */
final class UnaryOperators {
    private final Analysis analysis;

    UnaryOperators(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Unary unary, Scope scope) {
        var operator = unary.operator();
        switch (operator) {
            case PRE_INCREMENT, PRE_DECREMENT, POST_INCREMENT, POST_DECREMENT -> {
                return analysis.assignments.step(unary, scope);
            }
            default -> {}
        }
        var operand = analysis.expressions.check(unary.operand(), scope);
        if (Operators.isUserDefined(operand)) {
            var overloaded = analysis.operators.overloaded(
                    "operator" + operator.symbol(), List.of(operand), scope, unary.position());
            if (overloaded != null) {
                return overloaded;
            }
        }
        return switch (operator) {
            case DEREFERENCE -> dereference(operand, unary.position());
            case ADDRESS_OF -> addressOf(operand, unary.position());
            case NOT -> not(operand, unary.position());
            default -> numeric(operator, operand, unary.position());
        };
    }

    private Operand dereference(Operand operand, SourcePosition position) {
        if (operand instanceof Operand.Functions) {
            return operand;
        }
        var pointer = analysis.conversions.decay(operand);
        if (pointer.type() == null || !(pointer.type().type() instanceof CppType.Pointer(var pointee))) {
            throw Refusal.at(
                    position, "indirection requires pointer operand (" + Operators.quoted(operand) + " invalid)");
        }
        if (pointee.isVoid()) {
            throw Refusal.at(position, "indirection not permitted on operand of type '" + pointer.type() + "'");
        }
        return new Operand.Located(Trees.dereference(analysis.conversions.value(pointer)), pointee, position);
    }

    private Operand addressOf(Operand operand, SourcePosition position) {
        if (operand instanceof Operand.Functions) {
            return operand;
        }
        if (!(operand instanceof Operand.Located located) || located.expiring()) {
            throw Refusal.at(position, "cannot take the address of an rvalue of type " + Operators.quoted(operand));
        }
        var pointer = analysis.conversions.address(located, located.type().readOnly());
        var pointee = located.type().withSpace(Lowering.space(located.type()));
        return new Operand.Value(pointer, QualType.pointerTo(pointee));
    }

    private Operand not(Operand operand, SourcePosition position) {
        if (operand.type() != null && operand.type().type() instanceof CppType.Vector vector) {
            if (vector.element() != ScalarType.BOOL) {
                throw invalid(operand, position);
            }
            return unary(UnaryOperator.NOT, analysis.conversions.value(operand), operand.type(), position);
        }
        var condition = analysis.conversions.condition(operand);
        return unary(UnaryOperator.NOT, condition, QualType.BOOL, position);
    }

    private static Refusal invalid(Operand operand, SourcePosition position) {
        return Refusal.at(position, "invalid argument type " + Operators.quoted(operand) + " to unary expression");
    }

    private static Operand unary(
            UnaryOperator operator, TypedExpression value, QualType type, SourcePosition position) {
        if (value instanceof TypedExpression.Constant(var scalar, long bits, var _)
                && ConstantArithmetic.isDefined(operator, scalar.kind(), bits)) {
            var folded = ConstantArithmetic.unary(operator, scalar.kind(), bits);
            return new Operand.Value(new TypedExpression.Constant(scalar, folded, position), type.unqualified());
        }
        return new Operand.Value(new TypedExpression.Unary(operator, value, position), type.unqualified());
    }

    private Operand numeric(Expression.UnaryOperator operator, Operand operand, SourcePosition position) {
        if (operand.type() == null) {
            throw invalid(operand, position);
        }
        var source = analysis.operators.builtinOperand(
                analysis.conversions.decay(operand), Expressions.constant(ScalarType.FLOAT, 0, position));
        if (operator == Expression.UnaryOperator.PLUS && source.type().isPointer()) {
            return source;
        }
        var element = source.type().element();
        if (element == null
                || element == ScalarType.VOID
                || element == ScalarType.BOOL && source.type().isVector()
                || operator == Expression.UnaryOperator.COMPLEMENT && element.isFloating()
                || source.type().type() instanceof CppType.Matrix && operator == Expression.UnaryOperator.COMPLEMENT) {
            throw invalid(operand, position);
        }
        var type = source.type().scalar() != null
                ? QualType.of(ScalarConversions.promoted(element))
                : source.type().type() instanceof CppType.Vector(var kind, int count, var _)
                        ? QualType.of(new CppType.Vector(kind, count, false))
                        : source.type().unqualified();
        var lowered = Lowering.value(type, position);
        var value = lowered instanceof Type.Matrix
                ? analysis.conversions.value(source)
                : Trees.convert(analysis.conversions.value(source), lowered);
        return switch (operator) {
            case PLUS -> new Operand.Value(value, type);
            case MINUS -> unary(UnaryOperator.NEGATE, value, type, position);
            default -> unary(UnaryOperator.COMPLEMENT, value, type, position);
        };
    }
}
