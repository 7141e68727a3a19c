package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all methods of a group's code agree on: the plan, its parts, which of the worker's arrays a variable is in.
 * Uniform variables are in arrays too, as their only element, if there are several methods.
 */
public final class GroupLayout {
    private final KernelProgram program;
    private final GroupPlan plan;
    private final Map<Var, Expr> uniformPositions = new LinkedHashMap<>();
    private final Map<Var, Expr> lanePositions = new LinkedHashMap<>();
    private final Set<Var> once = new LinkedHashSet<>();
    private final LaneNumbers numbers = new LaneNumbers();
    private final List<GroupStmt.Part> parts = new ArrayList<>();
    private final List<GroupStmt> body;

    public GroupLayout(KernelProgram program) {
        this.program = program;
        program.inputs().positions().forEach((position, var) -> {
            var target = RowPositions.variesInGroup(position) ? lanePositions : uniformPositions;
            target.put(var, RowPositions.value(position));
        });
        var sources = new LinkedHashSet<>(lanePositions.keySet());
        sources.add(SpecialVars.FRAME.var());
        plan = new GroupPlan(SyncSwitches.expand(program.body()), sources, SyncSwitches::synchronises);
        GroupPlan.forEach(plan.body(), s -> {
            if (s instanceof GroupStmt.Once set) {
                once.add(set.set().var());
            }
        });
        plan.arrays().forEach(numbers::add);
        var splitter = new GroupSplitter(parts::add);
        if (splitter.isTooLarge(plan.body())) {
            plan.waitForAllJumps();
            once.forEach(numbers::add);
            body = splitter.split(plan.body());
        } else {
            body = plan.body();
        }
    }

    public KernelProgram program() {
        return program;
    }

    public GroupPlan plan() {
        return plan;
    }

    /** The statements of the main method. */
    public List<GroupStmt> body() {
        return body;
    }

    public List<GroupStmt.Part> parts() {
        return parts;
    }

    /** The positions that are the same for the group, and those that differ between lanes. */
    public Map<Var, Expr> uniformPositions() {
        return uniformPositions;
    }

    public Map<Var, Expr> lanePositions() {
        return lanePositions;
    }

    /** The variables that the group sets. */
    public Set<Var> once() {
        return once;
    }

    /** The variables that are in an array of the worker. */
    public LaneNumbers numbers() {
        return numbers;
    }

    /** Every variable that statements mention, without what is in parts that they call. */
    public Set<Var> used(List<GroupStmt> statements) {
        var used = new LinkedHashSet<Var>();
        statements.forEach(s -> use(s, used));
        return used;
    }

    private void use(GroupStmt statement, Set<Var> used) {
        switch (statement) {
            case GroupStmt.Region region -> {
                for (var list : List.of(region.body(), plan.recomputed(region))) {
                    IrWalk.forEachRead(list, used::add);
                    IrWalk.forEachSet(list, used::add);
                }
            }
            case GroupStmt.Once set -> {
                used.add(set.set().var());
                IrWalk.forEachRead(set.set().value(), used::add);
            }
            case GroupStmt.Exchange exchange -> {
                used.addAll(exchange.exchange().results());
                IrWalk.expressions(exchange.exchange()).forEach(e -> IrWalk.forEachRead(e, used::add));
            }
            case GroupStmt.UniformIf branch -> IrWalk.forEachRead(branch.condition(), used::add);
            case GroupStmt.Loop loop when loop.condition() != null -> IrWalk.forEachRead(loop.condition(), used::add);
            default -> {
                // Mentions none itself.
            }
        }
        if (!(statement instanceof GroupStmt.Part)) {
            GroupPlan.children(statement).forEach(list -> list.forEach(s -> use(s, used)));
        }
    }

    /** Lane positions that are the lane in its row and something that is the same for the row. */
    public Map<Var, Expr> laneForms() {
        var forms = new LinkedHashMap<Var, Expr>();
        program.inputs().positions().forEach((position, var) -> {
            if (position.input() == KernelInput.THREAD_INDEX_IN_THREADGROUP) {
                forms.put(var, RowPositions.ROW);
            } else if (position.axis() == 0 && position.input() == KernelInput.THREAD_POSITION_IN_GRID) {
                forms.put(var, RowPositions.X);
            } else if (position.axis() == 0 && position.input() == KernelInput.THREAD_POSITION_IN_THREADGROUP) {
                forms.put(var, Expr.constant(0));
            }
        });
        return forms;
    }

    /** Where the private memory of called functions begins: behind that of all lanes. */
    public Expr callStack() {
        Expr lanes = Expr.constant((long) program.frame().byteSize());
        for (var field : List.of("nominalWidth", "nominalHeight", "nominalDepth")) {
            lanes = Ops.binary(Opcode.LMUL, lanes, Ops.unary(Opcode.I2L, RowPositions.field(field)));
        }
        return lanes;
    }
}
