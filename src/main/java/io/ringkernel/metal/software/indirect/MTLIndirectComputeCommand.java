package io.ringkernel.metal.software.indirect;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** One command of an indirect command buffer, as the CPU encodes it. */
public final class MTLIndirectComputeCommand extends NSObject {
    private static final int LENGTH_UNIT = 16;

    private final Strong<MTLIndirectCommandBuffer> commands;
    private final CommandRecord command;

    MTLIndirectComputeCommand(MTLIndirectCommandBuffer commands, CommandRecord command) {
        super(commands.runtime());
        this.commands = new Strong<>(commands);
        this.command = command;
    }

    @Selector("setComputePipelineState:")
    void setComputePipelineState(MTLComputePipelineState state) {
        requireSameDevice(state);
        require(
                !layout().inheritsPipeline(),
                ViolationKind.BAD_ARGUMENT,
                "a pipeline for a command that inherits the encoder's: %s",
                state);
        require(
                state.supportIndirectCommandBuffers(),
                ViolationKind.BAD_ARGUMENT,
                "a pipeline without supportIndirectCommandBuffers in a command: %s",
                state);
        command.pipeline(state.resourceId());
    }

    @Selector("setKernelBuffer:offset:atIndex:")
    void setKernelBuffer(MTLBuffer buffer, long offset, long index) {
        requireSameDevice(buffer);
        requireIndex("buffer", index, layout().buffers());
        require(
                offset >= 0 && offset < buffer.length(),
                ViolationKind.OUT_OF_RANGE,
                "offset not in 0..%d: %s",
                buffer.length() - 1,
                Long.toUnsignedString(offset));
        command.buffer((int) index, buffer.gpuBytes().address() + offset);
    }

    @Selector("setThreadgroupMemoryLength:atIndex:")
    void setThreadgroupMemoryLength(long length, long index) {
        requireIndex("threadgroup memory", index, layout().lengths());
        int limit = commands.get().gpu().limits().threadgroupMemory();
        require(
                length >= 0 && length <= limit && length % LENGTH_UNIT == 0,
                ViolationKind.THREADGROUP_MEMORY,
                "threadgroup memory length not a multiple of %d in 0..%d: %s",
                LENGTH_UNIT,
                limit,
                Long.toUnsignedString(length));
        command.threadgroupLength((int) index, length);
    }

    @Selector("concurrentDispatchThreadgroups:threadsPerThreadgroup:")
    void dispatchThreadgroups(Size threadgroups, Size threadsPerThreadgroup) {
        dispatch(CommandRecord.Dispatch.THREADGROUPS, threadgroups, threadsPerThreadgroup);
    }

    @Selector("concurrentDispatchThreads:threadsPerThreadgroup:")
    void dispatchThreads(Size threads, Size threadsPerThreadgroup) {
        dispatch(CommandRecord.Dispatch.THREADS, threads, threadsPerThreadgroup);
    }

    private void dispatch(CommandRecord.Dispatch kind, Size grid, Size threadsPerThreadgroup) {
        require(
                layout().allows(kind),
                ViolationKind.BAD_ARGUMENT,
                "commandTypes do not include a dispatch of %s",
                kind);
        require(
                grid.isPositive(Integer.MAX_VALUE) && threadsPerThreadgroup.isPositive(Integer.MAX_VALUE),
                ViolationKind.BAD_ARGUMENT,
                "grid and threadgroup not in 1..%d: %s, %s",
                Integer.MAX_VALUE,
                grid,
                threadsPerThreadgroup);
        command.dispatch(kind, grid, threadsPerThreadgroup);
    }

    @Selector("setBarrier")
    void setBarrier() {
        command.barrier(true);
    }

    @Selector("clearBarrier")
    void clearBarrier() {
        command.barrier(false);
    }

    @Selector("reset")
    void reset() {
        command.reset();
    }

    private CommandLayout layout() {
        return commands.get().layout();
    }

    private void requireSameDevice(DeviceObject other) {
        require(
                other.gpu() == commands.get().gpu(),
                ViolationKind.OTHER_DEVICE,
                "%s belongs to another device than %s",
                other,
                commands.get());
    }

    private static void requireIndex(String what, long index, int count) {
        require(
                index >= 0 && index < count,
                ViolationKind.OUT_OF_RANGE,
                "index of %s not below the %d that commands were described with: %s",
                what,
                count,
                Long.toUnsignedString(index));
    }

    @Override
    protected void dealloc() {
        commands.clear();
        super.dealloc();
    }
}
