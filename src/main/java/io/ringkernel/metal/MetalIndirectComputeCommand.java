package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLIndirectCommandBuffer_indirectComputeCommandAtIndex;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_clearBarrier;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_concurrentDispatchThreadgroups_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_concurrentDispatchThreads_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_reset;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_setBarrier;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_setComputePipelineState;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_setKernelBuffer_offset_atIndex;
import io.ringkernel.metal.bindings.MTLIndirectComputeCommand_setThreadgroupMemoryLength_atIndex;
import io.ringkernel.metal.objc.Message;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One command of a {@link MetalIndirectCommandBuffer}, as the CPU encodes it ({@code MTLIndirectComputeCommand}). What
 * was set stays set until it is set again or the command is reset; the last dispatch counts.
 *
 * <p>Every method throws {@link IllegalStateException} after the buffer was closed, and
 * {@link IllegalArgumentException} for objects of another provider.
 */
public final class MetalIndirectComputeCommand {
    private static final Message COMMAND = Message.of(MTLIndirectCommandBuffer_indirectComputeCommandAtIndex.class);
    private static final Message SET_PIPELINE = Message.of(MTLIndirectComputeCommand_setComputePipelineState.class);
    private static final Message SET_BUFFER =
            Message.of(MTLIndirectComputeCommand_setKernelBuffer_offset_atIndex.class);
    private static final Message SET_MEMORY =
            Message.of(MTLIndirectComputeCommand_setThreadgroupMemoryLength_atIndex.class);
    private static final Message DISPATCH_THREADGROUPS =
            Message.of(MTLIndirectComputeCommand_concurrentDispatchThreadgroups_threadsPerThreadgroup.class);
    private static final Message DISPATCH_THREADS =
            Message.of(MTLIndirectComputeCommand_concurrentDispatchThreads_threadsPerThreadgroup.class);
    private static final Message SET_BARRIER = Message.of(MTLIndirectComputeCommand_setBarrier.class);
    private static final Message CLEAR_BARRIER = Message.of(MTLIndirectComputeCommand_clearBarrier.class);
    private static final Message RESET = Message.of(MTLIndirectComputeCommand_reset.class);
    private static final MetalSize SINGLE = MetalSize.of(1);
    private static final int MEMORY_UNIT = 16;

    private final MetalIndirectCommandBuffer commands;
    private final long index;

    MetalIndirectComputeCommand(MetalIndirectCommandBuffer commands, long index) {
        this.commands = commands;
        this.index = index;
    }

    /** A message to the command, which lives as long as its buffer. */
    private interface Encoding {
        void send(MemorySegment function, MemorySegment command, MemorySegment selector);
    }

    private void encode(Message message, Encoding encoding) {
        var objc = commands.objc();
        var ask = objc.bind(COMMAND);
        var send = objc.bind(message);
        try (var receiver = commands.receiver()) {
            var command = MTLIndirectCommandBuffer_indirectComputeCommandAtIndex.invoke(
                    ask.function(), receiver.id(), ask.selector(), index);
            encoding.send(send.function(), command, send.selector());
        }
    }

    /**
     * Sets the pipeline, which must have been made {@linkplain MetalPipelineOptions#withIndirectCommands for commands}.
     *
     * @throws IllegalStateException if commands inherit the encoder's pipeline, or it is closed
     * @throws IllegalArgumentException if the pipeline was not made for commands
     */
    public void setPipeline(MetalPipeline pipeline) {
        if (commands.descriptor().inheritsPipeline()) {
            throw new IllegalStateException("commands inherit the encoder's pipeline: " + commands);
        }
        if (!pipeline.supportsIndirectCommands()) {
            throw new IllegalArgumentException(
                    "the pipeline was made without withIndirectCommands: " + pipeline.label());
        }
        try (var held = pipeline.heldFor(commands)) {
            encode(
                    SET_PIPELINE,
                    (function, command, selector) -> MTLIndirectComputeCommand_setComputePipelineState.invoke(
                            function, command, selector, held.id()));
        }
    }

    /**
     * Binds a buffer from an offset on.
     *
     * @throws IndexOutOfBoundsException if the index is not below the descriptor's number of buffers, or the offset not
     *     inside the buffer
     */
    public void setBuffer(int bufferIndex, MetalBuffer buffer, long byteOffset) {
        Objects.checkIndex(bufferIndex, commands.descriptor().bufferCount());
        Objects.checkIndex(byteOffset, buffer.byteSize());
        try (var held = buffer.heldFor(commands)) {
            encode(
                    SET_BUFFER,
                    (function, command, selector) -> MTLIndirectComputeCommand_setKernelBuffer_offset_atIndex.invoke(
                            function, command, selector, held.id(), byteOffset, bufferIndex));
        }
    }

    /**
     * Gives the threadgroup memory at an index its length, for every threadgroup.
     *
     * @throws IndexOutOfBoundsException if the index is not below the descriptor's number
     * @throws IllegalArgumentException if the length is negative or not a multiple of 16
     */
    public void setThreadgroupMemory(int memoryIndex, long byteSize) {
        Objects.checkIndex(memoryIndex, commands.descriptor().threadgroupMemoryCount());
        if (byteSize < 0 || byteSize % MEMORY_UNIT != 0) {
            throw new IllegalArgumentException("byteSize is not a multiple of " + MEMORY_UNIT + ": " + byteSize);
        }
        encode(
                SET_MEMORY,
                (function, command, selector) -> MTLIndirectComputeCommand_setThreadgroupMemoryLength_atIndex.invoke(
                        function, command, selector, byteSize, memoryIndex));
    }

    /**
     * Runs so many whole threadgroups, at the same time as other commands unless a barrier stands between.
     *
     * @throws IllegalArgumentException if the grid has no threads, or more than 2147483647 in a dimension
     */
    public void dispatchThreadgroups(MetalSize threadgroups, MetalSize threadsPerThreadgroup) {
        DispatchChecks.grid(threadgroups, threadsPerThreadgroup);
        encode(
                DISPATCH_THREADGROUPS,
                (function, command, selector) ->
                        MTLIndirectComputeCommand_concurrentDispatchThreadgroups_threadsPerThreadgroup.invoke(
                                function, command, selector, threadgroups.segment(), threadsPerThreadgroup.segment()));
    }

    /**
     * Runs one thread for each point of a grid, at the same time as other commands unless a barrier stands between.
     *
     * @throws IllegalArgumentException as {@link #dispatchThreadgroups}
     */
    public void dispatchThreads(MetalSize threads, MetalSize threadsPerThreadgroup) {
        DispatchChecks.grid(threads, SINGLE);
        encode(
                DISPATCH_THREADS,
                (function, command, selector) ->
                        MTLIndirectComputeCommand_concurrentDispatchThreads_threadsPerThreadgroup.invoke(
                                function, command, selector, threads.segment(), threadsPerThreadgroup.segment()));
    }

    /** Holds this command back until all before it in its buffer have run. */
    public void setBarrier() {
        encode(SET_BARRIER, MTLIndirectComputeCommand_setBarrier::invoke);
    }

    /** Takes the barrier away. */
    public void clearBarrier() {
        encode(CLEAR_BARRIER, MTLIndirectComputeCommand_clearBarrier::invoke);
    }

    /** Makes it a command that does nothing. */
    public void reset() {
        encode(RESET, MTLIndirectComputeCommand_reset::invoke);
    }
}
