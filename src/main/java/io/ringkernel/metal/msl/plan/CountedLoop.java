package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.Rows;
import java.util.LinkedHashSet;
import java.util.List;

/** A loop {@code i < bound; i += step} over uint: nothing else sets the counter, and the bound does not change. */
public record CountedLoop(Var counter, Expr bound, int step) {
    public static final LibraryMethod SIGNED_LIMIT =
            Methods.method(Rows.class, "signedLimit", int.class, int.class, int.class, int.class);

    /** The loop as such a one, or null. */
    public static CountedLoop of(Stmt.Loop loop) {
        if (loop.testsAtEnd()
                || !loop.head().isEmpty()
                || !(loop.condition() instanceof Expr.Op test)
                || test.op() != Opcode.ULT
                || !(test.operands().get(0) instanceof Expr.Local counter)) {
            return null;
        }
        var step = step(loop.step(), counter.var());
        var changed = new LinkedHashSet<Var>();
        IrWalk.forEachSet(loop.body(), changed::add);
        var bound = test.operands().get(1);
        var boundIsFixed = bound instanceof Expr.Const || bound instanceof Expr.Local && !IrWalk.reads(bound, changed);
        if (step <= 0
                || changed.contains(counter.var())
                || !boundIsFixed
                || IrWalk.reads(bound, List.of(counter.var()))) {
            return null;
        }
        return new CountedLoop(counter.var(), bound, step);
    }

    private static int step(List<Stmt> statements, Var counter) {
        if (statements.size() == 1
                && statements.getFirst() instanceof Stmt.Set set
                && set.var() == counter
                && set.value() instanceof Expr.Op sum
                && sum.op() == Opcode.IADD
                && sum.operands().get(0) instanceof Expr.Local local
                && local.var() == counter
                && sum.operands().get(1) instanceof Expr.Const step) {
            return (int) step.bits();
        }
        return 0;
    }
}
