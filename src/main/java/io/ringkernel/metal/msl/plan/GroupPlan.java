package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A kernel's group form with the storage of its variables: once for the group, in a lane's local, or an array by lane.
 */
public final class GroupPlan {

    /** A jump of single lanes, or of all, to a construct of the group. */
    public record Wait(Stmt.Target target, boolean isContinue) {}

    private final List<GroupStmt> body;
    private final Uniformity uniformity;
    private final Set<Var> sources;
    private final Set<Var> arrays = new LinkedHashSet<>();
    private final Map<Var, Stmt.Set> cheap = new LinkedHashMap<>();
    private final Map<Wait, Integer> waits = new LinkedHashMap<>();

    /**
     * Divides a body.
     *
     * @param sources the variables that every region can compute for its lanes
     * @param isTogether which statements lanes must not run one after the other, all around them included
     */
    GroupPlan(List<Stmt> statements, Set<Var> sources, Predicate<Stmt> isTogether) {
        this.sources = sources;
        uniformity = new Uniformity(statements, sources, isTogether);
        body = GroupBuilder.build(statements, uniformity);
        findCheap(statements);
        placeVariables();
        findWaits();
    }

    public List<GroupStmt> body() {
        return body;
    }

    /** The variables that need an array. */
    public Set<Var> arrays() {
        return arrays;
    }

    boolean isUniform(Var var) {
        return !uniformity.isVarying(var);
    }

    /** Whether an expression depends on uniform variables alone. */
    boolean isUniform(Expr expression) {
        var uniform = new boolean[] {expression.isPure()};
        IrWalk.forEachRead(expression, var -> uniform[0] &= isUniform(var));
        return uniform[0];
    }

    /** The number with which a lane waits, or 0 if no lane ever does. */
    public int waitNumber(Stmt.Target target, boolean isContinue) {
        return waits.getOrDefault(new Wait(target, isContinue), 0);
    }

    public boolean lanesWait() {
        return !waits.isEmpty();
    }

    /** Values that are quicker to compute again than to keep: pure, of what every region knows. */
    private void findCheap(List<Stmt> statements) {
        IrWalk.forEach(statements, s -> {
            if (s instanceof Stmt.Set set
                    && !set.var().isMutable()
                    && set.value().isPure()
                    && isKnown(set.value())) {
                cheap.put(set.var(), set);
            }
        });
    }

    private boolean isKnown(Expr expression) {
        var known = new boolean[] {true};
        IrWalk.forEachRead(expression, v -> {
            var always = sources.contains(v) || cheap.containsKey(v) || !uniformity.isVarying(v) && !v.isMutable();
            known[0] &= always;
        });
        return known[0] && size(expression) <= 12;
    }

    private static int size(Expr expression) {
        return 1 + expression.operands().stream().mapToInt(GroupPlan::size).sum();
    }

    /** What a region must compute first: cheap values that it reads and does not set. */
    public List<Stmt> recomputed(GroupStmt.Region region) {
        var set = new LinkedHashSet<Var>();
        IrWalk.forEachSet(region.body(), set::add);
        var result = new LinkedHashMap<Var, Stmt>();
        IrWalk.forEachRead(region.body(), v -> recompute(v, set, result));
        return List.copyOf(result.values());
    }

    private void recompute(Var var, Set<Var> set, Map<Var, Stmt> result) {
        var definition = cheap.get(var);
        if (definition == null || set.contains(var) || result.containsKey(var) || !uniformity.isVarying(var)) {
            return;
        }
        IrWalk.forEachRead(definition.value(), v -> recompute(v, set, result));
        result.put(var, definition);
    }

    private void placeVariables() {
        var firstRegion = new LinkedHashMap<Var, GroupStmt>();
        forEach(body, s -> {
            switch (s) {
                case GroupStmt.Region region -> {
                    Consumer<Var> use = v -> {
                        if (firstRegion.putIfAbsent(v, region) != null && firstRegion.get(v) != region) {
                            addArray(v);
                        }
                    };
                    IrWalk.forEachRead(region.body(), use);
                    IrWalk.forEachSet(region.body(), use);
                }
                case GroupStmt.Exchange exchange -> {
                    IrWalk.expressions(exchange.exchange()).forEach(e -> IrWalk.forEachRead(e, this::addExchanged));
                    arrays.addAll(exchange.exchange().results());
                }
                default -> {
                    // Reads uniform variables only.
                }
            }
        });
    }

    private void addExchanged(Var var) {
        if (uniformity.isVarying(var)) {
            arrays.add(var);
        }
    }

    private void addArray(Var var) {
        if (uniformity.isVarying(var) && !sources.contains(var) && !cheap.containsKey(var)) {
            arrays.add(var);
        }
    }

    private void findWaits() {
        forEach(body, s -> {
            switch (s) {
                case GroupStmt.Region region -> laneJumps(region.body());
                case GroupStmt.SplitIf split -> {
                    number(new Wait(split.otherwise(), false));
                    number(new Wait(split.end(), false));
                    split.then().forEach(this::groupJumps);
                    split.other().forEach(this::groupJumps);
                }
                case GroupStmt.Loop loop
                when uniformity.isLeftBySome(loop.target()) -> List.of(loop).forEach(this::groupJumps);
                case GroupStmt.Block block
                when uniformity.isLeftBySome(block.target()) -> List.of(block).forEach(this::groupJumps);
                default -> {
                    // Nothing waits.
                }
            }
        });
    }

    /** Jumps of the group where only part of it runs. */
    private void groupJumps(GroupStmt statement) {
        forEach(List.of(statement), s -> {
            if (s instanceof GroupStmt.Jump jump) {
                number(new Wait(jump.jump().target(), jump.jump().isContinue()));
            }
        });
    }

    private void laneJumps(List<Stmt> statements) {
        var inside = new LinkedHashSet<Stmt.Target>();
        IrWalk.forEach(statements, s -> {
            switch (s) {
                case Stmt.Loop loop -> inside.add(loop.target());
                case Stmt.Block block -> inside.add(block.target());
                case Stmt.Switch selection -> inside.add(selection.target());
                case Stmt.Jump jump
                when !inside.contains(jump.target()) -> number(new Wait(jump.target(), jump.isContinue()));
                default -> {
                    // No jump.
                }
            }
        });
    }

    /** Makes jumps of the whole group waits too: they may cross methods. */
    void waitForAllJumps() {
        body.forEach(this::groupJumps);
    }

    private void number(Wait wait) {
        waits.computeIfAbsent(wait, _ -> waits.size() + 1);
    }

    /** Visits group statements, outer ones first. */
    public static void forEach(List<GroupStmt> statements, Consumer<GroupStmt> action) {
        for (var statement : statements) {
            action.accept(statement);
            children(statement).forEach(list -> forEach(list, action));
        }
    }

    public static List<List<GroupStmt>> children(GroupStmt statement) {
        return switch (statement) {
            case GroupStmt.UniformIf s -> List.of(s.then(), s.other());
            case GroupStmt.SplitIf s -> List.of(s.then(), s.other());
            case GroupStmt.Loop s -> List.of(s.head(), s.body(), s.step());
            case GroupStmt.Block s -> List.of(s.body());
            case GroupStmt.Part s -> List.of(s.body());
            default -> List.of();
        };
    }

    /** The waits for constructs outside of some statements that jumps inside them can begin. */
    public Set<Wait> waitsIn(List<GroupStmt> statements) {
        var all = new ArrayList<Stmt>();
        var inside = new LinkedHashSet<Stmt.Target>();
        forEach(statements, s -> {
            switch (s) {
                case GroupStmt.Region region -> all.addAll(region.body());
                case GroupStmt.Jump jump -> all.add(jump.jump());
                case GroupStmt.SplitIf split -> {
                    inside.add(split.otherwise());
                    inside.add(split.end());
                }
                case GroupStmt.Loop loop -> inside.add(loop.target());
                case GroupStmt.Block block -> inside.add(block.target());
                default -> {
                    // No jump.
                }
            }
        });
        var found = new LinkedHashSet<Wait>();
        IrWalk.forEach(all, s -> {
            if (s instanceof Stmt.Jump jump && !inside.contains(jump.target())) {
                var wait = new Wait(jump.target(), jump.isContinue());
                if (waits.containsKey(wait)) {
                    found.add(wait);
                }
            }
        });
        return found;
    }
}
