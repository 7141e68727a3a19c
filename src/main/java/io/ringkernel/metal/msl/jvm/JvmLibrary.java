package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.TooLargeException;
import io.ringkernel.metal.msl.lower.KernelInputs;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.lower.UnsupportedCodeException;
import io.ringkernel.metal.msl.run.KernelCode;
import io.ringkernel.metal.msl.run.KernelPlan;
import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Generates and loads the classes of one program's kernels; safe for use by many threads. */
public final class JvmLibrary {
    private static final long CONSTANT_ALIGNMENT = 16;

    private final Program program;
    private final boolean checks;
    private final boolean fast;
    private final Instrumentation instrumentation;
    private final KernelLoader loader = new KernelLoader();
    private final AtomicInteger classes = new AtomicInteger();

    /**
     * The dispatches that code is for.
     *
     * @param hugeBuffers whether subscripts from 2^31 on can occur, because a buffer is so large
     * @param loneThreads whether every threadgroup has one thread
     */
    public record Traits(boolean hugeBuffers, boolean loneThreads) {
        /** Nothing out of the ordinary: what a kernel is first generated for. */
        public static final Traits ORDINARY = new Traits(false, false);
    }

    /** Instrumented code is plain and checked, whatever else is asked for. */
    public JvmLibrary(Program program, boolean checks, boolean fast, Instrumentation instrumentation) {
        this.program = program;
        this.checks = checks || instrumentation.isOn();
        this.fast = fast && !instrumentation.isOn();
        this.instrumentation = instrumentation;
    }

    /** Whether code looks for something while it runs. */
    public boolean isInstrumented() {
        return instrumentation.isOn();
    }

    /**
     * Generates a kernel for given values of function constants.
     *
     * @throws UnsupportedCodeException when no code can be generated for something in it
     */
    public JvmKernel generate(Kernel kernel, Map<Integer, byte[]> constants, Traits traits) {
        try {
            return generated(kernel, constants, traits);
        } catch (TooLargeException e) {
            throw UnsupportedCodeException.of(kernel, e);
        }
    }

    private JvmKernel generated(Kernel kernel, Map<Integer, byte[]> constants, Traits traits) {
        var exact = traits.hugeBuffers() || !fast;
        var lowered = lower(kernel, constants, exact, traits.loneThreads());
        if (!exact && lowered.resolvesAddresses()) {
            // Buffers behind pointers in memory may be of any size.
            lowered = lower(kernel, constants, true, traits.loneThreads());
        }
        return load(kernel, lowered);
    }

    private KernelProgram lower(Kernel kernel, Map<Integer, byte[]> constants, boolean exact, boolean loneThreads) {
        return new KernelProgram(
                program, kernel, constants, new CodeOptions(checks, fast, exact, loneThreads, instrumentation));
    }

    private JvmKernel load(Kernel kernel, KernelProgram lowered) {
        var name = "msl." + FunctionCode.readable(kernel.name()) + "$" + classes.incrementAndGet();
        var emitter = new ClassEmitter(lowered, name);
        var bytes = emitter.emit();
        var code = instantiate(loader.define(name, bytes), kernel.name());
        var constants = constants(lowered);
        var inputs = lowered.inputs();
        var plan = new KernelPlan(
                code,
                lowered.shape(),
                inputs.buffers().stream().map(KernelInputs.Buffer::index).toList(),
                new KernelPlan.Memory(
                        inputs.shared().stream()
                                .map(KernelInputs.Shared::memory)
                                .toList(),
                        lowered.frame().byteSize(),
                        !lowered.functions().isEmpty(),
                        constants,
                        lowered.arrays()),
                emitter.laneArrays(),
                checks,
                new KernelPlan.Instrumented(
                        instrumentation,
                        lowered.siteLines(),
                        inputs.buffers().stream()
                                .map(buffer -> buffer.segment().name())
                                .toList()));
        plan.initializeConstants(lowered.constantsFrameBytes());
        return JvmKernel.of(plan, lowered);
    }

    private static MemorySegment constants(KernelProgram lowered) {
        var byteSize = Math.max(CONSTANT_ALIGNMENT, lowered.constantBytes());
        var constants = Arena.ofAuto().allocate(byteSize, CONSTANT_ALIGNMENT);
        var image = lowered.constantImage();
        MemorySegment.copy(image, 0, constants, ValueLayout.JAVA_BYTE, 0, image.length);
        return constants;
    }

    private static KernelCode instantiate(Class<?> type, String kernel) {
        try {
            return (KernelCode) type.getDeclaredConstructor(String.class).newInstance(kernel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated class cannot be instantiated: " + type.getName(), e);
        }
    }
}
