package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A body whose lanes share loops ({@link StridedLoop}): what is the same for a row is done once for all its lanes, and
 * then they take turns in a loop, or run one after the other. That is the last thing that they do, and they bring
 * nothing to it but what they can compute again.
 */
public final class StridedPlan {
    /** As much as HotSpot's first compiler takes: see {@link CodeSize}. */
    private static final int LARGEST_BODY = 7200;

    private final GroupPlan plan;
    private final Map<GroupStmt.Region, StridedLoop> loops = new IdentityHashMap<>();

    private StridedPlan(RowsLayout layout) {
        var body = layout.plan().body();
        var around = Collections.newSetFromMap(new IdentityHashMap<Stmt, Boolean>());
        body.forEach(statement -> mark(statement, around));
        plan = layout.groupPlan(body, around::contains);
        GroupPlan.forEach(plan.body(), statement -> {
            if (statement instanceof GroupStmt.Region region) {
                StridedLoop.of(
                                statements(region),
                                layout.laneForms(),
                                layout.program().options(),
                                plan::isUniform)
                        .ifPresent(loop -> loops.put(region, loop));
            }
        });
    }

    /** Marks what is around a loop that lanes may share; whether there is such a one in a statement. */
    private static boolean mark(Stmt statement, Set<Stmt> around) {
        var hasLoop = false;
        for (var list : IrWalk.children(statement)) {
            for (var child : list) {
                hasLoop |= mark(child, around);
            }
        }
        if (hasLoop) {
            around.add(statement);
        }
        return hasLoop || statement instanceof Stmt.Loop loop && StridedLoop.isCandidate(loop);
    }

    /** The body so divided, if lanes share a loop in it. */
    public static Optional<StridedPlan> of(RowsLayout layout) {
        var program = layout.program();
        var body = layout.plan().body();
        var hasCandidate = new boolean[1];
        IrWalk.forEach(
                body,
                statement -> hasCandidate[0] |= statement instanceof Stmt.Loop loop && StridedLoop.isCandidate(loop));
        if (!program.options().fast()
                || program.frame().byteSize() > 0
                || !hasCandidate[0]
                || CodeSize.of(body) > LARGEST_BODY) {
            return Optional.empty();
        }
        var found = new StridedPlan(layout);
        var isPossible = !found.loops.isEmpty()
                && !found.plan.lanesWait()
                && found.plan.arrays().isEmpty()
                && found.endsWithEffects(found.plan.body(), true, Set.of(program.exit()));
        return isPossible ? Optional.of(found) : Optional.empty();
    }

    /**
     * Whether nothing comes after a region that has effects, so that it makes no difference for a lane that fails how
     * far others are.
     *
     * @param isLast whether lanes end after the statements
     * @param ends the targets of jumps that end lanes
     */
    private boolean endsWithEffects(List<GroupStmt> list, boolean isLast, Set<Stmt.Target> ends) {
        for (int i = 0; i < list.size(); i++) {
            var endsNext = i + 1 == list.size()
                    ? isLast
                    : list.get(i + 1) instanceof GroupStmt.Jump jump
                            && ends.contains(jump.jump().target());
            if (!endsWithEffects(list.get(i), endsNext, ends)) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWithEffects(GroupStmt statement, boolean isLast, Set<Stmt.Target> ends) {
        var inner = new LinkedHashSet<>(ends);
        if (isLast && statement instanceof GroupStmt.Block block) {
            inner.add(block.target());
        }
        return statement instanceof GroupStmt.Region region
                ? isLast || isOnlyChecks(region)
                : GroupPlan.children(statement).stream()
                        .allMatch(
                                list -> endsWithEffects(list, isLast && !(statement instanceof GroupStmt.Loop), inner));
    }

    public GroupPlan plan() {
        return plan;
    }

    /** What a lane does in a region, from what it knows before. */
    public List<Stmt> statements(GroupStmt.Region region) {
        var all = new ArrayList<>(plan.recomputed(region));
        all.addAll(region.body());
        return all;
    }

    /** The loop that lanes share in a region. */
    public Optional<StridedLoop> loop(GroupStmt.Region region) {
        return Optional.ofNullable(loops.get(region));
    }

    /** Whether all that a region does is to fail for all lanes or none. */
    public boolean isOnlyChecks(GroupStmt.Region region) {
        return statements(region).stream().allMatch(statement -> Uniformity.isCheck(statement, plan::isUniform));
    }
}
