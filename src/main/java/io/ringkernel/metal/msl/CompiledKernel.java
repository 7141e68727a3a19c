package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.MslArgument.Access;
import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.jvm.JvmKernel;
import io.ringkernel.metal.msl.jvm.JvmLibrary;
import io.ringkernel.metal.msl.run.Dispatch;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelFault.Kind;
import io.ringkernel.metal.msl.run.KernelPlan;
import io.ringkernel.metal.msl.run.KernelRun;
import io.ringkernel.metal.msl.run.Lanes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A kernel of a library with its generated classes: the one for most dispatches, and others, made when needed. */
final class CompiledKernel implements MslKernel {
    private static final int MAXIMUM_THREADS = 1024;
    private static final long HUGE_BYTES = Integer.MAX_VALUE;

    /** Kept by itself, since a pipeline may outlive the library. */
    private final JvmLibrary classes;

    private final Kernel kernel;
    private final Map<Integer, byte[]> constants;
    private final JvmKernel ordinary;
    private final List<MslArgument> arguments;
    private final List<MslResource> resources;
    private final int staticThreadgroupMemoryLength;
    private final Map<JvmLibrary.Traits, JvmKernel> others = new ConcurrentHashMap<>();

    CompiledKernel(JvmLibrary classes, Kernel kernel, Map<Integer, byte[]> constants) {
        this.classes = classes;
        this.kernel = kernel;
        this.constants = Map.copyOf(constants);
        ordinary = classes.generate(kernel, this.constants, JvmLibrary.Traits.ORDINARY);
        arguments = boundArguments();
        resources = ordinary.resources().entrySet().stream()
                .map(entry -> resource(entry.getKey(), entry.getValue()))
                .toList();
        staticThreadgroupMemoryLength = ordinary.plan().memory().shared().stream()
                .mapToInt(shared -> shared.byteSize())
                .sum();
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public List<MslArgument> arguments() {
        return arguments;
    }

    @Override
    public List<MslResource> resources() {
        return resources;
    }

    private static MslResource resource(KernelParameter.Resource parameter, boolean active) {
        return new MslResource(
                parameter.variable().name(), parameter.index(), parameter.count(), parameter.use(), active);
    }

    private List<MslArgument> boundArguments() {
        var bound = new ArrayList<MslArgument>();
        for (var parameter : kernel.parameters()) {
            switch (parameter) {
                case KernelParameter.Buffer buffer
                when ordinary.buffers().contains(buffer.index()) -> bound.add(argument(buffer));
                case KernelParameter.FunctionTable table -> bound.add(argument(table));
                case KernelParameter.Threadgroup group -> bound.add(argument(group));
                default -> {
                    // Nothing is bound for it.
                }
            }
        }
        return List.copyOf(bound);
    }

    private MslArgument argument(KernelParameter.Buffer buffer) {
        var pointer = buffer.pointer();
        var readOnly = pointer.readOnly() || pointer.space() == AddressSpace.CONSTANT;
        return new MslArgument(
                buffer.variable().name(),
                MslArgument.Kind.BUFFER,
                buffer.index(),
                readOnly ? Access.READ : Access.READ_WRITE,
                pointer.space(),
                pointer.pointee(),
                buffer.isReference(),
                ordinary.activeBuffers().contains(buffer.index()));
    }

    private MslArgument argument(KernelParameter.FunctionTable table) {
        return new MslArgument(
                table.variable().name(),
                MslArgument.Kind.FUNCTION_TABLE,
                table.index(),
                Access.READ,
                AddressSpace.CONSTANT,
                table.variable().type(),
                false,
                ordinary.activeBuffers().contains(table.index()));
    }

    private static MslArgument argument(KernelParameter.Threadgroup group) {
        var pointer = (Type.Pointer) group.variable().type();
        return new MslArgument(
                group.variable().name(),
                MslArgument.Kind.THREADGROUP,
                group.index(),
                pointer.readOnly() ? Access.READ : Access.READ_WRITE,
                pointer.space(),
                pointer.pointee(),
                false,
                true);
    }

    @Override
    public int maxTotalThreadsPerThreadgroup() {
        var limit = kernel.maxTotalThreadsPerThreadgroup();
        return limit == 0 ? MAXIMUM_THREADS : Math.min(limit, MAXIMUM_THREADS);
    }

    @Override
    public int declaredMaxTotalThreads() {
        return kernel.maxTotalThreadsPerThreadgroup();
    }

    @Override
    public int threadExecutionWidth() {
        return Lanes.SIMD_WIDTH;
    }

    @Override
    public int staticThreadgroupMemoryLength() {
        return staticThreadgroupMemoryLength;
    }

    @Override
    public KernelRun prepare(KernelArguments arguments) {
        var threads = arguments.grid().threadsPerThreadgroup().count();
        if (threads > maxTotalThreadsPerThreadgroup()) {
            throw refusal(
                    Kind.INVALID_ARGUMENT,
                    "threads per threadgroup not in 1..%d: %d".formatted(maxTotalThreadsPerThreadgroup(), threads));
        }
        for (var argument : this.arguments) {
            if (argument.kind() != MslArgument.Kind.THREADGROUP && argument.active()) {
                check(argument, arguments.buffer(argument.index()));
            }
        }
        return new Dispatch(suited(isHuge(arguments), threads == 1).plan(), arguments);
    }

    /** A kernel that cannot be generated for this dispatch is a fault of the dispatch. */
    private JvmKernel suited(boolean hugeBuffers, boolean loneThreads) {
        boolean skipsBarriers =
                loneThreads && !classes.isInstrumented() && ordinary.plan().shape() == KernelPlan.Shape.GROUPS;
        if (!hugeBuffers && !skipsBarriers) {
            return ordinary;
        }
        try {
            return others.computeIfAbsent(
                    new JvmLibrary.Traits(hugeBuffers, skipsBarriers),
                    traits -> CompilerDoor.pass(
                            "kernel '" + kernel.name() + "'",
                            kernel.function()::position,
                            () -> classes.generate(kernel, constants, traits)));
        } catch (MslCompilationException e) {
            throw refusal(Kind.INTERNAL, e.getMessage());
        }
    }

    private static boolean isHuge(KernelArguments arguments) {
        for (var buffer : arguments.buffers()) {
            if (buffer != null && buffer.byteSize() > HUGE_BYTES) {
                return true;
            }
        }
        return false;
    }

    private void check(MslArgument argument, MemorySegment bound) {
        if (bound == null) {
            throw refusal(Kind.UNBOUND_ARGUMENT, place(argument) + " is not bound");
        }
        var alignment = Math.max(1, argument.pointee().alignment());
        if (bound.address() % alignment != 0) {
            throw refusal(
                    Kind.MISALIGNED,
                    "%s (%s) is not aligned to %d: 0x%x"
                            .formatted(place(argument), argument.pointee(), alignment, bound.address()));
        }
        if (argument.isReference() && bound.byteSize() < argument.pointee().byteSize()) {
            throw refusal(
                    Kind.OUT_OF_BOUNDS,
                    "%s has %d bytes from its offset on, %s takes %d"
                            .formatted(
                                    place(argument),
                                    bound.byteSize(),
                                    argument.pointee(),
                                    argument.pointee().byteSize()));
        }
    }

    private static String place(MslArgument argument) {
        return "buffer '%s' at index %d".formatted(argument.name(), argument.index());
    }

    private KernelFault refusal(Kind kind, String detail) {
        return Dispatch.refusal(kind, name(), detail);
    }
}
