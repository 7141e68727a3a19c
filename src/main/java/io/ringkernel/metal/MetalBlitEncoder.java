package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_fillBuffer_range_value;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_synchronizeResource;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_updateFence;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_waitForFence;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Encodes copies and fills ({@code MTLBlitCommandEncoder}). */
public final class MetalBlitEncoder extends MetalEncoder {
    private static final Message COPY =
            Message.of(MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size.class);
    private static final Message FILL = Message.of(MTLBlitCommandEncoder_fillBuffer_range_value.class);
    private static final Message SYNCHRONIZE = Message.of(MTLBlitCommandEncoder_synchronizeResource.class);
    private static final Message UPDATE_FENCE = Message.of(MTLBlitCommandEncoder_updateFence.class);
    private static final Message WAIT_FOR_FENCE = Message.of(MTLBlitCommandEncoder_waitForFence.class);

    /** macOS copies and fills buffers in units of four bytes. */
    private static final long GRANULARITY = 4;

    MetalBlitEncoder(Retained retained, MetalCommandBuffer commandBuffer) {
        super(retained, commandBuffer);
    }

    /**
     * Copies a whole buffer to the beginning of another.
     *
     * @throws IndexOutOfBoundsException if the destination is smaller
     * @throws IllegalArgumentException if the size is not a multiple of 4, or source and destination are one buffer
     */
    public void copy(MetalBuffer source, MetalBuffer destination) {
        copy(source.slice(0, source.byteSize()), destination, 0);
    }

    /**
     * Copies a part of a buffer.
     *
     * @param destinationOffset where the first byte goes
     * @throws IndexOutOfBoundsException if the part does not fit into the destination
     * @throws IllegalArgumentException if an offset or the size is not a multiple of 4, or the ranges overlap
     */
    public void copy(MetalBufferSlice source, MetalBuffer destination, long destinationOffset) {
        long size = source.byteSize();
        Objects.checkFromIndexSize(destinationOffset, size, destination.byteSize());
        requireGranular("source offset", source.byteOffset());
        requireGranular("destination offset", destinationOffset);
        requireGranular("size", size);
        boolean overlaps = source.buffer() == destination
                && source.byteOffset() < destinationOffset + size
                && destinationOffset < source.byteOffset() + size;
        if (overlaps) {
            throw new IllegalArgumentException("source and destination overlap in one buffer: " + size + " bytes from "
                    + source.byteOffset() + " to " + destinationOffset);
        }
        var send = objc().bind(COPY);
        try (var receiver = receiver();
                var from = source.buffer().heldFor(this);
                var to = destination.heldFor(this)) {
            MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    from.id(),
                    source.byteOffset(),
                    to.id(),
                    destinationOffset,
                    size);
        }
    }

    /**
     * Sets every byte of a part of a buffer.
     *
     * @throws IllegalArgumentException if the part is empty, or its offset or size is not a multiple of 4
     */
    public void fill(MetalBufferSlice target, byte value) {
        requireGranular("offset", target.byteOffset());
        requireGranular("size", target.byteSize());
        if (target.byteSize() == 0) {
            throw new IllegalArgumentException("nothing to fill: 0 bytes at " + target.byteOffset());
        }
        var send = objc().bind(FILL);
        try (var receiver = receiver();
                var held = target.buffer().heldFor(this)) {
            var range = MemorySegment.ofArray(new long[] {target.byteOffset(), target.byteSize()});
            MTLBlitCommandEncoder_fillBuffer_range_value.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), range, Byte.toUnsignedInt(value));
        }
    }

    /**
     * Makes what the GPU wrote into a managed buffer visible to the CPU, once the command buffer has completed.
     *
     * @throws IllegalArgumentException if the buffer is not managed
     */
    public void synchronize(MetalBuffer buffer) {
        if (buffer.storageMode() != MetalStorageMode.MANAGED) {
            throw new IllegalArgumentException("only a managed buffer has two copies: " + buffer);
        }
        sendObject(SYNCHRONIZE, MTLBlitCommandEncoder_synchronizeResource::invoke, buffer);
    }

    /** Lets encoders that wait for the fence go on when the commands so far have run. */
    public void updateFence(MetalFence fence) {
        sendObject(UPDATE_FENCE, MTLBlitCommandEncoder_updateFence::invoke, fence);
    }

    /** Holds the commands from here on back until the fence was updated by an encoder before this one. */
    public void waitForFence(MetalFence fence) {
        sendObject(WAIT_FOR_FENCE, MTLBlitCommandEncoder_waitForFence::invoke, fence);
    }

    private static void requireGranular(String what, long value) {
        if (value % GRANULARITY != 0) {
            throw new IllegalArgumentException(what + " is not a multiple of " + GRANULARITY + ": " + value);
        }
    }
}
