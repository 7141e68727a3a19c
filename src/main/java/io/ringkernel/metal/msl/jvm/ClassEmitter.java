package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.TooLargeException;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.lower.KernelInputs;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.plan.EntryPolls;
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
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes the class of one kernel. */
final class ClassEmitter {
    private static final int PUBLIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL;
    private static final Pattern LARGE_METHOD = Pattern.compile("Code length .* in ([^(]+)");
    private static final int PART = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;
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

    private final Set<FunctionCode> polling = new HashSet<>();

    private KernelPlan.LaneArrays laneArrays = new KernelPlan.LaneArrays(0, 0, 0, 0);

    ClassEmitter(KernelProgram program, String className) {
        this.program = program;
        owner = ClassDesc.of(className);
    }

    byte[] emit() {
        var sourceFile = FunctionCode.shortened(
                program.inputs().kernel().function().position().file());
        try {
            return ClassFile.of().build(owner, builder -> write(builder, sourceFile));
        } catch (IllegalArgumentException e) {
            var method = LARGE_METHOD.matcher(String.valueOf(e.getMessage()));
            var kernel = program.inputs().kernel();
            throw tooLarge(
                    method.find() ? "method '" + method.group(1) + "'" : "its code",
                    kernel.function().position().line(),
                    e);
        }
    }

    private void write(ClassBuilder builder, String sourceFile) {
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
        polling.addAll(EntryPolls.of(program.functions()));
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
    }

    private void rows(ClassBuilder builder) {
        var layout = new RowsLayout(program);
        var strided = StridedPlan.of(layout);
        if (strided.isPresent()) {
            method(
                    builder,
                    "run",
                    RUN,
                    ClassFile.ACC_PUBLIC,
                    (code, parts) -> new StridedEmitter(layout, strided.get(), owner, code, parts).emit());
            return;
        }
        var interchange = Interchange.of(layout);
        var name = interchange.isPresent() ? StripEmitter.LANES : "run";
        method(
                builder,
                name,
                RUN,
                ClassFile.ACC_PUBLIC,
                (code, parts) -> new RowsEmitter(layout, owner, code, parts).emit());
        if (interchange.isPresent()) {
            laneArrays = interchange.get().numbers().arrays();
            method(
                    builder,
                    "run",
                    RUN,
                    ClassFile.ACC_PUBLIC,
                    (code, parts) -> new StripEmitter(layout, interchange.get(), owner, code, parts).emit());
        }
    }

    private void group(ClassBuilder builder) {
        var layout = new GroupLayout(program);
        laneArrays = layout.numbers().arrays();
        method(
                builder,
                "run",
                RUN,
                ClassFile.ACC_PUBLIC,
                (code, parts) -> GroupEmitter.emitRun(layout, owner, code, parts));
        for (var part : layout.parts().reversed()) {
            method(
                    builder,
                    part.name(),
                    Jvm.POLL,
                    PART,
                    (code, parts) -> GroupEmitter.emitPart(layout, part, owner, code, parts));
        }
    }

    /**
     * Writes a method and notes its parts, which are methods of their own. A body whose jumps turn out to be long is
     * written twice; what counts is the last time.
     */
    private void method(
            ClassBuilder builder,
            String name,
            MethodTypeDesc type,
            int flags,
            BiConsumer<CodeBuilder, Consumer<FunctionCode>> body) {
        var parts = new ArrayList<FunctionCode>();
        var line = program.inputs().kernel().function().position().line();
        write(builder, name, type, flags, line, code -> {
            parts.clear();
            body.accept(code, parts::add);
        });
        outlined.addAll(parts);
    }

    private void write(
            ClassBuilder builder, String name, MethodTypeDesc type, int flags, int line, Consumer<CodeBuilder> body) {
        try {
            builder.withMethodBody(name, type, flags, body);
        } catch (IllegalArgumentException e) {
            throw tooLarge("method '" + name + "'", line, e);
        }
    }

    /** The class file's writer refuses what has no room there. */
    private static TooLargeException tooLarge(String what, int line, IllegalArgumentException cause) {
        var failure = new TooLargeException(
                what + " does not fit a class file, which holds 65535 bytes a method and 65535 constants", line);
        failure.initCause(cause);
        return failure;
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
                NAMED,
                ClassFile.ACC_PUBLIC,
                code -> code.aload(0)
                        .aload(1)
                        .invokespecial(Jvm.KERNEL_CODE, ConstantDescs.INIT_NAME, NAMED)
                        .return_());
    }

    private void constants(ClassBuilder builder) {
        var statements =
                Outliner.split(program.constantInitialization(), "constants", Outliner.Outside.NONE, outlined::add);
        var line = statements.isEmpty() ? 0 : statements.getFirst().line();
        write(builder, "initializeConstants", Jvm.POLL, ClassFile.ACC_PUBLIC, line, code -> {
            var homes = new Homes(1);
            special(code, homes, statements);
            var frame = Expr.constant((long) program.constantsFrameBytes());
            new StmtEmitter(code, owner, homes, frame, false).emit(statements);
            code.return_();
        });
    }

    private void function(ClassBuilder builder, FunctionCode function, List<Stmt> body) {
        var type = StmtEmitter.descriptor(function);
        var line = body.isEmpty() ? 0 : body.getFirst().line();
        write(builder, function.methodName(), type, PART, line, code -> {
            var homes = new Homes(0);
            homes.place(function.stack(), 1);
            var local = FIRST_FUNCTION_PARAMETER;
            for (var parameter : function.parameters()) {
                homes.place(parameter, local);
                local += Jvm.kind(parameter.slot()).slotSize();
            }
            var used = new LinkedHashSet<Var>();
            IrWalk.forEachRead(body, used::add);
            special(code, homes, used);
            arguments(code, homes, program.inputs(), used);
            var next =
                    Ops.add(new Expr.Local(function.stack()), function.frame().byteSize());
            var statements =
                    new StmtEmitter(code, owner, homes, next, program.options().fast());
            if (polling.contains(function)) {
                statements.poll();
            }
            statements.emit(body);
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
        var used = new LinkedHashSet<Var>();
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
