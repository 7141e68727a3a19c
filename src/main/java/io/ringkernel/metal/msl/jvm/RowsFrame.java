package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.plan.RowPositions;
import io.ringkernel.metal.msl.plan.RowsLayout;
import io.ringkernel.metal.msl.run.Rows;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The locals of a method that runs a stretch of a row, and what it does before and around its loops over lanes. */
final class RowsFrame {
    static final int WORKER = 1;
    static final int X = 2;
    static final int COUNT = 3;
    static final int Y = 4;
    static final int Z = 5;
    private static final LibraryMethod BELOW = Methods.method(Rows.class, "below", int.class, int.class, long.class);
    private static final LibraryMethod FROM = Methods.method(Rows.class, "from", int.class, int.class, long.class);

    private final RowsLayout layout;
    private final CodeBuilder code;
    private final Homes homes = new Homes(WORKER);
    private final StmtEmitter statements;
    private final Set<Var> used;

    RowsFrame(RowsLayout layout, ClassDesc owner, CodeBuilder code) {
        this.layout = layout;
        this.code = code;
        var program = layout.program();
        var callStack = Expr.constant((long) program.frame().byteSize());
        statements =
                new StmtEmitter(code, owner, homes, callStack, program.options().fast());
        used = layout.used();
    }

    Homes homes() {
        return homes;
    }

    StmtEmitter statements() {
        return statements;
    }

    /** The local that counts lanes. */
    int lane() {
        return homes.local(code, RowPositions.LANE.var());
    }

    /** Sets everything that is the same for the row; goes to {@code end} if none of its threads does anything. */
    void prologue(Label end) {
        homes.place(RowPositions.X.var(), X);
        homes.place(RowPositions.Y.var(), Y);
        homes.place(RowPositions.Z.var(), Z);
        ClassEmitter.special(code, homes, used);
        code.lconst_0().lstore(homes.local(code, SpecialVars.FRAME.var()));
        var inputs = layout.program().inputs();
        ClassEmitter.arguments(code, homes, inputs, used);
        ClassEmitter.workerFields(code, homes, fields());
        local(RowPositions.LOCAL_Y, RowPositions.Y, "groupY", "nominalHeight");
        local(RowPositions.LOCAL_Z, RowPositions.Z, "groupZ", "nominalDepth");
        layout.rowPositions().forEach(this::set);
        inputs.hoisted().stream().filter(set -> used.contains(set.var())).forEach(statements::emit);
        layout.plan().prologue().forEach(statements::emit);
        for (var condition : layout.plan().conditions()) {
            statements.expressions().branch(condition, false, end);
        }
    }

    private Set<Var> fields() {
        var fields = new LinkedHashSet<>(used);
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
        return fields;
    }

    private void local(Expr.Local target, Expr position, String group, String size) {
        if (used.contains(target.var()) || used.contains(RowPositions.INDEX.var())) {
            var start = Ops.binary(Opcode.IMUL, RowPositions.field(group), RowPositions.field(size));
            set(target.var(), Ops.binary(Opcode.ISUB, position, start));
        }
    }

    private void set(Var var, Expr value) {
        statements.emit(new Stmt.Set(var, value, 0));
    }

    /** Puts the lanes that do something into two locals, the first one and the end. */
    void bounds(int first, int limit) {
        code.iconst_0().istore(first);
        code.iload(COUNT).istore(limit);
        for (var bound : layout.plan().bounds()) {
            code.iload(bound.isUpper() ? limit : first);
            statements.expressions().push(bound.lane());
            Jvm.invoke(code, bound.isUpper() ? BELOW : FROM);
            code.istore(bound.isUpper() ? limit : first);
        }
    }

    /**
     * A loop over the lanes between two locals, first and limit.
     *
     * @param read the variables that it reads
     * @param turn writes what it does, given where the next lane begins
     */
    void eachLane(int first, int limit, Set<Var> read, Consumer<Label> turn) {
        var top = code.newLabel();
        var next = code.newLabel();
        var end = code.newLabel();
        code.iload(first).istore(lane());
        code.labelBinding(top).iload(lane()).iload(limit).if_icmpge(end);
        lanePositions(read);
        turn.accept(next);
        code.labelBinding(next).iinc(lane(), 1).goto_(top).labelBinding(end);
    }

    /** Sets the positions of the lane that some variables hold. */
    private void lanePositions(Set<Var> read) {
        if (used.contains(RowPositions.LOCAL_X.var()) || used.contains(RowPositions.INDEX.var())) {
            set(RowPositions.LOCAL_X.var(), RowPositions.LANE);
        }
        if (used.contains(RowPositions.INDEX.var())) {
            set(RowPositions.INDEX.var(), index());
        }
        layout.lanePositions().forEach((var, value) -> {
            if (read.contains(var)) {
                set(var, value);
            }
        });
    }

    private static Expr index() {
        var row = Ops.binary(
                Opcode.IADD,
                Ops.binary(Opcode.IMUL, RowPositions.LOCAL_Z, RowPositions.field("height")),
                RowPositions.LOCAL_Y);
        return Ops.binary(Opcode.IADD, Ops.binary(Opcode.IMUL, row, RowPositions.field("width")), RowPositions.LOCAL_X);
    }

    /** Turns what a thread throws into a fault that says which thread. */
    void handler(Label from, Label to) {
        var handler = code.newBoundLabel();
        var thrown = Homes.fresh(code, TypeKind.REFERENCE);
        code.astore(thrown).aload(WORKER).aload(thrown);
        code.iload(X).iload(lane()).iadd().iload(Y).iload(Z);
        var type = MethodTypeDesc.of(
                ConstantDescs.CD_Throwable,
                List.of(ConstantDescs.CD_Throwable, ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        code.invokevirtual(Jvm.WORKER, "fault", type).athrow();
        code.exceptionCatch(from, to, handler, ConstantDescs.CD_Throwable);
    }
}
