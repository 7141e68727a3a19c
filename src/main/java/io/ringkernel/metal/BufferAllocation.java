package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBuffer_length;
import io.ringkernel.metal.bindings.MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator;
import io.ringkernel.metal.bindings.MTLDevice_newBufferWithLength_options;
import io.ringkernel.metal.bindings.MTLResource_storageMode;
import io.ringkernel.metal.bindings.getpagesize;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;

/** How buffers come to be: with memory of Metal's, over memory of the caller's, or made elsewhere. */
final class BufferAllocation {
    private static final Message NEW_WITH_LENGTH = Message.of(MTLDevice_newBufferWithLength_options.class);
    private static final Message NEW_NO_COPY =
            Message.of(MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator.class);
    private static final Message LENGTH = Message.of(MTLBuffer_length.class);
    private static final Message STORAGE_MODE = Message.of(MTLResource_storageMode.class);
    private static final CFunction PAGE_SIZE = CFunction.of(getpagesize.class);

    private BufferAllocation() {}

    static MetalBuffer make(MetalDevice device, long byteSize, MetalResourceOptions options) {
        long most = device.limits().maxBufferLength();
        if (byteSize < 1 || byteSize > most) {
            throw new IllegalArgumentException("byteSize not in 1.." + most + ": " + byteSize);
        }
        var mode = options.storageMode();
        if (mode == MetalStorageMode.MANAGED && device.hasUnifiedMemory()) {
            throw new IllegalArgumentException("managed storage is for discrete GPUs, and this one has unified memory");
        }
        var objc = device.objc();
        var send = objc.bind(NEW_WITH_LENGTH);
        try (var receiver = device.receiver()) {
            var buffer = MTLDevice_newBufferWithLength_options.invoke(
                    send.function(), receiver.id(), send.selector(), byteSize, options.bits());
            return new MetalBuffer(kept(objc, NEW_WITH_LENGTH, buffer, byteSize), device, byteSize, mode);
        }
    }

    static MetalBuffer over(MetalDevice device, MemorySegment memory) {
        long page = device.pageSize();
        if (!memory.isNative() || memory.isReadOnly() || memory.address() % page != 0) {
            throw new IllegalArgumentException(
                    "memory is not native, writable and aligned to " + page + " bytes: " + memory);
        }
        long byteSize = memory.byteSize();
        long most = device.limits().maxBufferLength();
        if (byteSize < 1 || byteSize > most || byteSize % page != 0) {
            throw new IllegalArgumentException(
                    "byteSize is not a multiple of " + page + " in 1.." + most + ": " + byteSize);
        }
        var objc = device.objc();
        var send = objc.bind(NEW_NO_COPY);
        try (var receiver = device.receiver()) {
            var buffer = MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    memory,
                    byteSize,
                    MetalStorageMode.SHARED.resourceOptions(),
                    MemorySegment.NULL);
            var retained = kept(objc, NEW_NO_COPY, buffer, byteSize);
            return new MetalBuffer(retained, device, byteSize, MetalStorageMode.SHARED, memory);
        }
    }

    static long pageSize(ObjectiveC objc) {
        return getpagesize.invoke(objc.address(PAGE_SIZE));
    }

    /** A wrapper of a buffer that was made elsewhere, for this device; takes over the reference. */
    static MetalBuffer adopt(MetalDevice device, Retained buffer) {
        var objc = device.objc();
        var length = objc.bind(LENGTH);
        var mode = objc.bind(STORAGE_MODE);
        return new MetalBuffer(
                buffer,
                device,
                MTLBuffer_length.invoke(length.function(), buffer.id(), length.selector()),
                MetalStorageMode.of(MTLResource_storageMode.invoke(mode.function(), buffer.id(), mode.selector())));
    }

    /** Keeps a new buffer; nil is how Metal says that there is no memory. */
    static Retained kept(ObjectiveC objc, Message message, MemorySegment buffer, long byteSize) {
        if (ObjectiveC.isNil(buffer)) {
            throw new OutOfMemoryException("the device could not allocate a buffer of " + byteSize + " bytes");
        }
        return Retained.of(objc, message, buffer);
    }
}
