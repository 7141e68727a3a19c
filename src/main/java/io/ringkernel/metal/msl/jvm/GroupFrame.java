package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.plan.GroupLayout;
import io.ringkernel.metal.msl.plan.GroupPlan;
import io.ringkernel.metal.msl.plan.GroupStmt;
import io.ringkernel.metal.msl.plan.RowPositions;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The locals of a group's method that all its parts use: arguments, uniform variables, arrays by lane, lane counters.
 */
final class GroupFrame {
    private static final List<String> FIELDS = List.of(
            "width", "height", "depth", "groupX", "groupY", "groupZ", "nominalWidth", "nominalHeight", "nominalDepth");

    private final GroupLayout layout;
    private final CodeBuilder code;
    private final int worker;
    private final Homes homes;
    private final Set<Var> known = new LinkedHashSet<>();
    private final int waiting;
    private final int count;
    private final int x;
    private final int y;
    private final int z;

    /** {@code worker} is the local that holds it. */
    GroupFrame(GroupLayout layout, CodeBuilder code, int worker) {
        this.layout = layout;
        this.code = code;
        this.worker = worker;
        homes = new Homes(worker);
        waiting = code.allocateLocal(TypeKind.REFERENCE);
        count = code.allocateLocal(TypeKind.INT);
        x = code.allocateLocal(TypeKind.INT);
        y = code.allocateLocal(TypeKind.INT);
        z = code.allocateLocal(TypeKind.INT);
    }

    GroupLayout layout() {
        return layout;
    }

    GroupPlan plan() {
        return layout.plan();
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

    /** The variables that have their value before a region. */
    Set<Var> known() {
        return known;
    }

    /** Sets what is the same for the group and used by some statements; begins the group if {@code isStart}. */
    void prologue(StmtEmitter statements, List<GroupStmt> body, boolean isStart) {
        var inputs = layout.program().inputs();
        var used = layout.used(body);
        inputs.hoisted().stream()
                .filter(set -> used.contains(set.var()))
                .toList()
                .forEach(set -> IrWalk.forEachRead(set.value(), used::add));
        FIELDS.forEach(field -> used.add(RowPositions.field(field).var()));
        layout.uniformPositions().forEach((var, value) -> {
            if (used.contains(var)) {
                IrWalk.forEachRead(value, used::add);
            }
        });
        ClassEmitter.special(code, homes, used);
        ClassEmitter.arguments(code, homes, inputs, used);
        ClassEmitter.workerFields(code, homes, used);
        counters();
        state(isStart);
        set(statements, RowPositions.X.var(), origin("groupX", "nominalWidth"));
        layout.uniformPositions().forEach((var, value) -> {
            if (used.contains(var)) {
                set(statements, var, value);
            }
        });
        inputs.hoisted().stream().filter(set -> used.contains(set.var())).forEach(statements::emit);
        variables(used);
        known.addAll(used);
        known.removeAll(layout.lanePositions().keySet());
        known.remove(SpecialVars.FRAME.var());
        known.removeIf(var -> !homes.isPlaced(var) || homes.isArray(var));
        known.add(RowPositions.X.var());
    }

    private void counters() {
        for (var local : List.of(x, y, z)) {
            code.iconst_0().istore(local);
        }
        code.iload(homes.local(code, RowPositions.field("width").var()))
                .iload(homes.local(code, RowPositions.field("height").var()))
                .imul()
                .iload(homes.local(code, RowPositions.field("depth").var()))
                .imul()
                .istore(count);
    }

    private static Expr origin(String group, String size) {
        return Ops.binary(Opcode.IMUL, RowPositions.field(group), RowPositions.field(size));
    }

    private static void set(StmtEmitter statements, Var var, Expr value) {
        statements.emit(new Stmt.Set(var, value, 0));
    }

    private void state(boolean isStart) {
        if (!plan().lanesWait()) {
            code.aconst_null().astore(waiting);
            return;
        }
        code.aload(worker)
                .getfield(Jvm.WORKER, "waiting", ConstantDescs.CD_int.arrayType())
                .astore(waiting);
        if (isStart) {
            code.aload(waiting).iconst_0().iload(count).iconst_0();
            Jvm.invoke(
                    code,
                    Methods.method(Arrays.class, "fill", void.class, int[].class, int.class, int.class, int.class));
        }
    }

    /** Gives uniform variables a value from the start, and fetches the arrays of the others. */
    private void variables(Set<Var> used) {
        for (var var : used) {
            if (layout.numbers().contains(var)) {
                code.aload(worker).loadConstant(layout.numbers().of(var));
                Jvm.invokeWorker(code, arrays(var.slot()), var.slot().arrayType(), int.class);
                var local = code.allocateLocal(TypeKind.REFERENCE);
                code.astore(local);
                if (plan().arrays().contains(var)) {
                    homes.placeArray(var, local);
                } else {
                    homes.placeCell(var, local);
                }
            } else if (layout.once().contains(var) && !homes.isPlaced(var)) {
                new ExprEmitter(code, homes).push(Expr.zero(var.slot()));
                code.storeLocal(Jvm.kind(var.slot()), homes.local(code, var));
            }
        }
    }

    /** The worker's method that gives arrays of a type. */
    static String arrays(Slot slot) {
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
        code.astore(thrown).aload(worker).aload(thrown).iload(x).iload(y).iload(z);
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
