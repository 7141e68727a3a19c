package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A body whose lanes go through its first loops together, the loop over lanes innermost, so that the JIT compiler
 * vectorises across lanes. Up to there the body only loads and computes: the lanes can give up at any point and run one
 * after the other from the start. The rest of the body, from the first effect on, each lane runs by itself, unless it
 * does nothing but load neighbouring elements, compute, and store such.
 */
public final class Interchange {
    /** As much as fits into one method: see {@link CodeSize}. */
    private static final int LARGEST_BODY = 5000;

    /** What C2 has vector instructions for on every processor that matters. */
    private static final Set<Opcode> VECTOR_OPERATORS = EnumSet.of(
            Opcode.FADD,
            Opcode.FSUB,
            Opcode.FMUL,
            Opcode.FDIV,
            Opcode.FNEG,
            Opcode.IADD,
            Opcode.ISUB,
            Opcode.IMUL,
            Opcode.INEG,
            Opcode.IAND,
            Opcode.IOR,
            Opcode.IXOR,
            Opcode.LADD,
            Opcode.LSUB,
            Opcode.LAND,
            Opcode.LOR,
            Opcode.LXOR,
            Opcode.I2F);

    private static final Set<Opcode> SHIFTS =
            EnumSet.of(Opcode.ISHL, Opcode.ISHR, Opcode.IUSHR, Opcode.LSHL, Opcode.LUSHR);
    private static final Set<String> VECTOR_METHODS = Set.of("sqrt", "fabs", "abs", "fma");

    private final GroupPlan plan;
    private final Stmt.Block rest;
    private final boolean restIsRows;
    private final Map<GroupStmt.Region, RowAccesses> accesses = new IdentityHashMap<>();
    private final LaneNumbers numbers = new LaneNumbers();

    private Interchange(RowsLayout layout, int together) {
        var body = layout.plan().body();
        rest = new Stmt.Block(layout.program().exit(), body.subList(together, body.size()), 0);
        var statements = new ArrayList<>(body.subList(0, together));
        var marked = Collections.newSetFromMap(new IdentityHashMap<Stmt, Boolean>());
        statements.forEach(statement -> mark(statement, false, marked));
        statements.add(rest);
        plan = layout.groupPlan(statements, marked::contains);
        plan.arrays().forEach(numbers::add);
        GroupPlan.forEach(plan.body(), statement -> {
            if (statement instanceof GroupStmt.Region region) {
                var options = layout.program().options();
                accesses.put(region, new RowAccesses(statements(region), layout.laneForms(), options, plan::isUniform));
            }
        });
        restIsRows = plan.body().getLast() instanceof GroupStmt.Region last && isRest(last) && isRows(last);
        GroupPlan.forEach(plan.body(), statement -> {
            if (statement instanceof GroupStmt.Region region && (restIsRows || !isRest(region))) {
                var found = accesses.get(region);
                found.rows().forEach(row -> numbers.add(row.values()));
                found.stores().forEach(row -> numbers.add(row.values()));
            }
        });
    }

    /** Marks loops and what is around them, and in loops every branch. */
    private static boolean mark(Stmt statement, boolean inLoop, Set<Stmt> marked) {
        var isLoop = statement instanceof Stmt.Loop;
        var hasLoop = isLoop;
        for (var list : IrWalk.children(statement)) {
            for (var child : list) {
                hasLoop |= mark(child, inLoop || isLoop, marked);
            }
        }
        if (hasLoop || inLoop && !IrWalk.children(statement).isEmpty()) {
            marked.add(statement);
        }
        return hasLoop;
    }

    /** The body so divided, if that is possible and pays. */
    public static Optional<Interchange> of(RowsLayout layout) {
        var program = layout.program();
        var body = layout.plan().body();
        if (!program.options().fast() || program.frame().byteSize() > 0 || CodeSize.of(body) > LARGEST_BODY) {
            return Optional.empty();
        }
        for (int together = withoutEffect(body, program.exit()); together >= 0; together--) {
            if (together < body.size() && (together == 0 || hasLoop(body.get(together - 1)))) {
                var found = new Interchange(layout, together);
                if (found.pays()) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasLoop(Stmt statement) {
        return has(statement, Stmt.Loop.class);
    }

    private static boolean has(Stmt statement, Class<? extends Stmt> type) {
        var found = new boolean[1];
        IrWalk.forEach(statement, s -> found[0] |= type.isInstance(s));
        return found[0];
    }

    /** How many statements at the start only give variables their values, or fail. */
    private static int withoutEffect(List<Stmt> body, Stmt.Target exit) {
        for (int i = 0; i < body.size(); i++) {
            var pure = new boolean[] {!has(body.get(i), Stmt.Switch.class)};
            IrWalk.forEach(
                    body.get(i),
                    statement -> pure[0] &= switch (statement) {
                        case Stmt.Set _, Stmt.If _, Stmt.Loop _, Stmt.Block _, Stmt.Do _ -> true;
                        case Stmt.Jump jump -> jump.target() != exit;
                        default -> false;
                    });
            IrWalk.forEachExpression(
                    List.of(body.get(i)),
                    e -> pure[0] &=
                            !(e instanceof Expr.Call call) || call.isMethodPure() || Methods.isCheck(call.method()));
            if (!pure[0]) {
                return i;
            }
        }
        return body.size();
    }

    /** Whether all that a region does is to load rows, compute, and store rows. */
    private boolean isRows(GroupStmt.Region region) {
        var found = accesses.get(region);
        return found.isComplete() && !found.stores().isEmpty() && isVector(region);
    }

    /** Loops do; without any, floats, which C2 does not vectorise otherwise. */
    private boolean pays() {
        if (plan.lanesWait() || !(plan.body().getLast() instanceof GroupStmt.Region last) || !isRest(last)) {
            return false;
        }
        var vectors = new boolean[] {hasLoops() || restIsRows && hasFloats(last)};
        GroupPlan.forEach(plan.body(), statement -> {
            if (statement instanceof GroupStmt.Loop loop) {
                GroupPlan.forEach(List.of(loop), inner -> vectors[0] &= isVector(inner));
            }
        });
        return vectors[0];
    }

    /** Whether lanes go through loops together, and not only through what follows them. */
    public boolean hasLoops() {
        return plan.body().size() > 1;
    }

    private boolean hasFloats(GroupStmt.Region region) {
        var found = accesses.get(region);
        return Stream.concat(found.rows().stream(), found.stores().stream()).anyMatch(row -> row.cell() == Cell.F32);
    }

    private boolean isVector(GroupStmt statement) {
        return !(statement instanceof GroupStmt.Region region)
                || accesses.get(region).body().stream()
                        .allMatch(s -> s instanceof Stmt.Set set && isVector(set.value()));
    }

    private boolean isVector(Expr expression) {
        if (plan.isUniform(expression)) {
            return true;
        }
        var isOne = switch (expression) {
            case Expr.Const _, Expr.Local _ -> expression.slot() != Slot.SEGMENT;
            case Expr.Op op ->
                VECTOR_OPERATORS.contains(op.op())
                        || SHIFTS.contains(op.op()) && op.operands().get(1) instanceof Expr.Const;
            case Expr.Call call ->
                call.isMethodPure() && VECTOR_METHODS.contains(call.method().name());
            case Expr.Load _, Expr.Select _ -> false;
        };
        return isOne && expression.operands().stream().allMatch(this::isVector);
    }

    public GroupPlan plan() {
        return plan;
    }

    /** Whether a region is the last one, with what each lane runs by itself. */
    boolean isRest(GroupStmt.Region region) {
        return region.body().getLast() == rest;
    }

    /** What a lane does in a region, from what it knows before. */
    public List<Stmt> statements(GroupStmt.Region region) {
        var all = new ArrayList<>(plan.recomputed(region));
        region.body().forEach(statement -> all.addAll(statement == rest ? rest.body() : List.of(statement)));
        return all;
    }

    /** Whether the last region, too, has all accesses to memory taken out. */
    public boolean restIsRows() {
        return restIsRows;
    }

    /** The same statements with accesses to rows taken out. */
    public RowAccesses accesses(GroupStmt.Region region) {
        return accesses.get(region);
    }

    /** The variables that have an array. */
    public LaneNumbers numbers() {
        return numbers;
    }
}
