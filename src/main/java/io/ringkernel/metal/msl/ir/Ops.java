package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.Arithmetic;
import io.ringkernel.metal.msl.ir.Expr.Const;
import io.ringkernel.metal.msl.ir.Expr.Op;
import io.ringkernel.metal.msl.ir.Expr.Select;
import io.ringkernel.metal.msl.ir.Opcode.Compare;
import java.util.List;

/** Builds operators, computing what is known. */
public final class Ops {

    private static final long UNSIGNED_INT = 0xffff_ffffL;

    private Ops() {}

    public static Expr unary(Opcode op, Expr a) {
        if (op == Opcode.NOT) {
            return not(a);
        }
        if (a instanceof Const c) {
            var folded = fold(op, c);
            if (folded != null) {
                return folded;
            }
        }
        return new Op(op, List.of(a));
    }

    public static Expr binary(Opcode op, Expr a, Expr b) {
        if (a instanceof Const x && b instanceof Const y) {
            var folded = fold(op, x, y);
            if (folded != null) {
                return folded;
            }
        }
        if (b instanceof Const c && isRightIdentity(op, c.bits())) {
            return a;
        }
        if (a instanceof Const c && isLeftIdentity(op, c.bits())) {
            return b;
        }
        return new Op(op, List.of(a, b));
    }

    /** The negation of a condition that is 0 or 1. */
    public static Expr not(Expr condition) {
        return switch (condition) {
            case Const c -> Expr.constant(c.bits() == 0 ? 1 : 0);
            case Op op when op.op() == Opcode.NOT -> op.operands().getFirst();
            case Op op
            when op.op().compare() != null && op.op().compare() != Compare.FLOAT ->
                new Op(Opcode.comparison(op.op().compare(), op.op().relation().negated()), op.operands());
            default -> new Op(Opcode.NOT, List.of(condition));
        };
    }

    public static Expr select(Expr condition, Expr then, Expr other) {
        if (condition instanceof Const c) {
            return c.bits() != 0 ? then : other;
        }
        return then.equals(other) && then.isStable() ? then : new Select(condition, then, other);
    }

    public static Expr and(Expr left, Expr right) {
        return right instanceof Const c && c.bits() != 0 ? left : select(left, right, Expr.constant(0));
    }

    public static Expr or(Expr left, Expr right) {
        return right instanceof Const c && c.bits() == 0 ? left : select(left, Expr.constant(1), right);
    }

    /** The unsigned value of an int as a long. */
    public static Expr unsignedToLong(Expr e) {
        return e instanceof Const c
                ? Expr.constant(c.bits() & UNSIGNED_INT)
                : binary(Opcode.LAND, unary(Opcode.I2L, e), Expr.constant(UNSIGNED_INT));
    }

    public static Expr add(Expr a, long constant) {
        if (a instanceof Op op && op.op() == Opcode.LADD && op.operands().get(1) instanceof Const c) {
            return binary(Opcode.LADD, op.operands().getFirst(), Expr.constant(c.bits() + constant));
        }
        return binary(Opcode.LADD, a, Expr.constant(constant));
    }

    /** {@code a * factor}, as a shift where that is one. */
    public static Expr scale(Expr a, long factor) {
        if (factor > 0 && Long.bitCount(factor) == 1 && !(a instanceof Const)) {
            return binary(Opcode.LSHL, a, Expr.constant(Long.numberOfTrailingZeros(factor)));
        }
        return binary(Opcode.LMUL, a, Expr.constant(factor));
    }

    private static boolean isRightIdentity(Opcode op, long bits) {
        return switch (op) {
            case IADD, ISUB, IOR, IXOR, ISHL, ISHR, IUSHR, LADD, LSUB, LOR, LXOR, LSHL, LSHR, LUSHR -> bits == 0;
            case IMUL, LMUL, IDIV, UDIV, LDIV, ULDIV -> bits == 1;
            case IAND -> (int) bits == -1;
            case LAND -> bits == -1;
            default -> false;
        };
    }

    private static boolean isLeftIdentity(Opcode op, long bits) {
        return switch (op) {
            case IADD, IOR, IXOR, LADD, LOR, LXOR -> bits == 0;
            case IMUL, LMUL -> bits == 1;
            default -> false;
        };
    }

    private static Const fold(Opcode op, Const a) {
        var i = (int) a.bits();
        var f = Float.intBitsToFloat(i);
        return switch (op) {
            case INEG -> Expr.constant(-i);
            case LNEG -> Expr.constant(-a.bits());
            case FNEG -> Expr.constant(-f);
            case I2B -> Expr.constant((byte) i);
            case I2S -> Expr.constant((short) i);
            case I2C -> Expr.constant((char) i);
            case I2L -> Expr.constant((long) i);
            case L2I -> Expr.constant((int) a.bits());
            case I2F -> Expr.constant((float) i);
            case U2F -> Expr.constant(Arithmetic.toFloatUnsigned(i));
            case L2F -> Expr.constant((float) a.bits());
            case F2I -> Expr.constant((int) f);
            case F2U -> Expr.constant(Arithmetic.toUint(f));
            case F2L -> Expr.constant((long) f);
            case FLOAT_BITS -> Expr.constant(i);
            case BITS_FLOAT -> new Const(Slot.FLOAT, i);
            default -> null;
        };
    }

    private static Const fold(Opcode op, Const a, Const b) {
        if (op.compare() != null) {
            return Expr.constant(compare(op, a.bits(), b.bits()) ? 1 : 0);
        }
        return switch (op.result()) {
            case INT -> foldInt(op, (int) a.bits(), (int) b.bits());
            case LONG -> foldLong(op, a.bits(), b.bits());
            case FLOAT -> foldFloat(op, Float.intBitsToFloat((int) a.bits()), Float.intBitsToFloat((int) b.bits()));
            case SEGMENT -> null;
        };
    }

    private static Const foldInt(Opcode op, int a, int b) {
        return switch (op) {
            case IADD -> Expr.constant(a + b);
            case ISUB -> Expr.constant(a - b);
            case IMUL -> Expr.constant(a * b);
            case IDIV -> Expr.constant(Arithmetic.divide(a, b));
            case IREM -> Expr.constant(Arithmetic.remainder(a, b));
            case UDIV -> Expr.constant(Arithmetic.divideUnsigned(a, b));
            case UREM -> Expr.constant(Arithmetic.remainderUnsigned(a, b));
            case IAND -> Expr.constant(a & b);
            case IOR -> Expr.constant(a | b);
            case IXOR -> Expr.constant(a ^ b);
            case ISHL -> Expr.constant(a << b);
            case ISHR -> Expr.constant(a >> b);
            case IUSHR -> Expr.constant(a >>> b);
            default -> null;
        };
    }

    private static Const foldLong(Opcode op, long a, long b) {
        return switch (op) {
            case LADD -> Expr.constant(a + b);
            case LSUB -> Expr.constant(a - b);
            case LMUL -> Expr.constant(a * b);
            case LDIV -> Expr.constant(Arithmetic.divide(a, b));
            case LREM -> Expr.constant(Arithmetic.remainder(a, b));
            case ULDIV -> Expr.constant(Arithmetic.divideUnsigned(a, b));
            case ULREM -> Expr.constant(Arithmetic.remainderUnsigned(a, b));
            case LAND -> Expr.constant(a & b);
            case LOR -> Expr.constant(a | b);
            case LXOR -> Expr.constant(a ^ b);
            case LSHL -> Expr.constant(a << b);
            case LSHR -> Expr.constant(a >> b);
            case LUSHR -> Expr.constant(a >>> b);
            default -> null;
        };
    }

    private static Const foldFloat(Opcode op, float a, float b) {
        return switch (op) {
            case FADD -> Expr.constant(a + b);
            case FSUB -> Expr.constant(a - b);
            case FMUL -> Expr.constant(a * b);
            case FDIV -> Expr.constant(a / b);
            default -> null;
        };
    }

    private static boolean compare(Opcode op, long a, long b) {
        if (op.compare() == Compare.FLOAT) {
            var x = Float.intBitsToFloat((int) a);
            var y = Float.intBitsToFloat((int) b);
            return switch (op.relation()) {
                case EQ -> x == y;
                case NE -> x != y;
                case LT -> x < y;
                case LE -> x <= y;
                case GT -> x > y;
                case GE -> x >= y;
            };
        }
        var order = switch (op.compare()) {
            case INT, LONG -> Long.compare(a, b);
            default -> Long.compareUnsigned(a, b);
        };
        return switch (op.relation()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
