package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.plan.Outliner;
import io.ringkernel.metal.msl.plan.RowsLayout;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/** Writes the method that runs the threads of a stretch of a row one after the other. */
final class RowsEmitter {
    private final RowsLayout layout;
    private final CodeBuilder code;
    private final Consumer<FunctionCode> functions;
    private final RowsFrame frame;

    RowsEmitter(RowsLayout layout, ClassDesc owner, CodeBuilder code, Consumer<FunctionCode> functions) {
        this.layout = layout;
        this.code = code;
        this.functions = functions;
        frame = new RowsFrame(layout, owner, code);
    }

    void emit() {
        var end = code.newLabel();
        frame.prologue(end);
        var first = Homes.fresh(code, TypeKind.INT);
        var limit = Homes.fresh(code, TypeKind.INT);
        frame.bounds(first, limit);
        var body = layout.plan().body();
        var read = new LinkedHashSet<Var>();
        IrWalk.forEachRead(body, read::add);
        // A fault says which lane it is of.
        code.iconst_0().istore(frame.lane());
        var from = Jvm.beginRange(code);
        frame.eachLane(first, limit, read, next -> {
            frame.statements().define(layout.program().exit(), next, next);
            frame.statements().emit(Outliner.split(body, "row", Outliner.Outside.NONE, functions));
        });
        code.labelBinding(end).return_();
        frame.handler(from, end);
    }
}
