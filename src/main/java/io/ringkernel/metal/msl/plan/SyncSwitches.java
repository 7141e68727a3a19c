package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.List;

/** Turns switches in which threads synchronise into branches, one per case, that fall through by a flag. */
final class SyncSwitches {

    private SyncSwitches() {}

    static List<Stmt> expand(List<Stmt> statements) {
        var result = new ArrayList<Stmt>();
        for (var statement : statements) {
            switch (statement) {
                case Stmt.Switch s when synchronises(s) -> result.addAll(branches(s));
                case Stmt.If s -> result.add(new Stmt.If(s.condition(), expand(s.then()), expand(s.other()), s.line()));
                case Stmt.Loop s ->
                    result.add(new Stmt.Loop(
                            s.target(),
                            expand(s.head()),
                            s.condition(),
                            expand(s.body()),
                            expand(s.step()),
                            s.testsAtEnd(),
                            s.line()));
                case Stmt.Block s -> result.add(new Stmt.Block(s.target(), expand(s.body()), s.line()));
                default -> result.add(statement);
            }
        }
        return result;
    }

    /** Whether threads synchronise in a statement. */
    static boolean synchronises(Stmt statement) {
        var found = new boolean[1];
        IrWalk.forEach(statement, s -> found[0] |= s instanceof Stmt.Sync);
        return found[0];
    }

    private static List<Stmt> branches(Stmt.Switch s) {
        var selector = new Var("selector", s.selector().slot(), false);
        var selected = new Expr.Local(selector);
        var flag = new Var("selected", Slot.INT, true);
        var body = new ArrayList<Stmt>();
        for (var one : s.cases()) {
            var matches = matches(selected, one.labels());
            if (one.isDefault()) {
                var others =
                        s.cases().stream().flatMap(c -> c.labels().stream()).toList();
                matches = Ops.or(matches, Ops.not(matches(selected, others)));
            }
            var then = new ArrayList<Stmt>();
            then.add(new Stmt.Set(flag, Expr.constant(1), s.line()));
            then.addAll(expand(one.body()));
            body.add(new Stmt.If(Ops.or(new Expr.Local(flag), matches), then, List.of(), s.line()));
        }
        return List.of(
                new Stmt.Set(selector, s.selector(), s.line()),
                new Stmt.Set(flag, Expr.constant(0), s.line()),
                new Stmt.Block(s.target(), body, s.line()));
    }

    private static Expr matches(Expr.Local selector, List<Long> labels) {
        Expr any = Expr.constant(0);
        for (var label : labels) {
            var equal = selector.slot() == Slot.LONG
                    ? Ops.binary(Opcode.LEQ, selector, Expr.constant((long) label))
                    : Ops.binary(Opcode.IEQ, selector, Expr.constant((int) (long) label));
            any = any instanceof Expr.Const ? equal : Ops.or(any, equal);
        }
        return any;
    }
}
