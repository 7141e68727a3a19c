package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.run.Rows;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Writes the method of a kernel whose threads do not interact: a loop over a stretch of a row of the grid. */
final class RowsEmitter {
    private static final int WORKER = 1;
    private static final int X = 2;
    private static final int COUNT = 3;
    private static final int Y = 4;
    private static final int Z = 5;
    private static final LibraryMethod BELOW = Methods.method(Rows.class, "below", int.class, int.class, long.class);
    private static final LibraryMethod FROM = Methods.method(Rows.class, "from", int.class, int.class, long.class);

    private final KernelProgram program;
    private final CodeBuilder code;
    private final Consumer<FunctionCode> functions;
    private final Homes homes = new Homes(WORKER);
    private final StmtEmitter statements;
    private final Map<Var, Expr> rowPositions = new LinkedHashMap<>();
    private final Map<Var, Expr> lanePositions = new LinkedHashMap<>();

    RowsEmitter(KernelProgram program, ClassDesc owner, CodeBuilder code, Consumer<FunctionCode> functions) {
        this.program = program;
        this.code = code;
        this.functions = functions;
        var callStack = Expr.constant((long) program.frame().byteSize());
        statements =
                new StmtEmitter(code, owner, homes, callStack, program.options().fast());
        program.inputs().positions().forEach((position, var) -> {
            var target = RowPositions.variesInRow(position) ? lanePositions : rowPositions;
            target.put(var, RowPositions.value(position));
        });
    }

    void emit() {
        var plan = plan();
        var used = new HashSet<>(program.used());
        program.inputs().positions().values().forEach(var -> used.add(var));
        for (var expression : lanePositions.values()) {
            IrWalk.forEachRead(expression, used::add);
        }
        for (var expression : rowPositions.values()) {
            IrWalk.forEachRead(expression, used::add);
        }
        IrWalk.forEachRead(plan.prologue(), used::add);
        IrWalk.forEachRead(plan.body(), used::add);
        prologue(used);
        plan.prologue().forEach(statements::emit);
        var end = code.newLabel();
        for (var condition : plan.conditions()) {
            statements.expressions().branch(condition, false, end);
        }
        var lane = homes.local(code, RowPositions.LANE.var());
        var limit = bounds(plan, lane);
        loop(plan, used, lane, limit);
        code.labelBinding(end).return_();
    }

    private RowsPlan plan() {
        var uniform = new HashSet<Var>();
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
        var surroundings = new RowsPlan.Surroundings(program.exit(), laneForms(), uniform, Set.of());
        return program.options().fast()
                ? RowsPlan.of(program.body(), surroundings)
                : RowsPlan.plain(program.body(), surroundings);
    }

    private Map<Var, Expr> laneForms() {
        var forms = new HashMap<Var, Expr>();
        program.inputs().positions().forEach((position, var) -> {
            if (position.input() == KernelInput.THREAD_POSITION_IN_GRID && position.axis() == 0) {
                forms.put(var, RowPositions.X);
            } else if (position.input() == KernelInput.THREAD_POSITION_IN_THREADGROUP && position.axis() == 0) {
                forms.put(var, Expr.constant(0));
            }
        });
        return forms;
    }

    private void prologue(Set<Var> used) {
        homes.place(RowPositions.X.var(), X);
        homes.place(RowPositions.Y.var(), Y);
        homes.place(RowPositions.Z.var(), Z);
        ClassEmitter.special(code, homes, used);
        code.lconst_0().lstore(homes.local(code, SpecialVars.FRAME.var()));
        ClassEmitter.arguments(code, homes, program.inputs(), used);
        var fields = new HashSet<>(used);
        if (used.contains(RowPositions.LOCAL_Y.var()) || used.contains(RowPositions.INDEX.var())) {
            fields.add(RowPositions.field("groupY").var());
            fields.add(RowPositions.field("nominalHeight").var());
        }
        if (used.contains(RowPositions.LOCAL_Z.var()) || used.contains(RowPositions.INDEX.var())) {
            fields.add(RowPositions.field("groupZ").var());
            fields.add(RowPositions.field("nominalDepth").var());
        }
        if (used.contains(RowPositions.INDEX.var())) {
            fields.add(RowPositions.field("width").var());
            fields.add(RowPositions.field("height").var());
        }
        ClassEmitter.workerFields(code, homes, fields);
        local(used, RowPositions.LOCAL_Y, RowPositions.Y, "groupY", "nominalHeight");
        local(used, RowPositions.LOCAL_Z, RowPositions.Z, "groupZ", "nominalDepth");
        rowPositions.forEach(this::set);
        program.inputs().hoisted().stream()
                .filter(set -> used.contains(set.var()))
                .forEach(statements::emit);
    }

    private void local(Set<Var> used, Expr.Local target, Expr position, String group, String size) {
        if (used.contains(target.var()) || used.contains(RowPositions.INDEX.var())) {
            var start = Ops.binary(Opcode.IMUL, RowPositions.field(group), RowPositions.field(size));
            set(target.var(), Ops.binary(Opcode.ISUB, position, start));
        }
    }

    private void set(Var var, Expr value) {
        statements.emit(new Stmt.Set(var, value, 0));
    }

    /** Sets the first lane and gives the local that holds the end. */
    private int bounds(RowsPlan plan, int lane) {
        code.iconst_0().istore(lane);
        var limit = COUNT;
        for (var bound : plan.bounds()) {
            code.iload(bound.isUpper() ? limit : lane);
            statements.expressions().push(bound.lane());
            Jvm.invoke(code, bound.isUpper() ? BELOW : FROM);
            code.istore(bound.isUpper() ? limit : lane);
        }
        return limit;
    }

    private void loop(RowsPlan plan, Set<Var> used, int lane, int limit) {
        var from = code.newBoundLabel();
        var top = code.newLabel();
        var next = code.newLabel();
        var end = code.newLabel();
        code.labelBinding(top).iload(lane).iload(limit).if_icmpge(end);
        if (used.contains(RowPositions.LOCAL_X.var()) || used.contains(RowPositions.INDEX.var())) {
            set(RowPositions.LOCAL_X.var(), RowPositions.LANE);
        }
        if (used.contains(RowPositions.INDEX.var())) {
            set(RowPositions.INDEX.var(), index());
        }
        var read = new HashSet<Var>();
        IrWalk.forEachRead(plan.body(), read::add);
        lanePositions.forEach((var, value) -> {
            if (read.contains(var)) {
                set(var, value);
            }
        });
        statements.define(program.exit(), next, next);
        statements.emit(Outliner.split(plan.body(), "row", Outliner.Outside.NONE, functions));
        code.labelBinding(next).iinc(lane, 1);
        code.goto_(top);
        code.labelBinding(end).return_();
        handler(from, end, lane);
    }

    private static Expr index() {
        var row = Ops.binary(
                Opcode.IADD,
                Ops.binary(Opcode.IMUL, RowPositions.LOCAL_Z, RowPositions.field("height")),
                RowPositions.LOCAL_Y);
        return Ops.binary(Opcode.IADD, Ops.binary(Opcode.IMUL, row, RowPositions.field("width")), RowPositions.LOCAL_X);
    }

    /** Turns what a thread throws into a fault that says which thread. */
    private void handler(Label from, Label to, int lane) {
        var handler = code.newBoundLabel();
        var thrown = Homes.fresh(code, TypeKind.REFERENCE);
        code.astore(thrown).aload(WORKER).aload(thrown);
        code.iload(X).iload(lane).iadd().iload(Y).iload(Z);
        var type = MethodTypeDesc.of(
                ConstantDescs.CD_Throwable,
                List.of(ConstantDescs.CD_Throwable, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        code.invokevirtual(Jvm.WORKER, "fault", type).athrow();
        code.exceptionCatch(from, to, handler, ConstantDescs.CD_Throwable);
    }
}
