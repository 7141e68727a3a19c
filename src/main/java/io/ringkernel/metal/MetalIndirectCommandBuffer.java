package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newIndirectCommandBufferWithDescriptor_maxCommandCount_options;
import io.ringkernel.metal.bindings.MTLIndirectCommandBuffer_gpuResourceID;
import io.ringkernel.metal.bindings.MTLIndirectCommandBuffer_resetWithRange;
import io.ringkernel.metal.bindings.MTLIndirectCommandBuffer_size;
import io.ringkernel.metal.bindings.MTLResourceID;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Dispatches in memory, which the CPU or kernels encode and an encoder executes, as often as it likes
 * ({@code MTLIndirectCommandBuffer}).
 *
 * <p><b>Commands.</b> A command must be encoded by the CPU, or reset, before a kernel encodes it or an encoder executes
 * it. Kernels get the buffer as a {@code command_buffer} in an argument buffer, by {@link #gpuResourceId()}, and must
 * be told that they may write it: {@link MetalComputeEncoder#useResource}.
 *
 * <p><b>Lifetime.</b> Nothing keeps the pipelines and buffers alive that commands name: whoever encodes them closes
 * those when the command buffers that execute the commands have completed. The encoder that executes them must be told
 * of their buffers with {@link MetalComputeEncoder#useResource}.
 *
 * <p><b>Threads.</b> Different threads may encode different commands, while no work that uses the buffer is under way.
 */
public final class MetalIndirectCommandBuffer extends MetalResource {
    private static final Message NEW_BUFFER =
            Message.of(MTLDevice_newIndirectCommandBufferWithDescriptor_maxCommandCount_options.class);
    private static final Message SIZE = Message.of(MTLIndirectCommandBuffer_size.class);
    private static final Message RESOURCE_ID = Message.of(MTLIndirectCommandBuffer_gpuResourceID.class);
    private static final Message RESET = Message.of(MTLIndirectCommandBuffer_resetWithRange.class);

    private final MetalIndirectCommandBufferDescriptor descriptor;
    private final long commandCount;

    private MetalIndirectCommandBuffer(
            Retained retained,
            MetalDevice device,
            MetalStorageMode mode,
            MetalIndirectCommandBufferDescriptor descriptor) {
        super(retained, device, mode);
        this.descriptor = descriptor;
        this.commandCount = sendForLong(SIZE, MTLIndirectCommandBuffer_size::invoke);
    }

    static MetalIndirectCommandBuffer make(
            MetalDevice device, MetalIndirectCommandBufferDescriptor descriptor, long count, MetalStorageMode mode) {
        if (count < 1) {
            throw new IllegalArgumentException("commandCount is below 1: " + count);
        }
        if (mode == MetalStorageMode.MANAGED) {
            throw new IllegalArgumentException("an indirect command buffer is shared or private, not managed");
        }
        var objc = device.objc();
        var send = objc.bind(NEW_BUFFER);
        try (var receiver = device.receiver();
                var object = descriptor.toObject(objc)) {
            var buffer = MTLDevice_newIndirectCommandBufferWithDescriptor_maxCommandCount_options.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    object.id(),
                    count,
                    MetalResourceOptions.of(mode).bits());
            if (ObjectiveC.isNil(buffer)) {
                throw new OutOfMemoryException("the device could not allocate " + count + " indirect commands");
            }
            return new MetalIndirectCommandBuffer(Retained.of(objc, NEW_BUFFER, buffer), device, mode, descriptor);
        }
    }

    /** What its commands bind. */
    public MetalIndirectCommandBufferDescriptor descriptor() {
        return descriptor;
    }

    /** How many commands there are. */
    public long commandCount() {
        return commandCount;
    }

    /** The number by which kernels know it in an argument buffer (tier 2), where it takes 8 bytes. */
    public long gpuResourceId() {
        var send = objc().bind(RESOURCE_ID);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            return MTLResourceID._impl(MTLIndirectCommandBuffer_gpuResourceID.invoke(
                    send.function(), arena, receiver.id(), send.selector()));
        }
    }

    /**
     * One of the commands, to be encoded by the CPU.
     *
     * @throws IndexOutOfBoundsException if there is none at the index
     * @throws IllegalStateException if the CPU does not see the commands: the storage is private
     */
    public MetalIndirectComputeCommand command(long index) {
        Objects.checkIndex(index, commandCount);
        requireCpu();
        return new MetalIndirectComputeCommand(this, index);
    }

    /**
     * Makes commands do nothing.
     *
     * @throws IndexOutOfBoundsException if the range is not inside
     * @throws IllegalStateException as {@link #command}
     */
    public void reset(long first, long count) {
        var range = range(first, count);
        requireCpu();
        sendPointer(RESET, MTLIndirectCommandBuffer_resetWithRange::invoke, range);
    }

    private void requireCpu() {
        if (storageMode() == MetalStorageMode.PRIVATE) {
            throw new IllegalStateException("the CPU encodes no private commands: " + this);
        }
    }

    /** An {@code NSRange} of commands. */
    MemorySegment range(long first, long count) {
        Objects.checkFromIndexSize(first, count, commandCount);
        return MemorySegment.ofArray(new long[] {first, count});
    }

    @Override
    public String toString() {
        return "MetalIndirectCommandBuffer[" + commandCount + " commands]";
    }
}
