package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import java.util.List;

/**
 * A scalar value. Expressions have no effects; a {@link Load} sees memory at the moment it is evaluated. Whoever wants
 * to use an expression twice, or after an effect, puts it into a variable first.
 */
public sealed interface Expr {

    Slot slot();

    /** Operands, in order of evaluation. */
    List<Expr> operands();

    /** {@code bits} as {@link io.ringkernel.metal.msl.check.TypedExpression.Constant} has them; SEGMENT 0 is null. */
    record Const(Slot slot, long bits) implements Expr {
        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** A variable's value. */
    record Local(Var var) implements Expr {
        @Override
        public Slot slot() {
            return var.slot();
        }

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** An operator. */
    record Op(Opcode op, List<Expr> operands) implements Expr {
        @Override
        public Slot slot() {
            return op.result();
        }
    }

    /** A scalar in memory. */
    record Load(Cell cell, Expr segment, Expr offset, int line) implements Expr {
        @Override
        public Slot slot() {
            return cell.slot();
        }

        @Override
        public List<Expr> operands() {
            return List.of(segment, offset);
        }
    }

    /**
     * A public static Java method; {@code withWorker}: a method of the {@link io.ringkernel.metal.msl.run.Worker}, or
     * of the part of it that has the method's class. The method is pure when its value depends on its operands alone
     * and it cannot throw; the call is if they are too.
     */
    record Call(LibraryMethod method, List<Expr> operands, boolean withWorker, boolean isMethodPure, int line)
            implements Expr {
        @Override
        public Slot slot() {
            return Slot.of(method.type().returnType());
        }
    }

    /** {@code condition ? then : other}, evaluating one of the two. */
    record Select(Expr condition, Expr then, Expr other) implements Expr {
        @Override
        public Slot slot() {
            return then.slot();
        }

        @Override
        public List<Expr> operands() {
            return List.of(condition, then, other);
        }
    }

    /** Whether it may be evaluated any number of times at any moment: a constant, or a variable that is set once. */
    default boolean isStable() {
        return switch (this) {
            case Const _ -> true;
            case Local local -> !local.var().isMutable();
            default -> false;
        };
    }

    /** Whether it depends on variables alone and cannot fail. */
    default boolean isPure() {
        return switch (this) {
            case Load _ -> false;
            case Call call when !call.isMethodPure() -> false;
            default -> operands().stream().allMatch(Expr::isPure);
        };
    }

    /** Zero, or the segment of the null pointer. */
    static Expr zero(Slot slot) {
        return slot == Slot.SEGMENT ? SpecialVars.NULL : new Const(slot, 0);
    }

    static Const constant(int value) {
        return new Const(Slot.INT, value);
    }

    static Const constant(long value) {
        return new Const(Slot.LONG, value);
    }

    static Const constant(float value) {
        return new Const(Slot.FLOAT, Float.floatToRawIntBits(value));
    }
}
