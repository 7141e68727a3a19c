package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.List;
import java.util.Set;

/** What a threadgroup executes: regions, which every lane runs alone, and everything that the lanes do together. */
public sealed interface GroupStmt {

    /** A loop over the running lanes. Jumps out of it make a lane wait. */
    record Region(List<Stmt> body) implements GroupStmt {}

    /** A statement that is executed once: a uniform variable is set. */
    record Once(Stmt.Set set) implements GroupStmt {}

    record Barrier(Stmt.Barrier barrier) implements GroupStmt {}

    /** Results, and operands by lane, are arrays; the other operands are arrays or uniform. */
    record Exchange(Stmt.Exchange exchange) implements GroupStmt {}

    /** A branch that all lanes take alike. */
    record UniformIf(Expr condition, List<GroupStmt> then, List<GroupStmt> other, int line) implements GroupStmt {}

    /** A branch before which the lanes that do not take {@code then} were made to wait at {@code otherwise}. */
    record SplitIf(Stmt.Target otherwise, Stmt.Target end, List<GroupStmt> then, List<GroupStmt> other)
            implements GroupStmt {}

    /** {@code condition} is uniform; null if there is none, or if lanes leave in {@code head} by jumping. */
    record Loop(
            Stmt.Target target,
            List<GroupStmt> head,
            Expr condition,
            List<GroupStmt> body,
            List<GroupStmt> step,
            boolean testsAtEnd,
            int line)
            implements GroupStmt {}

    record Block(Stmt.Target target, List<GroupStmt> body) implements GroupStmt {}

    /** All running lanes jump. */
    record Jump(Stmt.Jump jump) implements GroupStmt {}

    /**
     * Statements that are a method of their own. The waits that may be under way when it runs are added to
     * {@code waiting} when the call is written.
     */
    record Part(String name, List<GroupStmt> body, Set<GroupPlan.Wait> waiting) implements GroupStmt {}
}
