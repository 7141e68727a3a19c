package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Moves group statements into methods of their own, as {@link Outliner} does with a lane's. */
final class GroupSplitter {
    private static final int METHOD_BYTES = 5000;
    private static final int PART_BYTES = 4000;
    private static final int SMALLEST_PART = 300;
    private static final int LANE_LOOPS = 160;
    private static final int CALL_OF_LANES = 60;

    private final Consumer<GroupStmt.Part> parts;
    /** Asked for again at every level of nesting, so remembered. */
    private final Map<GroupStmt, Integer> sizes = new IdentityHashMap<>();

    private int count;

    /** {@code parts} takes what is moved. */
    GroupSplitter(Consumer<GroupStmt.Part> parts) {
        this.parts = parts;
    }

    boolean isTooLarge(List<GroupStmt> statements) {
        return size(statements) > METHOD_BYTES;
    }

    /** The statements with runs of them moved into parts. */
    List<GroupStmt> split(List<GroupStmt> statements) {
        return list(statements, List::copyOf);
    }

    /** A list inside of something that is too large: whatever is worth it leaves. */
    private List<GroupStmt> list(List<GroupStmt> statements) {
        return list(statements, this::part);
    }

    /** {@code rest} is done to all that there is, if that is no more than one part. */
    private List<GroupStmt> list(List<GroupStmt> statements, UnaryOperator<List<GroupStmt>> rest) {
        var result = new ArrayList<GroupStmt>();
        var run = new ArrayList<GroupStmt>();
        for (var unit : units(statements)) {
            var isRegion = unit.size() == 1 && unit.getFirst() instanceof GroupStmt.Region;
            // What is left of it may go into a part with its neighbours.
            var smaller =
                    size(unit) > PART_BYTES ? unit.stream().map(this::inside).toList() : unit;
            if (size(run) + size(smaller) > PART_BYTES) {
                result.addAll(part(run));
                run.clear();
            }
            if (size(smaller) <= PART_BYTES) {
                run.addAll(smaller);
            } else {
                result.addAll(isRegion ? part(unit) : smaller);
            }
        }
        result.addAll(result.isEmpty() ? rest.apply(run) : part(run));
        return result;
    }

    /** What must stay together: the lanes that a branch does not take are sent away by the region before it. */
    private static List<List<GroupStmt>> units(List<GroupStmt> statements) {
        var units = new ArrayList<List<GroupStmt>>();
        for (int i = 0; i < statements.size(); i++) {
            if (i + 1 < statements.size() && statements.get(i + 1) instanceof GroupStmt.SplitIf) {
                units.add(statements.subList(i, i + 2));
                i++;
            } else {
                units.add(List.of(statements.get(i)));
            }
        }
        return units;
    }

    private List<GroupStmt> part(List<GroupStmt> statements) {
        if (size(statements) < SMALLEST_PART) {
            return List.copyOf(statements);
        }
        var part = new GroupStmt.Part("group" + count++, List.copyOf(statements), new LinkedHashSet<>());
        parts.accept(part);
        return List.of(part);
    }

    private GroupStmt inside(GroupStmt statement) {
        return switch (statement) {
            case GroupStmt.UniformIf s ->
                new GroupStmt.UniformIf(s.condition(), list(s.then()), list(s.other()), s.line());
            case GroupStmt.SplitIf s -> new GroupStmt.SplitIf(s.otherwise(), s.end(), list(s.then()), list(s.other()));
            case GroupStmt.Loop s ->
                new GroupStmt.Loop(
                        s.target(),
                        list(s.head()),
                        s.condition(),
                        list(s.body()),
                        list(s.step()),
                        s.testsAtEnd(),
                        s.line());
            case GroupStmt.Block s -> new GroupStmt.Block(s.target(), list(s.body()));
            default -> statement;
        };
    }

    private int size(List<GroupStmt> statements) {
        var sum = 0;
        for (var statement : statements) {
            sum += size(statement);
        }
        return sum;
    }

    private int size(GroupStmt statement) {
        var known = sizes.get(statement);
        if (known == null) {
            var sum = own(statement);
            for (var statements : GroupPlan.children(statement)) {
                sum += size(statements);
            }
            known = sum;
            sizes.put(statement, known);
        }
        return known;
    }

    private static int own(GroupStmt statement) {
        return switch (statement) {
            case GroupStmt.Region s -> LANE_LOOPS + CodeSize.of(s.body());
            case GroupStmt.Once s -> CodeSize.of((Stmt) s.set());
            case GroupStmt.UniformIf s -> CodeSize.of(s.condition()) + 6;
            case GroupStmt.Part _ -> 8;
            default -> CALL_OF_LANES;
        };
    }
}
