package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** Infix operators on pointers. */
final class Pointers {
    private final Analysis analysis;

    Pointers(Analysis analysis) {
        this.analysis = analysis;
    }

    private static Refusal invalid(Operand left, Operand right, SourcePosition position) {
        return Refusal.at(
                position,
                "invalid operands to binary expression (" + Operators.quoted(left) + " and " + Operators.quoted(right)
                        + ")");
    }

    Operand binary(BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        if (operator.isComparison()) {
            return compare(operator, left, right, position);
        }
        return switch (operator) {
            case ADD ->
                left.type().isPointer()
                        ? move(left, right, left, right, position)
                        : move(right, left, left, right, position);
            case SUBTRACT ->
                right.type().isPointer() ? difference(left, right, position) : retreat(left, right, position);
            default -> throw invalid(left, right, position);
        };
    }

    /** Refuses arithmetic on pointers whose step is unknown. */
    private static void checkComplete(QualType pointer, SourcePosition position) {
        var pointee = ((CppType.Pointer) pointer.type()).pointee();
        if (pointee.isVoid() || pointee.type() instanceof ClassSymbol symbol && !symbol.isComplete()) {
            throw Refusal.at(position, "arithmetic on a pointer to an incomplete type '" + pointee + "'");
        }
    }

    private Operand move(Operand pointer, Operand index, Operand left, Operand right, SourcePosition position) {
        if (!pointer.type().isPointer() || !index.type().isIntegral()) {
            throw invalid(left, right, position);
        }
        checkComplete(pointer.type(), position);
        var value = analysis.conversions.value(pointer);
        return new Operand.Value(
                new TypedExpression.PointerAdd(value, analysis.subscripts.index(index, position), position),
                pointer.type().unqualified());
    }

    private Operand retreat(Operand pointer, Operand index, SourcePosition position) {
        if (!pointer.type().isPointer() || !index.type().isIntegral()) {
            throw invalid(pointer, index, position);
        }
        checkComplete(pointer.type(), position);
        var signed = new Type.Scalar(ScalarType.LONG);
        var number = Trees.convert(analysis.subscripts.index(index, position), signed);
        var zero = new TypedExpression.Constant(signed, 0, position);
        var negated = Trees.binary(BinaryOperator.SUBTRACT, zero, number, signed, position);
        return new Operand.Value(
                new TypedExpression.PointerAdd(analysis.conversions.value(pointer), negated, position),
                pointer.type().unqualified());
    }

    private Operand difference(Operand left, Operand right, SourcePosition position) {
        if (!(left.type().type() instanceof CppType.Pointer(var a))
                || !(right.type().type() instanceof CppType.Pointer(var b))
                || !a.type().equals(b.type())
                || Lowering.space(a) != Lowering.space(b)) {
            throw invalid(left, right, position);
        }
        checkComplete(left.type(), position);
        return new Operand.Value(
                new TypedExpression.PointerDifference(
                        analysis.conversions.value(left),
                        analysis.conversions.value(right),
                        new Type.Scalar(ScalarType.LONG),
                        position),
                QualType.LONG);
    }

    private Operand compare(BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        QualType type;
        try {
            type = composite(left, right, position);
        } catch (Refusal _) {
            throw left.type().isPointer() && right.type().isPointer()
                    ? Refusal.at(
                            position,
                            "comparison of distinct pointer types (" + Operators.quoted(left) + " and "
                                    + Operators.quoted(right) + ")")
                    : invalid(left, right, position);
        }
        if (type.type() instanceof CppType.NullPointer) {
            return new Operand.Value(
                    Trees.constant(ScalarType.BOOL, operator == BinaryOperator.EQUAL ? 1 : 0, position), QualType.BOOL);
        }
        var a = analysis.conversions.implicit(left, type).apply().get();
        var b = analysis.conversions.implicit(right, type).apply().get();
        return new Operand.Value(new TypedExpression.Binary(operator, a, b, Trees.BOOL, position), QualType.BOOL);
    }

    /** The pointer type that two operands share (C++14 [expr] 14). */
    QualType composite(Operand left, Operand right, SourcePosition position) {
        var a = left.type().unqualified();
        var b = right.type().unqualified();
        if (a.equals(b)) {
            return a;
        }
        if (a.type() instanceof CppType.Pointer(var x) && b.type() instanceof CppType.Pointer(var y)) {
            var constant = x.readOnly() || y.readOnly();
            for (var pointee : new QualType[] {x, y}) {
                var candidate = QualType.pointerTo(pointee.withConst(constant));
                if (analysis.conversions.implicit(left, candidate, false) != null
                        && analysis.conversions.implicit(right, candidate, false) != null) {
                    return candidate;
                }
            }
        } else if (a.isPointer() && analysis.conversions.implicit(right, a, false) != null) {
            return a;
        } else if (b.isPointer() && analysis.conversions.implicit(left, b, false) != null) {
            return b;
        }
        throw Refusal.at(
                position,
                "incompatible operand types (" + Operators.quoted(left) + " and " + Operators.quoted(right) + ")");
    }

    /** Whether it is a literal zero, which converts to any pointer. */
    static boolean isNullConstant(Operand operand) {
        return operand instanceof Operand.Value(TypedExpression.Constant constant, var type)
                && constant.bits() == 0
                && type.type() instanceof CppType.Scalar(var kind)
                && kind.isInteger();
    }
}
