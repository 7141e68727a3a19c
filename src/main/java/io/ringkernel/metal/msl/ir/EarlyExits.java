package io.ringkernel.metal.msl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Turns {@code if (a) return 1; rest} into {@code if (a) return 1; else rest} where that occurs very often, so that
 * what leaves stands at the end, and parts can become methods of their own.
 */
public final class EarlyExits {
    private static final int MANY = 200;

    private final Predicate<Stmt> isExit;

    private EarlyExits(Predicate<Stmt> isExit) {
        this.isExit = isExit;
    }

    /** The body of a kernel with most jumps to its end where they can be left out. Barriers see who has left. */
    public static List<Stmt> ofKernel(List<Stmt> body, Stmt.Target exit) {
        var exits = new EarlyExits(s -> s instanceof Stmt.Jump jump && jump.target() == exit && !jump.isContinue());
        boolean[] synchronises = new boolean[1];
        IrWalk.forEach(body, statement -> synchronises[0] |= statement instanceof Stmt.Sync);
        return exits.areMany(body) && !synchronises[0] ? exits.nested(body) : body;
    }

    /** The body of a method, which ends with a return, with most others replaced by variables. */
    public static List<Stmt> ofMethod(List<Stmt> body, List<Slot> results) {
        var exits = new EarlyExits(Stmt.Return.class::isInstance);
        if (!exits.areMany(body)) {
            return body;
        }
        var vars = results.stream().map(slot -> new Var("result", slot, true)).toList();
        var whole = new ArrayList<Stmt>();
        vars.forEach(var -> whole.add(new Stmt.Set(var, Expr.zero(var.slot()), 0)));
        whole.addAll(withoutReturns(exits.nested(body), vars));
        whole.add(new Stmt.Return(vars.stream().<Expr>map(Expr.Local::new).toList(), 0));
        return whole;
    }

    private boolean areMany(List<Stmt> body) {
        int[] count = new int[1];
        IrWalk.forEach(body, statement -> count[0] += isExit.test(statement) ? 1 : 0);
        return count[0] > MANY;
    }

    private List<Stmt> nested(List<Stmt> statements) {
        return before(statements, List.of());
    }

    /** The statements with those that follow. */
    private List<Stmt> before(List<Stmt> statements, List<Stmt> following) {
        Deque<Stmt> result = new ArrayDeque<>(following);
        for (var statement : statements.reversed()) {
            if (isExit.test(statement)) {
                result.clear();
            }
            if (!(statement instanceof Stmt.If branch) || !leaves(branch.then()) && !leaves(branch.other())) {
                result.addFirst(statement);
                continue;
            }
            var rest = List.copyOf(result);
            result.clear();
            result.add(new Stmt.If(
                    branch.condition(), before(branch.then(), rest), before(branch.other(), rest), branch.line()));
        }
        return List.copyOf(result);
    }

    private boolean leaves(List<Stmt> statements) {
        return !statements.isEmpty() && isExit.test(statements.getLast());
    }

    /** The statements with their results in variables wherever they end. */
    private static List<Stmt> withoutReturns(List<Stmt> statements, List<Var> results) {
        if (statements.isEmpty()) {
            return statements;
        }
        var whole = new ArrayList<>(statements.subList(0, statements.size() - 1));
        switch (statements.getLast()) {
            case Stmt.Return result -> {
                for (int i = 0; i < results.size(); i++) {
                    whole.add(new Stmt.Set(results.get(i), result.values().get(i), result.line()));
                }
            }
            case Stmt.If branch ->
                whole.add(new Stmt.If(
                        branch.condition(),
                        withoutReturns(branch.then(), results),
                        withoutReturns(branch.other(), results),
                        branch.line()));
            case Stmt last -> whole.add(last);
        }
        return whole;
    }
}
