package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelInputs;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.plan.GroupLayout;
import io.ringkernel.metal.msl.plan.Interchange;
import io.ringkernel.metal.msl.plan.Outliner;
import io.ringkernel.metal.msl.plan.RowPositions;
import io.ringkernel.metal.msl.plan.RowsLayout;
import io.ringkernel.metal.msl.plan.StridedPlan;
import io.ringkernel.metal.msl.run.Cancellation;
import io.ringkernel.metal.msl.run.KernelPlan;
import io.ringkernel.metal.msl.run.Memory;
import io.ringkernel.metal.msl.run.Worker;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes the class of one kernel. */
final class ClassEmitter {
    private static final int PUBLIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
    private static final int FIRST_FUNCTION_PARAMETER = 3;
    static final MethodTypeDesc RUN = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            Jvm.WORKER,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);

    private static final MethodTypeDesc NAMED = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final KernelProgram program;
    private final ClassDesc owner;
    /** Parts of methods that are to be written. */
    private final Deque<FunctionCode> outlined = new ArrayDeque<>();

    private KernelPlan.LaneArrays laneArrays = new KernelPlan.LaneArrays(0, 0, 0, 0);

    ClassEmitter(KernelProgram program, String className) {
        this.program = program;
        owner = ClassDesc.of(className);
    }

    byte[] emit(String sourceFile) {
        return ClassFile.of().build(owner, builder -> {
            builder.withFlags(PUBLIC | ClassFile.ACC_SUPER)
                    .withSuperclass(Jvm.KERNEL_CODE)
                    .with(SourceFileAttribute.of(sourceFile))
                    .withField(
                            StmtEmitter.POLL_FIELD,
                            ConstantDescs.CD_MethodHandle,
                            ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_PRIVATE);
            initializers(builder);
            constants(builder);
            if (program.shape() == KernelPlan.Shape.GROUPS) {
                group(builder);
            } else {
                rows(builder);
            }
            for (var function : program.functions()) {
                var body = Outliner.split(
                        function.body(),
                        function.methodName(),
                        new Outliner.Outside(Set.copyOf(function.parameters()), Set.of()),
                        outlined::add);
                function(builder, function, body);
            }
            while (!outlined.isEmpty()) {
                var part = outlined.remove();
                function(builder, part, part.body());
            }
        });
    }

    private void rows(ClassBuilder builder) {
        var layout = new RowsLayout(program);
        var strided = StridedPlan.of(layout);
        if (strided.isPresent()) {
            builder.withMethodBody(
                    "run",
                    RUN,
                    ClassFile.ACC_PUBLIC,
                    code -> new StridedEmitter(layout, strided.get(), owner, code, outlined::add).emit());
            return;
        }
        var interchange = Interchange.of(layout);
        var name = interchange.isPresent() ? StripEmitter.LANES : "run";
        builder.withMethodBody(
                name, RUN, ClassFile.ACC_PUBLIC, code -> new RowsEmitter(layout, owner, code, outlined::add).emit());
        if (interchange.isPresent()) {
            laneArrays = interchange.get().numbers().arrays();
            builder.withMethodBody(
                    "run",
                    RUN,
                    ClassFile.ACC_PUBLIC,
                    code -> new StripEmitter(layout, interchange.get(), owner, code, outlined::add).emit());
        }
    }

    private void group(ClassBuilder builder) {
        var layout = new GroupLayout(program);
        laneArrays = layout.numbers().arrays();
        builder.withMethodBody(
                "run", RUN, ClassFile.ACC_PUBLIC, code -> GroupEmitter.emitRun(layout, owner, code, outlined::add));
        for (var part : layout.parts().reversed()) {
            var flags = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;
            builder.withMethodBody(
                    part.name(),
                    Jvm.POLL,
                    flags,
                    code -> GroupEmitter.emitPart(layout, part, owner, code, outlined::add));
        }
    }

    /** The arrays by lane that the class uses, once it is written. */
    KernelPlan.LaneArrays laneArrays() {
        return laneArrays;
    }

    private void initializers(ClassBuilder builder) {
        var poll = MethodTypeDesc.of(ConstantDescs.CD_MethodHandle, ConstantDescs.CD_Class);
        builder.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME,
                Jvm.NO_ARGUMENTS,
                ClassFile.ACC_STATIC,
                code -> code.ldc(owner)
                        .invokestatic(Jvm.describe(Cancellation.class), "poll", poll)
                        .putstatic(owner, StmtEmitter.POLL_FIELD, ConstantDescs.CD_MethodHandle)
                        .return_());
        builder.withMethodBody(
                ConstantDescs.INIT_NAME,
                Jvm.NO_ARGUMENTS,
                ClassFile.ACC_PUBLIC,
                code -> code.aload(0)
                        .ldc(program.inputs().kernel().name())
                        .invokespecial(Jvm.KERNEL_CODE, ConstantDescs.INIT_NAME, NAMED)
                        .return_());
    }

    private void constants(ClassBuilder builder) {
        builder.withMethodBody("initializeConstants", Jvm.POLL, ClassFile.ACC_PUBLIC, code -> {
            var homes = new Homes(1);
            var statements =
                    Outliner.split(program.constantInitialization(), "constants", Outliner.Outside.NONE, outlined::add);
            special(code, homes, statements);
            var frame = Expr.constant((long) program.constantsFrameBytes());
            new StmtEmitter(code, owner, homes, frame, false).emit(statements);
            code.return_();
        });
    }

    private void function(ClassBuilder builder, FunctionCode function, List<Stmt> body) {
        var flags = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;
        builder.withMethodBody(function.methodName(), StmtEmitter.descriptor(function), flags, code -> {
            var homes = new Homes(0);
            homes.place(function.stack(), 1);
            var local = FIRST_FUNCTION_PARAMETER;
            for (var parameter : function.parameters()) {
                homes.place(parameter, local);
                local += Jvm.kind(parameter.slot()).slotSize();
            }
            var used = new HashSet<Var>();
            IrWalk.forEachRead(body, used::add);
            special(code, homes, used);
            arguments(code, homes, program.inputs(), used);
            var next =
                    Ops.add(new Expr.Local(function.stack()), function.frame().byteSize());
            new StmtEmitter(code, owner, homes, next, program.options().fast()).emit(body);
            if (function.results().isEmpty()) {
                code.return_();
            } else {
                // The lowering ends every body with a return.
                code.aconst_null().athrow();
            }
        });
    }

    /** Sets the special variables that statements use. */
    static void special(CodeBuilder code, Homes homes, List<Stmt> statements) {
        var used = new HashSet<Var>();
        IrWalk.forEachRead(statements, used::add);
        special(code, homes, used);
    }

    static void special(CodeBuilder code, Homes homes, Set<Var> used) {
        if (used.contains(SpecialVars.STACK.var())) {
            homes.worker(code);
            code.getfield(Jvm.WORKER, "stack", Jvm.SEGMENT);
            code.astore(homes.local(code, SpecialVars.STACK.var()));
        }
        if (used.contains(SpecialVars.CONSTANTS.var())) {
            homes.worker(code);
            code.getfield(Jvm.WORKER, "constants", Jvm.SEGMENT);
            code.astore(homes.local(code, SpecialVars.CONSTANTS.var()));
        }
        code.getstatic(Jvm.describe(Memory.class), "NULL", Jvm.SEGMENT);
        code.astore(homes.local(code, SpecialVars.NULL.var()));
    }

    /** Sets the variables of the kernel's buffers and threadgroup memory that are used. */
    static void arguments(CodeBuilder code, Homes homes, KernelInputs inputs, Set<Var> used) {
        for (int i = 0; i < inputs.buffers().size(); i++) {
            var buffer = inputs.buffers().get(i);
            if (used.contains(buffer.segment()) || used.contains(buffer.offset())) {
                homes.worker(code);
                code.loadConstant(i);
                Jvm.invokeWorker(code, "buffer", MemorySegment.class, int.class);
                code.astore(homes.local(code, buffer.segment()));
                homes.worker(code);
                code.loadConstant(i);
                Jvm.invokeWorker(code, "bufferOffset", long.class, int.class);
                code.lstore(homes.local(code, buffer.offset()));
            }
        }
        for (int i = 0; i < inputs.shared().size(); i++) {
            var segment = inputs.shared().get(i).segment();
            if (used.contains(segment)) {
                homes.worker(code);
                code.loadConstant(i);
                Jvm.invokeWorker(code, "shared", MemorySegment.class, int.class);
                code.astore(homes.local(code, segment));
            }
        }
    }

    /** Sets the variables among {@code used} that are fields of the worker. */
    static void workerFields(CodeBuilder code, Homes homes, Set<Var> used) {
        for (var var : used) {
            var field = RowPositions.fieldOf(var);
            if (field != null) {
                homes.worker(code);
                code.getfield(Jvm.describe(Worker.class), field, ConstantDescs.CD_int);
                code.istore(homes.local(code, var));
            }
        }
    }
}
