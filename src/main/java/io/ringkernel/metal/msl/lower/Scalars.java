package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.UnaryOperator;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Opcode.Compare;
import io.ringkernel.metal.msl.ir.Opcode.Relation;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;

/** Operators and conversions of MSL's scalars (MSL specification, sections 2.1, 2.21, 3.1 and 8.6). */
final class Scalars {

    private Scalars() {}

    static Expr unary(UnaryOperator operator, ScalarType type, Expr operand) {
        return switch (operator) {
            case NOT -> Ops.not(operand);
            case COMPLEMENT ->
                normalize(
                        type,
                        Slot.of(type) == Slot.LONG
                                ? Ops.binary(Opcode.LXOR, operand, Expr.constant(-1L))
                                : Ops.binary(Opcode.IXOR, operand, Expr.constant(-1)));
            case NEGATE ->
                switch (Slot.of(type)) {
                    case FLOAT -> Ops.unary(Opcode.FNEG, operand);
                    case LONG -> Ops.unary(Opcode.LNEG, operand);
                    default -> normalize(type, Ops.unary(Opcode.INEG, operand));
                };
        };
    }

    /** Both operands have one type, but for the count of a shift. */
    static Expr binary(BinaryOperator operator, ScalarType type, Expr left, Expr right, ScalarType rightType) {
        if (operator.isComparison()) {
            return compare(operator, type, left, right);
        }
        if (operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT) {
            return shift(operator == BinaryOperator.SHIFT_LEFT, type, left, count(type, right, rightType));
        }
        return switch (Slot.of(type)) {
            case FLOAT -> round(type, Ops.binary(floatOpcode(operator), left, right));
            case LONG -> Ops.binary(longOpcode(operator, type.isUnsigned()), left, right);
            default -> normalize(type, Ops.binary(intOpcode(operator, type == ScalarType.UINT), left, right));
        };
    }

    private static Expr compare(BinaryOperator operator, ScalarType type, Expr left, Expr right) {
        var compare = switch (type) {
            case UINT -> Compare.UNSIGNED_INT;
            case LONG -> Compare.LONG;
            case ULONG -> Compare.UNSIGNED_LONG;
            case HALF, BFLOAT, FLOAT -> Compare.FLOAT;
            default -> Compare.INT;
        };
        return Ops.binary(Opcode.comparison(compare, relation(operator)), left, right);
    }

    private static Relation relation(BinaryOperator operator) {
        return switch (operator) {
            case EQUAL -> Relation.EQ;
            case NOT_EQUAL -> Relation.NE;
            case LESS -> Relation.LT;
            case LESS_EQUAL -> Relation.LE;
            case GREATER -> Relation.GT;
            case GREATER_EQUAL -> Relation.GE;
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    /**
     * The low bits of the count, as many as the shifted type's width has. The JVM masks for 32 and 64 bits itself, but
     * a shift by a constant may be widened later.
     */
    private static Expr count(ScalarType type, Expr count, ScalarType countType) {
        var narrow = convert(countType, ScalarType.INT, count);
        return type.byteSize() < 4 || narrow instanceof Expr.Const
                ? Ops.binary(Opcode.IAND, narrow, Expr.constant(type.byteSize() * 8 - 1))
                : narrow;
    }

    private static Expr shift(boolean left, ScalarType type, Expr value, Expr count) {
        if (Slot.of(type) == Slot.LONG) {
            var right = type.isUnsigned() ? Opcode.LUSHR : Opcode.LSHR;
            return Ops.binary(left ? Opcode.LSHL : right, value, count);
        }
        var right = type.isUnsigned() ? Opcode.IUSHR : Opcode.ISHR;
        return normalize(type, Ops.binary(left ? Opcode.ISHL : right, value, count));
    }

    private static Opcode floatOpcode(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Opcode.FADD;
            case SUBTRACT -> Opcode.FSUB;
            case MULTIPLY -> Opcode.FMUL;
            case DIVIDE -> Opcode.FDIV;
            default -> throw new IllegalArgumentException("not on floats: " + operator);
        };
    }

    private static Opcode intOpcode(BinaryOperator operator, boolean unsigned) {
        return switch (operator) {
            case ADD -> Opcode.IADD;
            case SUBTRACT -> Opcode.ISUB;
            case MULTIPLY -> Opcode.IMUL;
            case DIVIDE -> unsigned ? Opcode.UDIV : Opcode.IDIV;
            case REMAINDER -> unsigned ? Opcode.UREM : Opcode.IREM;
            case BIT_AND -> Opcode.IAND;
            case BIT_OR -> Opcode.IOR;
            case BIT_XOR -> Opcode.IXOR;
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    private static Opcode longOpcode(BinaryOperator operator, boolean unsigned) {
        return switch (operator) {
            case ADD -> Opcode.LADD;
            case SUBTRACT -> Opcode.LSUB;
            case MULTIPLY -> Opcode.LMUL;
            case DIVIDE -> unsigned ? Opcode.ULDIV : Opcode.LDIV;
            case REMAINDER -> unsigned ? Opcode.ULREM : Opcode.LREM;
            case BIT_AND -> Opcode.LAND;
            case BIT_OR -> Opcode.LOR;
            case BIT_XOR -> Opcode.LXOR;
            default -> throw new IllegalArgumentException(operator.name());
        };
    }

    /**
     * Rounds the result of a float operation to the type; half has so few bits that float in between changes nothing.
     */
    static Expr round(ScalarType type, Expr value) {
        return switch (type) {
            case HALF -> Ops.unary(Opcode.ROUND_HALF, value);
            case BFLOAT -> Ops.unary(Opcode.ROUND_BFLOAT, value);
            default -> value;
        };
    }

    /** Brings an int back into the range of a narrow type. */
    static Expr normalize(ScalarType type, Expr value) {
        return switch (type) {
            case CHAR -> Ops.unary(Opcode.I2B, value);
            case UCHAR -> Ops.binary(Opcode.IAND, value, Expr.constant(0xff));
            case SHORT -> Ops.unary(Opcode.I2S, value);
            case USHORT -> Ops.unary(Opcode.I2C, value);
            default -> value;
        };
    }

    static Expr convert(ScalarType from, ScalarType to, Expr value) {
        if (from == to) {
            return value;
        }
        if (to == ScalarType.BOOL) {
            return switch (Slot.of(from)) {
                case FLOAT -> Ops.binary(Opcode.FNE, value, Expr.constant(0f));
                case LONG -> Ops.binary(Opcode.LNE, value, Expr.constant(0L));
                default -> Ops.binary(Opcode.INE, value, Expr.constant(0));
            };
        }
        return switch (Slot.of(from)) {
            case FLOAT -> fromFloat(to, value);
            case LONG -> fromLong(from, to, value);
            default -> fromInt(from, to, value);
        };
    }

    private static Expr fromInt(ScalarType from, ScalarType to, Expr value) {
        if (to == ScalarType.BFLOAT) {
            // A float in between would round a second time.
            return Ops.unary(Opcode.L2BFLOAT, fromInt(from, ScalarType.LONG, value));
        }
        return switch (Slot.of(to)) {
            case FLOAT -> round(to, Ops.unary(from == ScalarType.UINT ? Opcode.U2F : Opcode.I2F, value));
            case LONG -> from == ScalarType.UINT ? Ops.unsignedToLong(value) : Ops.unary(Opcode.I2L, value);
            default -> contains(to, from) ? value : normalize(to, value);
        };
    }

    private static boolean contains(ScalarType wide, ScalarType narrow) {
        return narrow == ScalarType.BOOL
                || wide.byteSize() > narrow.byteSize() && (narrow.isUnsigned() || !wide.isUnsigned());
    }

    private static Expr fromLong(ScalarType from, ScalarType to, Expr value) {
        if (to == ScalarType.BFLOAT) {
            return Ops.unary(from == ScalarType.ULONG ? Opcode.UL2BFLOAT : Opcode.L2BFLOAT, value);
        }
        return switch (Slot.of(to)) {
            case FLOAT -> round(to, Ops.unary(from == ScalarType.ULONG ? Opcode.UL2F : Opcode.L2F, value));
            case LONG -> value;
            default -> normalize(to, Ops.unary(Opcode.L2I, value));
        };
    }

    private static Expr fromFloat(ScalarType to, Expr value) {
        return switch (to) {
            case HALF, BFLOAT -> round(to, value);
            case INT -> Ops.unary(Opcode.F2I, value);
            case UINT -> Ops.unary(Opcode.F2U, value);
            case LONG -> Ops.unary(Opcode.F2L, value);
            case ULONG -> Ops.unary(Opcode.F2UL, value);
            case CHAR -> Ops.unary(Opcode.F2CHAR, value);
            case UCHAR -> Ops.unary(Opcode.F2UCHAR, value);
            case SHORT -> Ops.unary(Opcode.F2SHORT, value);
            case USHORT -> Ops.unary(Opcode.F2USHORT, value);
            default -> value;
        };
    }

    /** The bits of a scalar, zero-extended to a long. */
    static Expr toBits(ScalarType type, Expr value) {
        return switch (type) {
            case LONG, ULONG -> value;
            case FLOAT -> Ops.unsignedToLong(Ops.unary(Opcode.FLOAT_BITS, value));
            case HALF -> Ops.unary(Opcode.I2L, Ops.unary(Opcode.HALF_BITS, value));
            case BFLOAT -> Ops.unary(Opcode.I2L, Ops.unary(Opcode.BFLOAT_BITS, value));
            case INT, UINT -> Ops.unsignedToLong(value);
            case SHORT, USHORT -> Ops.unary(Opcode.I2L, Ops.unary(Opcode.I2C, value));
            default -> Ops.unary(Opcode.I2L, Ops.binary(Opcode.IAND, value, Expr.constant(0xff)));
        };
    }

    /** The scalar whose bits are the low ones of a long. */
    static Expr fromBits(ScalarType type, Expr bits) {
        return switch (type) {
            case LONG, ULONG -> bits;
            case FLOAT -> Ops.unary(Opcode.BITS_FLOAT, Ops.unary(Opcode.L2I, bits));
            case HALF -> Ops.unary(Opcode.BITS_HALF, Ops.unary(Opcode.I2C, Ops.unary(Opcode.L2I, bits)));
            case BFLOAT -> Ops.unary(Opcode.BITS_BFLOAT, Ops.unary(Opcode.I2C, Ops.unary(Opcode.L2I, bits)));
            case BOOL ->
                convert(ScalarType.UCHAR, ScalarType.BOOL, normalize(ScalarType.UCHAR, Ops.unary(Opcode.L2I, bits)));
            default -> normalize(type, Ops.unary(Opcode.L2I, bits));
        };
    }
}
