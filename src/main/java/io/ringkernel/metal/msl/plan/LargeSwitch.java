package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrRewrite;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a switch that is too large for a method into smaller ones: some that look up the number of the case, then
 * some over runs of cases by number. A case that falls through at the end of a run says that the next one is meant.
 */
final class LargeSwitch {
    private static final int LARGEST_BYTES = 20_000;
    private static final int LABELS = 500;
    private static final int RUN_BYTES = 1200;

    private final Stmt.Switch whole;
    private final List<Stmt> result = new ArrayList<>();
    private final Var selector;
    private final Var number = new Var("case", Slot.INT, true);

    private LargeSwitch(Stmt.Switch whole) {
        this.whole = whole;
        selector = new Var("selector", whole.selector().slot(), false);
    }

    /** The statements with smaller switches in place of those that are too large. */
    static List<Stmt> divideAll(List<Stmt> statements) {
        var result = new ArrayList<Stmt>();
        for (var outer : statements) {
            var statement = IrRewrite.withLists(outer, LargeSwitch::divideAll);
            if (statement instanceof Stmt.Switch whole && whole.cases().size() > 2 && isTooLarge(whole)) {
                result.addAll(new LargeSwitch(whole).divide());
            } else {
                result.add(statement);
            }
        }
        return result;
    }

    private static boolean isTooLarge(Stmt.Switch whole) {
        return CodeSize.of(whole) > LARGEST_BYTES;
    }

    private List<Stmt> divide() {
        var cases = whole.cases();
        result.add(new Stmt.Set(selector, whole.selector(), whole.line()));
        result.add(new Stmt.Set(number, Expr.constant(otherwise()), whole.line()));
        lookUp();
        var from = 0;
        var bytes = 0;
        for (int i = 0; i < cases.size(); i++) {
            bytes += CodeSize.of(cases.get(i).body());
            if (i + 1 == cases.size() || bytes > RUN_BYTES) {
                run(from, i + 1);
                from = i + 1;
                bytes = 0;
            }
        }
        return result;
    }

    /** The number of the default case; behind all if there is none. */
    private int otherwise() {
        for (int i = 0; i < whole.cases().size(); i++) {
            if (whole.cases().get(i).isDefault()) {
                return i;
            }
        }
        return whole.cases().size();
    }

    private void lookUp() {
        var some = new ArrayList<Stmt.Case>();
        var target = new Stmt.Target("case");
        var labels = 0;
        for (int i = 0; i < whole.cases().size(); i++) {
            var all = whole.cases().get(i).labels();
            for (int from = 0; from < all.size(); from += LABELS) {
                var part = all.subList(from, Math.min(all.size(), from + LABELS));
                var set = new Stmt.Set(number, Expr.constant(i), whole.line());
                some.add(new Stmt.Case(part, false, List.of(set, new Stmt.Jump(target, false, whole.line()))));
                labels += part.size();
                if (labels >= LABELS) {
                    result.add(lookUp(target, some));
                    some.clear();
                    target = new Stmt.Target("case");
                    labels = 0;
                }
            }
        }
        if (!some.isEmpty()) {
            result.add(lookUp(target, some));
        }
    }

    private Stmt lookUp(Stmt.Target target, List<Stmt.Case> cases) {
        return new Stmt.Switch(target, new Expr.Local(selector), List.copyOf(cases), whole.line());
    }

    /** The cases from one to before another; nothing is done if the number is none of theirs. */
    private void run(int from, int to) {
        var cases = new ArrayList<Stmt.Case>();
        for (int i = from; i < to; i++) {
            var body = new ArrayList<>(whole.cases().get(i).body());
            if (i + 1 == to) {
                body.add(new Stmt.Set(number, Expr.constant(to), whole.line()));
            }
            cases.add(new Stmt.Case(List.of((long) i), false, body));
        }
        result.add(new Stmt.Switch(whole.target(), new Expr.Local(number), cases, whole.line()));
    }
}
