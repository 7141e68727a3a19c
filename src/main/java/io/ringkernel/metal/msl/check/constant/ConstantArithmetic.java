package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.Arithmetic;
import io.ringkernel.metal.msl.builtin.Half;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.UnaryOperator;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * MSL's scalar operations on constants, by the methods that generated code calls. Bits are as
 * {@link io.ringkernel.metal.msl.check.TypedExpression.Constant} has them: the carried int (sign-extended) or long, or
 * the raw bits of the carried float.
 */
public final class ConstantArithmetic {
    private ConstantArithmetic() {}

    public static long bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    public static float real(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    /** A literal, rounded once to its type. */
    public static long literal(ScalarType type, BigDecimal value) {
        return switch (type) {
            case HALF -> bits(roundOnce(value, 11, -24, 65520.0));
            case BFLOAT -> bits(roundOnce(value, 8, -133, 0x1.ffp127));
            default -> bits(value.floatValue());
        };
    }

    /** Nearest value with {@code precision} bits, ties to even; smallest step is 2 to {@code minimumExponent}. */
    private static float roundOnce(BigDecimal value, int precision, int minimumExponent, double overflow) {
        double magnitude = value.abs().doubleValue();
        if (magnitude >= overflow) {
            return value.signum() < 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        if (magnitude == 0) {
            return 0;
        }
        int step = Math.max(Math.getExponent(magnitude) - precision + 1, minimumExponent);
        var scaled = value.divide(new BigDecimal(Math.scalb(1.0, step)), new java.math.MathContext(60));
        var rounded = scaled.setScale(0, java.math.RoundingMode.HALF_EVEN).doubleValue();
        return (float) Math.scalb(rounded, step);
    }

    /** Brings an integer into the range of {@code type} by dropping high bits. */
    public static long narrow(ScalarType type, long value) {
        return switch (type) {
            case BOOL -> value & 1;
            case CHAR -> (byte) value;
            case UCHAR -> value & 0xff;
            case SHORT -> (short) value;
            case USHORT -> value & 0xffff;
            case INT, UINT -> (int) value;
            default -> value;
        };
    }

    /** The mathematical value of an integer; an ulong above 2^63 is negative. */
    public static long widen(ScalarType type, long bits) {
        return type == ScalarType.UINT ? bits & 0xffffffffL : bits;
    }

    private static float round(ScalarType type, float value) {
        return switch (type) {
            case HALF -> Half.round(value);
            case BFLOAT -> Half.roundBfloat(value);
            default -> value;
        };
    }

    public static long convert(ScalarType from, ScalarType to, long bits) {
        if (from == to) {
            return bits;
        }
        if (to == ScalarType.BOOL) {
            return (from.isFloating() ? real(bits) != 0 : bits != 0) ? 1 : 0;
        }
        if (!to.isFloating()) {
            return from.isFloating() ? truncate(to, real(bits)) : narrow(to, widen(from, bits));
        }
        return bits(from.isFloating() ? round(to, real(bits)) : fromInteger(from, to, bits));
    }

    private static float fromInteger(ScalarType from, ScalarType to, long bits) {
        var huge = from == ScalarType.ULONG && bits < 0;
        long value = widen(from, bits);
        return switch (to) {
            case HALF -> huge ? Arithmetic.toHalfUnsigned(bits) : Arithmetic.toHalf(value);
            case BFLOAT -> huge ? Arithmetic.toBfloatUnsigned(bits) : Arithmetic.toBfloat(value);
            default -> huge ? Arithmetic.toFloatUnsigned(bits) : Arithmetic.toFloat(value);
        };
    }

    private static long truncate(ScalarType to, float value) {
        return switch (to) {
            case CHAR -> Arithmetic.toChar(value);
            case UCHAR -> Arithmetic.toUchar(value);
            case SHORT -> Arithmetic.toShort(value);
            case USHORT -> Arithmetic.toUshort(value);
            case INT -> Arithmetic.toInt(value);
            case UINT -> Arithmetic.toUint(value);
            case ULONG -> Arithmetic.toUlong(value);
            default -> Arithmetic.toLong(value);
        };
    }

    public static long unary(UnaryOperator operator, ScalarType type, long bits) {
        return switch (operator) {
            case NEGATE -> type.isFloating() ? bits(-real(bits)) : narrow(type, -bits);
            case COMPLEMENT -> narrow(type, ~bits);
            case NOT -> bits ^ 1;
        };
    }

    /** Null where the language gives no result, as for a division by zero. Comparisons give 0 or 1. */
    public static Long binary(BinaryOperator operator, ScalarType type, long left, long right) {
        if (operator.isComparison()) {
            return compare(operator, type, left, right) ? 1L : 0L;
        }
        if (type.isFloating()) {
            float a = real(left);
            float b = real(right);
            return bits(round(
                    type,
                    switch (operator) {
                        case ADD -> a + b;
                        case SUBTRACT -> a - b;
                        case MULTIPLY -> a * b;
                        case DIVIDE -> a / b;
                        default -> throw new IllegalArgumentException(operator + " on " + type);
                    }));
        }
        return isDefined(operator, type, left, right) ? narrow(type, integer(operator, type, left, right)) : null;
    }

    /** Whether an operation on integers has a result (C++14 [expr] 4, [expr.mul] 4, [expr.shift]). */
    private static boolean isDefined(BinaryOperator operator, ScalarType type, long left, long right) {
        int bits = type.byteSize() * 8;
        boolean isSigned = !type.isUnsigned();
        long a = widen(type, left);
        long b = widen(type, right);
        return switch (operator) {
            case DIVIDE, REMAINDER -> b != 0 && !(isSigned && b == -1 && a == Long.MIN_VALUE >> (64 - bits));
            case SHIFT_LEFT -> !isSigned || a >= 0 && dropsNothing(a, (int) b & (bits - 1), bits);
            case ADD, SUBTRACT, MULTIPLY -> !isSigned || fits(exact(operator, a, b), bits);
            default -> true;
        };
    }

    /** Whether a shift, by the count that MSL makes of it, drops no bit that is set. */
    private static boolean dropsNothing(long value, int count, int bits) {
        return count == 0 || value >>> (bits - count) == 0;
    }

    private static BigInteger exact(BinaryOperator operator, long a, long b) {
        var left = BigInteger.valueOf(a);
        var right = BigInteger.valueOf(b);
        return switch (operator) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            default -> left.multiply(right);
        };
    }

    private static boolean fits(BigInteger value, int bits) {
        return value.bitLength() < bits;
    }

    /** Whether a scalar has a value in another type (C++14 [conv.fpint] 1). */
    public static boolean isConvertible(ScalarType from, ScalarType to, long bits) {
        if (!from.isFloating() || to.isFloating() || to == ScalarType.BOOL) {
            return true;
        }
        double value = Math.floor(Math.abs(real(bits))) * Math.signum(real(bits));
        int width = to.byteSize() * 8;
        double limit = Math.scalb(1.0, to.isUnsigned() ? width : width - 1);
        return value < limit && value >= (to.isUnsigned() ? 0 : -limit);
    }

    /** Whether an operation on a scalar has a result: the smallest integer has no negative. */
    public static boolean isDefined(UnaryOperator operator, ScalarType type, long bits) {
        return operator != UnaryOperator.NEGATE
                || type.isFloating()
                || type.isUnsigned()
                || bits != Long.MIN_VALUE >> (64 - type.byteSize() * 8);
    }

    private static long integer(BinaryOperator operator, ScalarType type, long left, long right) {
        boolean unsigned = type.isUnsigned();
        long a = widen(type, left);
        long b = widen(type, right);
        int mask = type.byteSize() * 8 - 1;
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> unsigned ? Long.divideUnsigned(a, b) : a / b;
            case REMAINDER -> unsigned ? Long.remainderUnsigned(a, b) : a % b;
            case BIT_AND -> a & b;
            case BIT_OR -> a | b;
            case BIT_XOR -> a ^ b;
            case SHIFT_LEFT -> a << (b & mask);
            case SHIFT_RIGHT -> unsigned ? a >>> (b & mask) : a >> (b & mask);
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    private static boolean compare(BinaryOperator operator, ScalarType type, long left, long right) {
        if (type.isFloating()) {
            float a = real(left);
            float b = real(right);
            return switch (operator) {
                case EQUAL -> a == b;
                case NOT_EQUAL -> a != b;
                case LESS -> a < b;
                case LESS_EQUAL -> a <= b;
                case GREATER -> a > b;
                default -> a >= b;
            };
        }
        int order = type.isUnsigned() ? Long.compareUnsigned(left, right) : Long.compare(left, right);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }
}
