package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelProgram;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the methods of a kernel whose threads do not interact agree on: what varies in a row, and what is computed
 * before it.
 */
public final class RowsLayout {
    private final KernelProgram program;
    private final Map<Var, Expr> rowPositions = new LinkedHashMap<>();
    private final Map<Var, Expr> lanePositions = new LinkedHashMap<>();
    private final RowsPlan plan;

    public RowsLayout(KernelProgram program) {
        this.program = program;
        program.inputs().positions().forEach((position, var) -> {
            var target = RowPositions.variesInRow(position) ? lanePositions : rowPositions;
            target.put(var, RowPositions.value(position));
        });
        plan = RowsPlan.of(
                program.body(),
                new RowsPlan.Surroundings(program.options(), program.exit(), laneForms(), beforeRow(), Set.of()));
    }

    private Set<Var> beforeRow() {
        var uniform = new LinkedHashSet<Var>();
        program.inputs().buffers().forEach(b -> {
            uniform.add(b.segment());
            uniform.add(b.offset());
        });
        program.inputs().hoisted().forEach(set -> uniform.add(set.var()));
        uniform.addAll(rowPositions.keySet());
        uniform.addAll(Set.of(
                SpecialVars.STACK.var(),
                SpecialVars.FRAME.var(),
                SpecialVars.CONSTANTS.var(),
                SpecialVars.NULL.var(),
                RowPositions.X.var()));
        return uniform;
    }

    public KernelProgram program() {
        return program;
    }

    public RowsPlan plan() {
        return plan;
    }

    /** The positions that are the same for a row, and those that differ between lanes. */
    public Map<Var, Expr> rowPositions() {
        return rowPositions;
    }

    public Map<Var, Expr> lanePositions() {
        return lanePositions;
    }

    /** Lane positions that are the lane and something that is the same for the row. */
    Map<Var, Expr> laneForms() {
        var forms = new LinkedHashMap<Var, Expr>();
        program.inputs().positions().forEach((position, var) -> {
            if (position.input() == KernelInput.THREAD_POSITION_IN_GRID && position.axis() == 0) {
                forms.put(var, RowPositions.X);
            } else if (position.input() == KernelInput.THREAD_POSITION_IN_THREADGROUP && position.axis() == 0) {
                forms.put(var, Expr.constant(0));
            }
        });
        return forms;
    }

    /** Statements of the body divided into what is the same for a row and what each lane runs by itself. */
    GroupPlan groupPlan(List<Stmt> statements, Predicate<Stmt> isTogether) {
        var sources = new LinkedHashSet<>(lanePositions.keySet());
        sources.add(RowPositions.LANE.var());
        sources.add(RowPositions.LOCAL_X.var());
        sources.add(RowPositions.INDEX.var());
        sources.add(SpecialVars.FRAME.var());
        return new GroupPlan(statements, sources, isTogether);
    }

    /** Every variable that is set before the body and may be read. */
    public Set<Var> used() {
        var used = new LinkedHashSet<>(program.used());
        used.addAll(program.inputs().positions().values());
        lanePositions.values().forEach(expression -> IrWalk.forEachRead(expression, used::add));
        rowPositions.values().forEach(expression -> IrWalk.forEachRead(expression, used::add));
        for (List<Stmt> statements : List.of(plan.prologue(), plan.body())) {
            IrWalk.forEachRead(statements, used::add);
        }
        return used;
    }
}
