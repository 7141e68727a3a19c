package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is the same for all threads of a threadgroup. A variable is uniform when all its values are, and it is only set
 * where all running threads are together; found as the largest solution: everything is uniform until something says
 * otherwise.
 *
 * <p>It also decides which statements the group executes as one ({@link #isGroupLevel}) and which each lane runs by
 * itself in a region.
 */
final class Uniformity {
    private final Set<Var> varying = new LinkedHashSet<>();
    private final Set<Stmt.Target> leftBySome = new LinkedHashSet<>();
    private final Map<Stmt, Boolean> together = new IdentityHashMap<>();
    private final Predicate<Stmt> isTogether;
    private final Map<Var, Integer> references = new LinkedHashMap<>();

    /**
     * Analyses a body.
     *
     * @param sources the variables that differ between lanes from the start
     * @param isTogether which statements lanes must not run one after the other, all around them included
     */
    Uniformity(List<Stmt> body, Set<Var> sources, Predicate<Stmt> isTogether) {
        this.isTogether = isTogether;
        varying.addAll(sources);
        IrWalk.forEachRead(body, v -> references.merge(v, 1, Integer::sum));
        IrWalk.forEachSet(body, v -> references.merge(v, 1, Integer::sum));
        var before = -1;
        while (before != varying.size() + leftBySome.size()) {
            before = varying.size() + leftBySome.size();
            visit(body, false);
            demote(body);
        }
    }

    boolean isVarying(Var var) {
        return varying.contains(var);
    }

    /** Notes a variable that was made after the analysis. */
    void addVarying(Var var) {
        varying.add(var);
    }

    /** Whether some lanes leave or continue a construct while others go on in it. */
    boolean isLeftBySome(Stmt.Target target) {
        return leftBySome.contains(target);
    }

    /**
     * Whether an expression has one value for the group; what may fail only counts where every thread that runs is
     * there.
     */
    boolean isUniform(Expr expression, boolean divergent) {
        return switch (expression) {
            case Expr.Local local -> !varying.contains(local.var());
            case Expr.Load load when divergent -> false;
            case Expr.Call call when !call.isMethodPure() && (divergent || !Methods.isCheck(call.method())) -> false;
            default -> expression.operands().stream().allMatch(e -> isUniform(e, divergent));
        };
    }

    /** Whether a statement fails for all lanes or for none, and does nothing else. */
    static boolean isCheck(Stmt statement, Predicate<Expr> isUniform) {
        return statement instanceof Stmt.Do effect
                && effect.expression() instanceof Expr.Call call
                && Methods.isCheck(call.method())
                && call.operands().stream().allMatch(isUniform);
    }

    private void visit(List<Stmt> statements, boolean divergent) {
        statements.forEach(s -> visit(s, divergent));
    }

    private void visit(Stmt statement, boolean divergent) {
        switch (statement) {
            case Stmt.Set set -> {
                if (divergent || !isUniform(set.value(), false)) {
                    varying.add(set.var());
                }
            }
            case Stmt.Jump jump -> {
                if (divergent) {
                    leftBySome.add(jump.target());
                }
            }
            case Stmt.If s -> {
                var inner = divergent || !isUniform(s.condition(), divergent);
                visit(s.then(), inner);
                visit(s.other(), inner);
            }
            case Stmt.Loop s -> {
                var inner = isDivergent(s, divergent);
                visit(s.head(), inner);
                visit(s.body(), inner);
                visit(s.step(), inner);
            }
            case Stmt.Switch s -> {
                var inner = divergent || !isUniform(s.selector(), divergent) || leftBySome.contains(s.target());
                s.cases().forEach(c -> visit(c.body(), inner));
            }
            case Stmt.Block s -> visit(s.body(), divergent || leftBySome.contains(s.target()));
            default -> varying.addAll(IrWalk.sets(statement));
        }
    }

    /** Whether the lanes that enter a loop may go through it differently. */
    boolean isDivergent(Stmt.Loop loop, boolean divergent) {
        return divergent
                || leftBySome.contains(loop.target())
                || loop.condition() != null && !isUniform(loop.condition(), divergent);
    }

    private boolean isTogether(Stmt statement) {
        return together.computeIfAbsent(statement, isTogether::test);
    }

    /** Whether the group executes a statement as one. */
    boolean isGroupLevel(Stmt statement, boolean divergent) {
        if (isTogether(statement)) {
            return true;
        }
        return switch (statement) {
            case Stmt.Set set -> !varying.contains(set.var());
            case Stmt.Jump _ -> true;
            case Stmt.If s -> isUniform(s.condition(), divergent) && (jumpsOut(s) || isAllUniform(s, divergent));
            case Stmt.Loop s -> !isDivergent(s, divergent) && isAllUniform(s, divergent);
            case Stmt.Block s -> !leftBySome.contains(s.target()) && isAllUniform(s, divergent);
            default -> false;
        };
    }

    private boolean isAllUniform(Stmt statement, boolean divergent) {
        return !divergent
                && IrWalk.children(statement).stream()
                        .allMatch(list -> list.stream().allMatch(s -> isGroupLevel(s, false)));
    }

    /** Whether a jump inside a statement goes to something around it. */
    static boolean jumpsOut(Stmt statement) {
        var inside = new LinkedHashSet<Stmt.Target>();
        var jumps = new LinkedHashSet<Stmt.Target>();
        IrWalk.forEach(statement, s -> {
            switch (s) {
                case Stmt.Loop loop -> inside.add(loop.target());
                case Stmt.Block block -> inside.add(block.target());
                case Stmt.Switch selection -> inside.add(selection.target());
                case Stmt.Jump jump -> jumps.add(jump.target());
                default -> {
                    // Neither.
                }
            }
        });
        return !inside.containsAll(jumps);
    }

    /**
     * A variable that lanes set by themselves, one after the other, is not the group's unless nothing else refers to
     * it.
     */
    private void demote(List<Stmt> statements) {
        demote(statements, false);
    }

    private void demote(List<Stmt> statements, boolean divergent) {
        for (var statement : statements) {
            if (!isGroupLevel(statement, divergent)) {
                var own = new LinkedHashMap<Var, Integer>();
                IrWalk.forEachRead(List.of(statement), v -> own.merge(v, 1, Integer::sum));
                IrWalk.forEachSet(List.of(statement), v -> own.merge(v, 1, Integer::sum));
                IrWalk.forEachSet(List.of(statement), v -> {
                    if (!references.get(v).equals(own.get(v))) {
                        varying.add(v);
                    }
                });
            } else {
                switch (statement) {
                    case Stmt.If s -> {
                        var inner = divergent || !isUniform(s.condition(), divergent);
                        demote(s.then(), inner);
                        demote(s.other(), inner);
                    }
                    case Stmt.Loop s -> {
                        var inner = isDivergent(s, divergent);
                        IrWalk.children(s).forEach(list -> demote(list, inner));
                    }
                    case Stmt.Block s -> demote(s.body(), divergent || leftBySome.contains(s.target()));
                    default -> {
                        // No parts.
                    }
                }
            }
        }
    }
}
