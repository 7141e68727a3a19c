package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.ir.Expr.Const;
import io.ringkernel.metal.msl.ir.Expr.Op;

/**
 * Widens subscripts to 64 bits. The JIT compiler vectorises addresses that are computed in 64 bits throughout, and not
 * those where a 32-bit sum is extended at the end.
 */
public final class Subscripts {

    private Subscripts() {}

    /** The subscript as a long; {@code exact} if a uint that is 2^31 or more, or wraps, must keep its value. */
    public static Expr widen(ScalarType type, Expr index, boolean exact) {
        if (index.slot() == Slot.LONG) {
            return index;
        }
        if (type == ScalarType.UINT && exact) {
            return isNonNegative(index) ? Ops.unary(Opcode.I2L, index) : Ops.unsignedToLong(index);
        }
        return widen(index);
    }

    private static Expr widen(Expr index) {
        if (index instanceof Op op) {
            var wide = switch (op.op()) {
                case IADD -> Opcode.LADD;
                case ISUB -> Opcode.LSUB;
                case IMUL -> Opcode.LMUL;
                case ISHL -> op.operands().get(1) instanceof Const ? Opcode.LSHL : null;
                default -> null;
            };
            if (wide == Opcode.LSHL) {
                return Ops.binary(
                        wide, widen(op.operands().get(0)), op.operands().get(1));
            }
            if (wide != null) {
                return Ops.binary(
                        wide, widen(op.operands().get(0)), widen(op.operands().get(1)));
            }
        }
        return Ops.unary(Opcode.I2L, index);
    }

    /** Whether a subscript is known to be at least 0 and below a bound. */
    public static boolean isBelow(Expr index, int bound) {
        var greatest = greatest(index);
        return greatest >= 0 && greatest < bound;
    }

    /** The greatest value that an int or long can have, or -1 if it may be negative or is not known. */
    private static long greatest(Expr e) {
        return switch (e) {
            case Const c -> Math.max(-1, c.bits());
            case Expr.Load load ->
                switch (load.cell()) {
                    case BOOL -> 1;
                    case U8 -> 0xff;
                    case U16 -> 0xffff;
                    default -> -1;
                };
            case Expr.Select select -> {
                var then = greatest(select.then());
                var other = greatest(select.other());
                yield then < 0 || other < 0 ? -1 : Math.max(then, other);
            }
            case Op op -> greatest(op);
            default -> -1;
        };
    }

    private static long greatest(Op op) {
        if (op.op().compare() != null || op.op() == Opcode.NOT) {
            return 1;
        }
        var operands = op.operands();
        return switch (op.op()) {
            case IAND, LAND -> {
                var left = greatest(operands.get(0));
                var right = greatest(operands.get(1));
                yield left < 0 || right < 0 ? Math.max(left, right) : Math.min(left, right);
            }
            case UREM, ULREM -> operands.get(1) instanceof Const c && c.bits() > 0 ? c.bits() - 1 : -1;
            case I2C -> 0xffff;
            case I2L -> greatest(operands.getFirst());
            default -> -1;
        };
    }

    private static boolean isNonNegative(Expr e) {
        return switch (e) {
            case Const c -> c.bits() >= 0;
            case Expr.Load load -> load.cell() == Cell.U8 || load.cell() == Cell.U16;
            case Op op ->
                switch (op.op()) {
                    case IAND -> op.operands().stream().anyMatch(Subscripts::isNonNegative);
                    case IUSHR -> op.operands().get(1) instanceof Const c && (c.bits() & 31) != 0;
                    case I2C -> true;
                    default -> false;
                };
            default -> false;
        };
    }
}
