package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_destinationOffset_destinationBytesPerRow_destinationBytesPerImage;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyFromTexture_toTexture;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_copyIndirectCommandBuffer_sourceRange_destination_destinationIndex;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_fillBuffer_range_value;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_generateMipmapsForTexture;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_optimizeContentsForCPUAccess;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_optimizeContentsForGPUAccess;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_optimizeIndirectCommandBuffer_withRange;
import io.ringkernel.metal.bindings.MTLBlitCommandEncoder_resetCommandsInBuffer_withRange;
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
    private static final Message RESET_COMMANDS =
            Message.of(MTLBlitCommandEncoder_resetCommandsInBuffer_withRange.class);
    private static final Message OPTIMIZE_COMMANDS =
            Message.of(MTLBlitCommandEncoder_optimizeIndirectCommandBuffer_withRange.class);
    private static final Message COPY_COMMANDS =
            Message.of(MTLBlitCommandEncoder_copyIndirectCommandBuffer_sourceRange_destination_destinationIndex.class);
    private static final Message UPDATE_FENCE = Message.of(MTLBlitCommandEncoder_updateFence.class);
    private static final Message WAIT_FOR_FENCE = Message.of(MTLBlitCommandEncoder_waitForFence.class);

    private static final Message COPY_BUFFER_TO_TEXTURE = Message.of(
            MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin
                    .class);
    private static final Message COPY_TEXTURE_TO_BUFFER = Message.of(
            MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_destinationOffset_destinationBytesPerRow_destinationBytesPerImage
                    .class);
    private static final Message COPY_TEXTURE_REGION = Message.of(
            MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin
                    .class);
    private static final Message COPY_TEXTURE = Message.of(MTLBlitCommandEncoder_copyFromTexture_toTexture.class);
    private static final Message MIPMAPS = Message.of(MTLBlitCommandEncoder_generateMipmapsForTexture.class);
    private static final Message FOR_GPU = Message.of(MTLBlitCommandEncoder_optimizeContentsForGPUAccess.class);
    private static final Message FOR_CPU = Message.of(MTLBlitCommandEncoder_optimizeContentsForCPUAccess.class);

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
     * Makes what the GPU wrote into a managed buffer or texture visible to the CPU, once the command buffer has
     * completed.
     *
     * @throws IllegalArgumentException if the resource is not managed
     */
    public void synchronize(MetalResource resource) {
        if (resource.storageMode() != MetalStorageMode.MANAGED) {
            throw new IllegalArgumentException("only a managed resource has two copies: " + resource);
        }
        sendObject(SYNCHRONIZE, MTLBlitCommandEncoder_synchronizeResource::invoke, resource);
    }

    /**
     * Copies texels from a buffer into a part of a texture, as they are stored.
     *
     * @param byteOffset where the first texel lies, a multiple of a texel's bytes
     * @param bytesPerRow from one row of texels, or of blocks, to the next: a multiple of a texel's bytes
     * @throws IndexOutOfBoundsException if the bytes are not inside the buffer
     * @throws IllegalArgumentException if offset or row is no multiple of a texel's bytes
     */
    public void copy(MetalBuffer source, long byteOffset, long bytesPerRow, MetalTexturePart destination) {
        long image = requireTexels(source, byteOffset, bytesPerRow, destination);
        var send = objc().bind(COPY_BUFFER_TO_TEXTURE);
        try (var receiver = receiver();
                var from = source.heldFor(this);
                var to = destination.texture().heldFor(this)) {
            MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin
                    .invoke(
                            send.function(),
                            receiver.id(),
                            send.selector(),
                            from.id(),
                            byteOffset,
                            bytesPerRow,
                            image,
                            destination.region().size().segment(),
                            to.id(),
                            destination.slice(),
                            destination.level(),
                            destination.region().origin());
        }
    }

    /**
     * Copies the texels of a part of a texture into a buffer, as they are stored.
     *
     * @param byteOffset where the first texel goes, a multiple of a texel's bytes
     * @param bytesPerRow from one row of texels, or of blocks, to the next: a multiple of a texel's bytes
     * @throws IndexOutOfBoundsException if the bytes are not inside the buffer
     * @throws IllegalArgumentException if offset or row is no multiple of a texel's bytes
     */
    public void copy(MetalTexturePart source, MetalBuffer destination, long byteOffset, long bytesPerRow) {
        long image = requireTexels(destination, byteOffset, bytesPerRow, source);
        var send = objc().bind(COPY_TEXTURE_TO_BUFFER);
        try (var receiver = receiver();
                var from = source.texture().heldFor(this);
                var to = destination.heldFor(this)) {
            MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_destinationOffset_destinationBytesPerRow_destinationBytesPerImage
                    .invoke(
                            send.function(),
                            receiver.id(),
                            send.selector(),
                            from.id(),
                            source.slice(),
                            source.level(),
                            source.region().origin(),
                            source.region().size().segment(),
                            to.id(),
                            byteOffset,
                            bytesPerRow,
                            image);
        }
    }

    /** Bytes from one image of a part to the next. */
    private static long requireTexels(MetalBuffer buffer, long offset, long row, MetalTexturePart part) {
        var format = part.texture().format();
        var size = part.region().size();
        long least = format.bytesPerRow(size.width());
        if (offset % format.bytesPerBlock() != 0 || row % format.bytesPerBlock() != 0 || row < least) {
            throw new IllegalArgumentException("offset and bytesPerRow are not multiples of " + format.bytesPerBlock()
                    + " with at least " + least + " bytes per row: " + offset + ", " + row);
        }
        long image = row * Math.ceilDiv(size.height(), format.blockHeight());
        Objects.checkFromIndexSize(offset, image * size.depth(), buffer.byteSize());
        return image;
    }

    /**
     * Copies a part of one texture over a part of the same size of another.
     *
     * @throws IllegalArgumentException if the sizes, formats or numbers of samples differ
     */
    public void copy(MetalTexturePart source, MetalTexturePart destination) {
        requireSameTexels(source.texture(), destination.texture());
        if (!source.region().size().equals(destination.region().size())) {
            throw new IllegalArgumentException("sizes differ: "
                    + source.region().size() + ", " + destination.region().size());
        }
        var send = objc().bind(COPY_TEXTURE_REGION);
        try (var receiver = receiver();
                var from = source.texture().heldFor(this);
                var to = destination.texture().heldFor(this)) {
            MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin
                    .invoke(
                            send.function(),
                            receiver.id(),
                            send.selector(),
                            from.id(),
                            source.slice(),
                            source.level(),
                            source.region().origin(),
                            source.region().size().segment(),
                            to.id(),
                            destination.slice(),
                            destination.level(),
                            destination.region().origin());
        }
    }

    /**
     * Copies all that two textures of the same format have in common: levels of the same size, and slices.
     *
     * @throws IllegalArgumentException if the formats or numbers of samples differ
     */
    public void copy(MetalTexture source, MetalTexture destination) {
        requireSameTexels(source, destination);
        var send = objc().bind(COPY_TEXTURE);
        try (var receiver = receiver();
                var read = source.heldFor(this);
                var written = destination.heldFor(this)) {
            MTLBlitCommandEncoder_copyFromTexture_toTexture.invoke(
                    send.function(), receiver.id(), send.selector(), read.id(), written.id());
        }
    }

    private static void requireSameTexels(MetalTexture source, MetalTexture destination) {
        boolean same = source.format() == destination.format()
                && source.descriptor().samples() == destination.descriptor().samples();
        if (!same) {
            throw new IllegalArgumentException("formats or samples differ: " + source + ", " + destination);
        }
    }

    /**
     * Computes every mipmap level of every slice from the one above it, by a filter that Metal does not specify.
     *
     * @throws IllegalArgumentException if the texture has one level
     */
    public void generateMipmaps(MetalTexture texture) {
        if (texture.descriptor().mipmapLevels() < 2) {
            throw new IllegalArgumentException("no mipmap levels below the first: " + texture);
        }
        sendObject(MIPMAPS, MTLBlitCommandEncoder_generateMipmapsForTexture::invoke, texture);
    }

    /** Lets the GPU store a texture in the way that suits it best. Changes no texel. */
    public void optimizeForGpu(MetalTexture texture) {
        sendObject(FOR_GPU, MTLBlitCommandEncoder_optimizeContentsForGPUAccess::invoke, texture);
    }

    /** Lets the GPU store a texture in the way that suits copies by the CPU. Changes no texel. */
    public void optimizeForCpu(MetalTexture texture) {
        sendObject(FOR_CPU, MTLBlitCommandEncoder_optimizeContentsForCPUAccess::invoke, texture);
    }

    /**
     * Makes commands do nothing.
     *
     * @throws IndexOutOfBoundsException if the range is not inside
     */
    public void resetCommands(MetalIndirectCommandBuffer commands, long first, long count) {
        sendRange(
                RESET_COMMANDS, MTLBlitCommandEncoder_resetCommandsInBuffer_withRange::invoke, commands, first, count);
    }

    /**
     * Lets the driver drop what is set twice in consecutive commands, which must not be encoded again afterwards unless
     * they are reset. Changes nothing that they do.
     *
     * @throws IndexOutOfBoundsException if the range is not inside
     */
    public void optimizeCommands(MetalIndirectCommandBuffer commands, long first, long count) {
        sendRange(
                OPTIMIZE_COMMANDS,
                MTLBlitCommandEncoder_optimizeIndirectCommandBuffer_withRange::invoke,
                commands,
                first,
                count);
    }

    private interface RangeMessage {
        void send(
                MemorySegment function,
                MemorySegment receiver,
                MemorySegment selector,
                MemorySegment commands,
                MemorySegment range);
    }

    private void sendRange(
            Message message, RangeMessage type, MetalIndirectCommandBuffer commands, long first, long count) {
        var range = commands.range(first, count);
        var send = objc().bind(message);
        try (var receiver = receiver();
                var held = commands.heldFor(this)) {
            type.send(send.function(), receiver.id(), send.selector(), held.id(), range);
        }
    }

    /**
     * Copies commands over others.
     *
     * @throws IndexOutOfBoundsException if a range is not inside
     * @throws IllegalArgumentException if the two were described differently
     */
    public void copyCommands(
            MetalIndirectCommandBuffer source,
            long first,
            long count,
            MetalIndirectCommandBuffer destination,
            long destinationFirst) {
        destination.range(destinationFirst, count);
        if (!source.descriptor().equals(destination.descriptor())) {
            throw new IllegalArgumentException(
                    "descriptors differ: " + source.descriptor() + ", " + destination.descriptor());
        }
        var range = source.range(first, count);
        var send = objc().bind(COPY_COMMANDS);
        try (var receiver = receiver();
                var from = source.heldFor(this);
                var to = destination.heldFor(this)) {
            MTLBlitCommandEncoder_copyIndirectCommandBuffer_sourceRange_destination_destinationIndex.invoke(
                    send.function(), receiver.id(), send.selector(), from.id(), range, to.id(), destinationFirst);
        }
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
