package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelProgram;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The locals of a group's method that all its parts use: arguments, uniform variables, arrays by lane, lane counters.
 */
final class GroupFrame {
    private static final int WORKER = 1;
    private static final List<String> FIELDS = List.of(
            "width", "height", "depth", "groupX", "groupY", "groupZ", "nominalWidth", "nominalHeight", "nominalDepth");

    private final KernelProgram program;
    private final CodeBuilder code;
    private final GroupPlan plan;
    private final Homes homes = new Homes(WORKER);
    private final Map<Var, Expr> uniformPositions = new LinkedHashMap<>();
    private final Map<Var, Expr> lanePositions = new LinkedHashMap<>();
    private final Set<Var> known = new HashSet<>();
    private final int waiting;
    private final int count;
    private final int x;
    private final int y;
    private final int z;

    GroupFrame(KernelProgram program, CodeBuilder code) {
        this.program = program;
        this.code = code;
        program.inputs().positions().forEach((position, var) -> {
            var target = RowPositions.variesInGroup(position) ? lanePositions : uniformPositions;
            target.put(var, RowPositions.value(position));
        });
        var sources = new HashSet<>(lanePositions.keySet());
        sources.add(SpecialVars.FRAME.var());
        plan = new GroupPlan(SyncSwitches.expand(program.body()), sources);
        waiting = code.allocateLocal(TypeKind.REFERENCE);
        count = code.allocateLocal(TypeKind.INT);
        x = code.allocateLocal(TypeKind.INT);
        y = code.allocateLocal(TypeKind.INT);
        z = code.allocateLocal(TypeKind.INT);
    }

    GroupPlan plan() {
        return plan;
    }

    Homes homes() {
        return homes;
    }

    /** The local with the lanes' state, when lanes wait. */
    int waiting() {
        return waiting;
    }

    /** The local with the number of lanes. */
    int count() {
        return count;
    }

    /** The locals that count lanes in each dimension; they say which lane fails. */
    int x() {
        return x;
    }

    int y() {
        return y;
    }

    int z() {
        return z;
    }

    /** The positions that differ between lanes. */
    Map<Var, Expr> lanePositions() {
        return lanePositions;
    }

    /** The variables that have their value before a region. */
    Set<Var> known() {
        return known;
    }

    /** Lane positions that are the lane in its row and something that is the same for the row. */
    Map<Var, Expr> laneForms() {
        var forms = new HashMap<Var, Expr>();
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
    Expr callStack() {
        Expr lanes = Expr.constant((long) program.frame().byteSize());
        for (var field : List.of("nominalWidth", "nominalHeight", "nominalDepth")) {
            lanes = Ops.binary(Opcode.LMUL, lanes, Ops.unary(Opcode.I2L, RowPositions.field(field)));
        }
        return lanes;
    }

    /** Sets everything that is the same for the group. */
    void prologue(StmtEmitter statements) {
        var used = new HashSet<>(program.used());
        FIELDS.forEach(field -> used.add(RowPositions.field(field).var()));
        uniformPositions.values().forEach(value -> IrWalk.forEachRead(value, used::add));
        ClassEmitter.special(code, homes, used);
        ClassEmitter.arguments(code, homes, program.inputs(), used);
        ClassEmitter.workerFields(code, homes, used);
        for (var local : List.of(x, y, z)) {
            code.iconst_0().istore(local);
        }
        code.iload(homes.local(code, RowPositions.field("width").var()))
                .iload(homes.local(code, RowPositions.field("height").var()))
                .imul()
                .iload(homes.local(code, RowPositions.field("depth").var()))
                .imul()
                .istore(count);
        state();
        set(statements, RowPositions.X.var(), origin("groupX", "nominalWidth"));
        uniformPositions.forEach((var, value) -> set(statements, var, value));
        program.inputs().hoisted().forEach(statements::emit);
        variables();
        known.addAll(used);
        known.removeAll(lanePositions.keySet());
        known.remove(SpecialVars.FRAME.var());
        known.removeIf(var -> !homes.isPlaced(var) || homes.isArray(var));
        known.addAll(uniformPositions.keySet());
        known.add(RowPositions.X.var());
    }

    private static Expr origin(String group, String size) {
        return Ops.binary(Opcode.IMUL, RowPositions.field(group), RowPositions.field(size));
    }

    private static void set(StmtEmitter statements, Var var, Expr value) {
        statements.emit(new Stmt.Set(var, value, 0));
    }

    private void state() {
        if (!plan.lanesWait()) {
            code.aconst_null().astore(waiting);
            return;
        }
        code.aload(WORKER)
                .getfield(Jvm.WORKER, "waiting", ConstantDescs.CD_int.arrayType())
                .astore(waiting);
        code.aload(waiting).iconst_0().iload(count).iconst_0();
        Jvm.invoke(
                code, Methods.method(Arrays.class, "fill", void.class, int[].class, int.class, int.class, int.class));
    }

    /** Gives uniform variables a value from the start, and fetches the arrays of the others. */
    private void variables() {
        GroupPlan.forEach(plan.body(), s -> {
            if (s instanceof GroupStmt.Once once) {
                var var = once.set().var();
                if (!homes.isPlaced(var)) {
                    new ExprEmitter(code, homes).push(Expr.zero(var.slot()));
                    code.storeLocal(Jvm.kind(var.slot()), homes.local(code, var));
                }
                known.add(var);
            }
        });
        var numbers = new int[Slot.values().length];
        for (var var : plan.arrays()) {
            code.aload(WORKER).loadConstant(numbers[var.slot().ordinal()]++);
            var array = var.slot().carrier().arrayType();
            Jvm.invokeWorker(code, arrays(var.slot()), array, int.class);
            var local = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(local);
            homes.placeArray(var, local);
        }
    }

    private static String arrays(Slot slot) {
        return switch (slot) {
            case INT -> "ints";
            case LONG -> "longs";
            case FLOAT -> "floats";
            case SEGMENT -> "segments";
        };
    }

    /** Turns what a lane throws into a fault that says which thread. */
    void handler(Label from, Label to) {
        var handler = code.newBoundLabel();
        var thrown = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(thrown).aload(WORKER).aload(thrown).iload(x).iload(y).iload(z);
        var type = MethodTypeDesc.of(
                ConstantDescs.CD_Throwable,
                ConstantDescs.CD_Throwable,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int,
                ConstantDescs.CD_int);
        code.invokevirtual(Jvm.WORKER, "laneFault", type).athrow();
        code.exceptionCatch(from, to, handler, ConstantDescs.CD_Throwable);
    }
}
