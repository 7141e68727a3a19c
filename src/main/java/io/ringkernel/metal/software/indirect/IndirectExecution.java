package io.ringkernel.metal.software.indirect;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelArguments;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.LogSink;
import io.ringkernel.metal.msl.run.check.CheckSession;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.gpu.Watchdog;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Executes commands of an indirect command buffer as they are when the GPU gets there. Those between two barriers have
 * no order; they run last to first, so that a barrier that was forgotten shows.
 *
 * @param range which commands, known when they run
 * @param inherited what commands take over from their encoder
 * @param memory resolves addresses: only what was bound or declared is found
 */
public record IndirectExecution(
        MTLIndirectCommandBuffer commands,
        Supplier<Range> range,
        Inherited inherited,
        AddressResolver memory,
        LogSink log) {

    /**
     * What an encoder had bound when it was told to execute commands.
     *
     * @param pipeline null for none
     */
    public record Inherited(MTLComputePipelineState pipeline, MemorySegment[] buffers, int[] threadgroupLengths) {}

    /** Runs them all; throws the first fault. The session is there if kernels are instrumented. */
    public void run(Watchdog.Watch watch, Optional<CheckSession> session) {
        var executed = range.get();
        if (!executed.isWithin(commands.size())) {
            throw fault("commands", "a range of commands not in 0.." + commands.size() + ": " + executed);
        }
        var stretch = new ArrayList<Runnable>();
        for (long i = executed.location(); i < executed.location() + executed.length(); i++) {
            var command = commands.command(i);
            long index = i;
            if (!command.isKnown()) {
                throw fault("commands", "command " + index + " was neither encoded by the CPU nor reset");
            }
            if (command.hasBarrier()) {
                finish(stretch);
            }
            if (command.dispatch() != CommandRecord.Dispatch.NONE) {
                stretch.add(() -> run(command, index, watch, session));
            }
        }
        finish(stretch);
    }

    private static void finish(List<Runnable> stretch) {
        stretch.reversed().forEach(Runnable::run);
        stretch.clear();
    }

    private void run(CommandRecord command, long index, Watchdog.Watch watch, Optional<CheckSession> session) {
        var pipeline = pipeline(command, index);
        var kernel = pipeline.kernel();
        if (!commands.layout().allows(command.dispatch())) {
            throw fault(kernel.name(), "commandTypes do not include the dispatch of command " + index);
        }
        if (!kernel.resources().isEmpty()) {
            throw fault(kernel.name(), "a command binds no textures or samplers: command " + index);
        }
        checkThreadgroup(pipeline, command, index);
        var arguments = new KernelArguments(
                buffers(command),
                lengths(command),
                new long[0],
                new long[0],
                grid(kernel.name(), command, index),
                memory,
                pipeline.logs() ? log : LogSink.NONE,
                session);
        watch.run(kernel.prepare(arguments));
    }

    private MTLComputePipelineState pipeline(CommandRecord command, long index) {
        if (commands.layout().inheritsPipeline()) {
            if (inherited.pipeline() == null || !inherited.pipeline().supportIndirectCommandBuffers()) {
                throw fault(
                        "commands",
                        "command " + index + " inherits no pipeline with support for indirect command buffers");
            }
            return inherited.pipeline();
        }
        return MTLComputePipelineState.find(command.pipeline())
                .filter(found -> found.gpu() == commands.gpu())
                .orElseThrow(() -> fault("commands", "command " + index + " has no pipeline that is alive"));
    }

    private static void checkThreadgroup(MTLComputePipelineState pipeline, CommandRecord command, long index) {
        long limit = pipeline.maxTotalThreadsPerThreadgroup();
        var size = command.threadsPerThreadgroup();
        if (!size.isPositive(limit) || threads(size) > limit || threads(size) % pipeline.threadgroupUnit() != 0) {
            throw fault(
                    pipeline.kernel().name(),
                    "threadsPerThreadgroup not of 1.." + limit + " threads in multiples of "
                            + pipeline.threadgroupUnit() + ": " + size + " of command " + index);
        }
    }

    private static long threads(Size size) {
        return size.width() * size.height() * size.depth();
    }

    private static Grid grid(String kernel, CommandRecord command, long index) {
        try {
            return command.grid();
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw fault(kernel, "command " + index + " has no grid: " + e.getMessage());
        }
    }

    /** From the address on that each was set to, to the end of its memory. */
    private MemorySegment[] buffers(CommandRecord command) {
        if (commands.layout().inheritsBuffers()) {
            return inherited.buffers();
        }
        var buffers = new MemorySegment[commands.layout().buffers()];
        for (int i = 0; i < buffers.length; i++) {
            long address = command.buffer(i);
            buffers[i] = address == 0
                    ? null
                    : memory.find(address)
                            .map(found -> found.asSlice(address - found.address()))
                            .orElse(null);
        }
        return buffers;
    }

    private int[] lengths(CommandRecord command) {
        if (commands.layout().lengths() == 0) {
            return inherited.threadgroupLengths();
        }
        var lengths = new int[commands.layout().lengths()];
        int limit = commands.gpu().limits().threadgroupMemory();
        for (int i = 0; i < lengths.length; i++) {
            long length = command.threadgroupLength(i);
            if (length < 0 || length > limit) {
                throw fault("commands", "threadgroup memory length not in 0.." + limit + ": " + length);
            }
            lengths[i] = (int) length;
        }
        return lengths;
    }

    private static KernelFault fault(String kernel, String detail) {
        return new KernelFault(
                KernelFault.Kind.INVALID_ARGUMENT, kernel, detail, 0, Optional.empty(), OptionalLong.empty(), null);
    }
}
