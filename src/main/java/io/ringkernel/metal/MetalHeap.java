package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newHeapWithDescriptor;
import io.ringkernel.metal.bindings.MTLHeap_label;
import io.ringkernel.metal.bindings.MTLHeap_maxAvailableSizeWithAlignment;
import io.ringkernel.metal.bindings.MTLHeap_newBufferWithLength_options;
import io.ringkernel.metal.bindings.MTLHeap_newBufferWithLength_options_offset;
import io.ringkernel.metal.bindings.MTLHeap_setLabel;
import io.ringkernel.metal.bindings.MTLHeap_setPurgeableState;
import io.ringkernel.metal.bindings.MTLHeap_size;
import io.ringkernel.metal.bindings.MTLHeap_usedSize;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.util.Objects;

/**
 * Memory that resources are placed in without asking the system each time ({@code MTLHeap}). Encoders that reach its
 * resources through addresses announce it: {@link MetalComputeEncoder#useHeap}.
 */
public final class MetalHeap extends MetalObject {
    private static final Message NEW_HEAP = Message.of(MTLDevice_newHeapWithDescriptor.class);
    private static final Message SIZE = Message.of(MTLHeap_size.class);
    private static final Message USED_SIZE = Message.of(MTLHeap_usedSize.class);
    private static final Message AVAILABLE = Message.of(MTLHeap_maxAvailableSizeWithAlignment.class);
    private static final Message NEW_BUFFER = Message.of(MTLHeap_newBufferWithLength_options.class);
    private static final Message NEW_BUFFER_AT = Message.of(MTLHeap_newBufferWithLength_options_offset.class);
    private static final Message SET_PURGEABLE = Message.of(MTLHeap_setPurgeableState.class);
    private static final Message LABEL = Message.of(MTLHeap_label.class);
    private static final Message SET_LABEL = Message.of(MTLHeap_setLabel.class);

    private final MetalDevice device;
    private final MetalHeapDescriptor descriptor;

    private MetalHeap(Retained retained, MetalDevice device, MetalHeapDescriptor descriptor) {
        super(retained);
        this.device = device;
        this.descriptor = descriptor;
    }

    static MetalHeap allocate(MetalDevice device, MetalHeapDescriptor descriptor) {
        if (descriptor.options().storageMode() == MetalStorageMode.SHARED && !device.hasUnifiedMemory()) {
            throw new IllegalArgumentException("a GPU without unified memory has private heaps only: " + device);
        }
        var objc = device.objc();
        var make = objc.bind(NEW_HEAP);
        try (var receiver = device.receiver();
                var object = descriptor.toObject(objc)) {
            var heap = MTLDevice_newHeapWithDescriptor.invoke(
                    make.function(), receiver.id(), make.selector(), object.id());
            if (ObjectiveC.isNil(heap)) {
                throw new OutOfMemoryException(
                        "the device could not allocate a heap of " + descriptor.byteSize() + " bytes");
            }
            return new MetalHeap(Retained.of(objc, NEW_HEAP, heap), device, descriptor);
        }
    }

    /** What the heap is. */
    public MetalHeapDescriptor descriptor() {
        return descriptor;
    }

    /** The number of bytes in all; at least what was asked for. */
    public long byteSize() {
        return sendForLong(SIZE, MTLHeap_size::invoke);
    }

    /** Bytes that resources have taken; what a caller has placed does not count. */
    public long usedSize() {
        return sendForLong(USED_SIZE, MTLHeap_usedSize::invoke);
    }

    /**
     * The size of the largest buffer that still fits.
     *
     * @param alignment of the buffer, a power of two
     * @throws IllegalArgumentException if the alignment is not a power of two
     */
    public long maxAvailableSize(long alignment) {
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment is not a power of two: " + alignment);
        }
        var send = objc().bind(AVAILABLE);
        try (var receiver = receiver()) {
            return MTLHeap_maxAvailableSizeWithAlignment.invoke(
                    send.function(), receiver.id(), send.selector(), alignment);
        }
    }

    /**
     * A buffer in this heap. Its bytes are whatever the memory held before. The heap may be closed before the buffer.
     *
     * @throws IllegalArgumentException if the size is below 1
     * @throws IllegalStateException if the caller places the resources of this heap
     * @throws OutOfMemoryException if it does not fit any more
     */
    public MetalBuffer newBuffer(long byteSize) {
        requirePlacement(false);
        requireSize(byteSize);
        var send = objc().bind(NEW_BUFFER);
        try (var receiver = receiver()) {
            var buffer = MTLHeap_newBufferWithLength_options.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    byteSize,
                    descriptor.options().bits());
            var retained = BufferAllocation.kept(objc(), NEW_BUFFER, buffer, byteSize);
            return new MetalBuffer(
                    retained, device, byteSize, descriptor.options().storageMode());
        }
    }

    /**
     * A buffer at a place in this heap, whatever else lies there. Its bytes are whatever the memory held before.
     *
     * @param byteOffset where it lies: a multiple of {@link MetalDevice#bufferSizeAndAlign}'s alignment
     * @throws IllegalArgumentException if the size is below 1, or the offset is not aligned
     * @throws IndexOutOfBoundsException if it is not inside the heap
     * @throws IllegalStateException if this heap finds places itself
     */
    public MetalBuffer newBuffer(long byteSize, long byteOffset) {
        requirePlacement(true);
        requireSize(byteSize);
        requirePlace(device.bufferSizeAndAlign(byteSize, descriptor.options()), byteSize, byteOffset);
        var send = objc().bind(NEW_BUFFER_AT);
        try (var receiver = receiver()) {
            var buffer = MTLHeap_newBufferWithLength_options_offset.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    byteSize,
                    descriptor.options().bits(),
                    byteOffset);
            var retained = BufferAllocation.kept(objc(), NEW_BUFFER_AT, buffer, byteSize);
            return new MetalBuffer(
                    retained, device, byteSize, descriptor.options().storageMode());
        }
    }

    private static void requireSize(long byteSize) {
        if (byteSize < 1) {
            throw new IllegalArgumentException("byteSize is below 1: " + byteSize);
        }
    }

    private void requirePlacement(boolean wanted) {
        if (descriptor.hasPlacement() != wanted) {
            throw new IllegalStateException(
                    wanted ? "this heap finds places itself" : "the caller places the resources of this heap");
        }
    }

    private void requirePlace(MetalSizeAndAlign needed, long byteSize, long byteOffset) {
        if (byteOffset % needed.alignment() != 0) {
            throw new IllegalArgumentException(
                    "byteOffset is not a multiple of " + needed.alignment() + ": " + byteOffset);
        }
        Objects.checkFromIndexSize(byteOffset, byteSize, byteSize());
    }

    /**
     * A texture in this heap, with the heap's storage. Its texels are whatever the memory held before. The heap may be
     * closed before the texture.
     *
     * @throws IllegalArgumentException if the descriptor names another storage than the heap's
     * @throws IllegalStateException if the caller places the resources of this heap
     * @throws OutOfMemoryException if it does not fit any more
     */
    public MetalTexture newTexture(MetalTextureDescriptor texture) {
        requirePlacement(false);
        return MetalTexture.inHeap(this, device, texture);
    }

    /**
     * A texture at a place in this heap, whatever else lies there.
     *
     * @param byteOffset where it lies: a multiple of {@link MetalDevice#textureSizeAndAlign}'s alignment
     * @throws IllegalArgumentException if the descriptor names another storage than the heap's, or the offset is not
     *     aligned
     * @throws IndexOutOfBoundsException if it is not inside the heap
     * @throws IllegalStateException if this heap finds places itself
     */
    public MetalTexture newTexture(MetalTextureDescriptor texture, long byteOffset) {
        requirePlacement(true);
        var needed = device.textureSizeAndAlign(
                texture.withStorageMode(descriptor.options().storageMode()));
        requirePlace(needed, needed.size(), byteOffset);
        return MetalTexture.inHeap(this, device, texture, byteOffset);
    }

    /** Says whether the system may take the memory of all resources away; gives what was said before. */
    public MetalPurgeableState setPurgeableState(MetalPurgeableState state) {
        var send = objc().bind(SET_PURGEABLE);
        try (var receiver = receiver()) {
            return MetalPurgeableState.of(
                    MTLHeap_setPurgeableState.invoke(send.function(), receiver.id(), send.selector(), state.code()));
        }
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return sendForString(LABEL, MTLHeap_label::invoke);
    }

    /** Names the heap in tools and messages. */
    public void setLabel(String label) {
        sendString(SET_LABEL, MTLHeap_setLabel::invoke, label);
    }
}
