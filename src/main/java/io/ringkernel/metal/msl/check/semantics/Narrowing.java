package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;

/** Refuses conversions in braces that can lose a value (C++14 [dcl.init.list] 7). */
final class Narrowing {
    private Narrowing() {}

    static void check(Operand operand, Analysis analysis, QualType type) {
        var to = type.type() instanceof CppType.Scalar(var kind) ? kind : null;
        var from = operand.type().scalar();
        if (to == null || from == null || from == to || to == ScalarType.BOOL && from == ScalarType.BOOL) {
            return;
        }
        if (from.isFloating() && !to.isFloating()) {
            throw Refusal.at(
                    operand.position(), "type '" + from + "' cannot be narrowed to '" + to + "' in initializer list");
        }
        if (analysis.evaluator.evaluate(analysis.conversions.value(operand)) instanceof Long bits) {
            checkConstant(operand, from, to, bits);
        } else if (!fits(from, to)) {
            throw Refusal.at(
                    operand.position(),
                    "non-constant-expression cannot be narrowed from type '" + from + "' to '" + to
                            + "' in initializer list");
        }
    }

    private static void checkConstant(Operand operand, ScalarType from, ScalarType to, long bits) {
        if (from.isFloating()) {
            return;
        }
        var converted = ConstantArithmetic.convert(from, to, bits);
        var exact = ConstantArithmetic.convert(to, from, converted) == bits;
        var negative = !from.isUnsigned() && bits < 0;
        if (!exact || negative && to.isUnsigned() || from == ScalarType.ULONG && bits < 0 && !to.isUnsigned()) {
            throw Refusal.at(
                    operand.position(),
                    "constant expression evaluates to " + ConstantArithmetic.widen(from, bits)
                            + " which cannot be narrowed to type '" + to + "'");
        }
    }

    /** Whether every value of {@code from} is one of {@code to}. */
    private static boolean fits(ScalarType from, ScalarType to) {
        if (from == ScalarType.BOOL) {
            return true;
        }
        if (to == ScalarType.BOOL) {
            return false;
        }
        if (from.isFloating()) {
            return to.byteSize() >= from.byteSize();
        }
        if (to.isFloating()) {
            return false;
        }
        if (from.isUnsigned()) {
            return to.byteSize() > from.byteSize() || to.isUnsigned() && to.byteSize() == from.byteSize();
        }
        return !to.isUnsigned() && to.byteSize() >= from.byteSize();
    }
}
