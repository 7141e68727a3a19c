package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newHeapWithDescriptor;
import io.ringkernel.metal.bindings.MTLHeapDescriptor_setHazardTrackingMode;
import io.ringkernel.metal.bindings.MTLHeapDescriptor_setSize;
import io.ringkernel.metal.bindings.MTLHeapDescriptor_setStorageMode;
import io.ringkernel.metal.bindings.MTLHeap_label;
import io.ringkernel.metal.bindings.MTLHeap_maxAvailableSizeWithAlignment;
import io.ringkernel.metal.bindings.MTLHeap_newBufferWithLength_options;
import io.ringkernel.metal.bindings.MTLHeap_setLabel;
import io.ringkernel.metal.bindings.MTLHeap_size;
import io.ringkernel.metal.bindings.MTLHeap_usedSize;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;

/**
 * Memory that buffers are placed in without asking the system each time ({@code MTLHeap}). Hazards between commands
 * that use its buffers are tracked, as for buffers of the device itself.
 */
public final class MetalHeap extends MetalObject {
    private static final Message NEW_HEAP = Message.of(MTLDevice_newHeapWithDescriptor.class);
    private static final Message SET_SIZE = Message.of(MTLHeapDescriptor_setSize.class);
    private static final Message SET_STORAGE_MODE = Message.of(MTLHeapDescriptor_setStorageMode.class);
    private static final Message SET_TRACKING = Message.of(MTLHeapDescriptor_setHazardTrackingMode.class);
    private static final Message SIZE = Message.of(MTLHeap_size.class);
    private static final Message USED_SIZE = Message.of(MTLHeap_usedSize.class);
    private static final Message AVAILABLE = Message.of(MTLHeap_maxAvailableSizeWithAlignment.class);
    private static final Message NEW_BUFFER = Message.of(MTLHeap_newBufferWithLength_options.class);
    private static final Message LABEL = Message.of(MTLHeap_label.class);
    private static final Message SET_LABEL = Message.of(MTLHeap_setLabel.class);

    private final MetalDevice device;
    private final MetalStorageMode storageMode;

    private MetalHeap(Retained retained, MetalDevice device, MetalStorageMode storageMode) {
        super(retained);
        this.device = device;
        this.storageMode = storageMode;
    }

    static MetalHeap allocate(MetalDevice device, long byteSize, MetalStorageMode mode) {
        if (byteSize < 1) {
            throw new IllegalArgumentException("byteSize is below 1: " + byteSize);
        }
        if (mode == MetalStorageMode.MANAGED) {
            throw new IllegalArgumentException("a heap is shared or private, not managed");
        }
        if (mode == MetalStorageMode.SHARED && !device.hasUnifiedMemory()) {
            throw new IllegalArgumentException("a GPU without unified memory has private heaps only: " + device);
        }
        var objc = device.objc();
        try (var receiver = device.receiver();
                var descriptor = NSObject.make(objc, "MTLHeapDescriptor")) {
            var size = objc.bind(SET_SIZE);
            MTLHeapDescriptor_setSize.invoke(size.function(), descriptor.id(), size.selector(), byteSize);
            var storage = objc.bind(SET_STORAGE_MODE);
            MTLHeapDescriptor_setStorageMode.invoke(
                    storage.function(), descriptor.id(), storage.selector(), mode.code());
            var tracking = objc.bind(SET_TRACKING);
            MTLHeapDescriptor_setHazardTrackingMode.invoke(
                    tracking.function(), descriptor.id(), tracking.selector(), Mtl.MTLHazardTrackingModeTracked());
            var make = objc.bind(NEW_HEAP);
            var heap = MTLDevice_newHeapWithDescriptor.invoke(
                    make.function(), receiver.id(), make.selector(), descriptor.id());
            if (ObjectiveC.isNil(heap)) {
                throw new OutOfMemoryException("the device could not allocate a heap of " + byteSize + " bytes");
            }
            return new MetalHeap(Retained.of(objc, NEW_HEAP, heap), device, mode);
        }
    }

    /** The number of bytes in all; at least what was asked for. */
    public long byteSize() {
        return sendForLong(SIZE, MTLHeap_size::invoke);
    }

    /** Bytes that buffers have taken. */
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
     * @throws OutOfMemoryException if it does not fit any more
     */
    public MetalBuffer newBuffer(long byteSize) {
        if (byteSize < 1) {
            throw new IllegalArgumentException("byteSize is below 1: " + byteSize);
        }
        var send = objc().bind(NEW_BUFFER);
        try (var receiver = receiver()) {
            long options = storageMode.resourceOptions() | Mtl.MTLResourceHazardTrackingModeTracked();
            var buffer = MTLHeap_newBufferWithLength_options.invoke(
                    send.function(), receiver.id(), send.selector(), byteSize, options);
            var retained = MetalBuffer.kept(objc(), NEW_BUFFER, buffer, byteSize);
            return new MetalBuffer(retained, device, byteSize, storageMode);
        }
    }

    /**
     * A texture in this heap, with the heap's storage. Its texels are whatever the memory held before. The heap may be
     * closed before the texture.
     *
     * @throws IllegalArgumentException if the descriptor names another storage than the heap's
     * @throws OutOfMemoryException if it does not fit any more
     */
    public MetalTexture newTexture(MetalTextureDescriptor descriptor) {
        return MetalTexture.inHeap(this, device, storageMode, descriptor);
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
