package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import java.util.List;
import java.util.function.UnaryOperator;

/** A statement of the intermediate form. */
public sealed interface Stmt {

    /** The source line, or 0. */
    int line();

    /** Gives a variable its value. */
    record Set(Var var, Expr value, int line) implements Stmt {}

    /** Writes a scalar to memory. */
    record Store(Cell cell, Expr segment, Expr offset, Expr value, int line) implements Stmt {}

    /** Evaluates a call for its effect and drops its value. */
    record Do(Expr expression, int line) implements Stmt {}

    record If(Expr condition, List<Stmt> then, List<Stmt> other, int line) implements Stmt {}

    /**
     * Tests ({@code head}, then the condition; null is true), runs body and step, again; with {@code testsAtEnd} the
     * test comes last.
     */
    record Loop(
            Target target,
            List<Stmt> head,
            Expr condition,
            List<Stmt> body,
            List<Stmt> step,
            boolean testsAtEnd,
            int line)
            implements Stmt {}

    /** One run of labels; falls through. */
    record Case(List<Long> labels, boolean isDefault, List<Stmt> body) {}

    record Switch(Target target, Expr selector, List<Case> cases, int line) implements Stmt {}

    /** Statements that can be left at the front by a {@link Jump}. */
    record Block(Target target, List<Stmt> body, int line) implements Stmt {}

    /** Leaves, or with {@code isContinue} continues, the statement that has this target. */
    record Jump(Target target, boolean isContinue, int line) implements Stmt {}

    /** Calls a generated function; results go to variables. */
    record Invoke(FunctionCode function, List<Expr> arguments, List<Var> results, int line) implements Stmt {}

    /** Ends a generated function. */
    record Return(List<Expr> values, int line) implements Stmt {}

    /** Something that the threads of a threadgroup or a SIMD-group do together. */
    sealed interface Sync extends Stmt {}

    /**
     * A barrier.
     *
     * @param check takes the lanes' state and their number, and checks that all who must are there
     * @param flags the memory whose accesses it orders, as bits of {@code mem_flags}
     */
    record Barrier(LibraryMethod check, int flags, int line) implements Sync {}

    /**
     * An exchange between the lanes of a SIMD-group or quad: a method that takes the lanes' state, their number, the
     * width of a group, the operands, and the arrays of results.
     */
    record Exchange(LibraryMethod method, int width, List<Operand> operands, List<Var> results, int line)
            implements Sync {

        /** Given as an array {@code byLane}, or as an array, which is null where all lanes agree, and a value. */
        public record Operand(Expr value, boolean byLane) {}

        /** The same exchange of other operands. */
        public Exchange with(UnaryOperator<Operand> change) {
            return new Exchange(method, width, operands.stream().map(change).toList(), results, line);
        }
    }

    /** Where jumps go; compared by identity. */
    final class Target {
        private final String name;

        public Target(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
