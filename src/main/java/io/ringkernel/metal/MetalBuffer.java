package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBuffer_contents;
import io.ringkernel.metal.bindings.MTLBuffer_didModifyRange;
import io.ringkernel.metal.bindings.MTLBuffer_gpuAddress;
import io.ringkernel.metal.bindings.MTLBuffer_length;
import io.ringkernel.metal.bindings.MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator;
import io.ringkernel.metal.bindings.MTLDevice_newBufferWithLength_options;
import io.ringkernel.metal.bindings.MTLResource_storageMode;
import io.ringkernel.metal.bindings.getpagesize;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Memory that a kernel reads and writes ({@code MTLBuffer}).
 *
 * <p><b>Shape.</b> A run of {@link #byteSize()} bytes; the size never changes; the bytes start at zero.
 *
 * <p><b>Lifetime.</b> Whoever opens a buffer closes it. After {@link #close()} the segment from {@link #contents()} is
 * dead. Work already committed keeps the memory alive until it completes.
 *
 * <p><b>Threads.</b> Any thread may use a buffer. The CPU sees what a kernel wrote once its command buffer reports
 * completion, and not before; a kernel sees what the CPU wrote before the commit.
 */
public final class MetalBuffer extends MetalResource {
    private static final Message NEW_WITH_LENGTH = Message.of(MTLDevice_newBufferWithLength_options.class);
    private static final Message NEW_NO_COPY =
            Message.of(MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator.class);
    private static final Message CONTENTS = Message.of(MTLBuffer_contents.class);
    private static final Message DID_MODIFY = Message.of(MTLBuffer_didModifyRange.class);
    private static final Message GPU_ADDRESS = Message.of(MTLBuffer_gpuAddress.class);
    private static final Message LENGTH = Message.of(MTLBuffer_length.class);
    private static final Message STORAGE_MODE = Message.of(MTLResource_storageMode.class);
    private static final CFunction PAGE_SIZE = CFunction.of(getpagesize.class);

    private final long byteSize;
    /** The caller's own, which the buffer stands for; null for memory of Metal's. */
    private final MemorySegment given;

    private Arena arena;
    private MemorySegment contents;

    MetalBuffer(Retained retained, MetalDevice device, long byteSize, MetalStorageMode storageMode) {
        this(retained, device, byteSize, storageMode, null);
    }

    private MetalBuffer(
            Retained retained, MetalDevice device, long byteSize, MetalStorageMode storageMode, MemorySegment given) {
        super(retained, device, storageMode);
        this.given = given;
        this.byteSize = byteSize;
    }

    static MetalBuffer allocate(MetalDevice device, long byteSize, MetalResourceOptions options) {
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

    static MetalBuffer wrap(MetalDevice device, MemorySegment memory) {
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

    /** The number of bytes; never changes. */
    public long byteSize() {
        return byteSize;
    }

    /**
     * The bytes themselves, not a copy. Every call gives the same segment; it dies when the buffer is closed. For a
     * buffer over memory of the caller's it is that segment, which lives as long as the caller lets it.
     *
     * @throws UnsupportedOperationException if the storage mode is private
     */
    // SAFETY: Metal keeps the memory for as long as the buffer, and the arena is closed before the buffer is released.
    @SuppressWarnings("restricted")
    public synchronized MemorySegment contents() {
        if (storageMode() == MetalStorageMode.PRIVATE) {
            throw new UnsupportedOperationException(
                    "the CPU does not see a private buffer; copy it with a blit encoder");
        }
        if (given != null) {
            requireMemory();
            return given;
        }
        if (contents == null) {
            try (var receiver = receiver()) {
                var pointer = receiver.lent(CONTENTS, MTLBuffer_contents::invoke);
                arena = Arena.ofShared();
                contents = pointer.reinterpret(byteSize, arena, null);
            }
        }
        if (isClosed()) {
            throw new IllegalStateException("used after close: " + this);
        }
        return contents;
    }

    /**
     * Refuses a buffer that is closed, or whose memory is the caller's and is gone.
     *
     * @throws IllegalStateException if it is
     */
    void requireMemory() {
        retained().id();
        requireGivenMemory();
    }

    /**
     * Refuses a buffer whose memory is the caller's and is gone; it may be closed.
     *
     * @throws IllegalStateException if it is
     */
    void requireGivenMemory() {
        if (given != null && !given.scope().isAlive()) {
            throw new IllegalStateException("the arena of the buffer's memory is closed: " + this);
        }
    }

    @Override
    void usedBy(MetalObject receiver) {
        if (given != null) {
            requireMemory();
            if (receiver instanceof MetalEncoder encoder) {
                encoder.dependsOn(this);
            }
        }
    }

    /**
     * Copies floats into the buffer.
     *
     * @param byteOffset where the first goes
     * @throws IndexOutOfBoundsException if they do not fit
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void write(long byteOffset, float... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /**
     * Copies ints into the buffer.
     *
     * @param byteOffset where the first goes
     * @throws IndexOutOfBoundsException if they do not fit
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void write(long byteOffset, int... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /**
     * Copies bytes into the buffer, and tells a discrete GPU of a managed one.
     *
     * @param byteOffset where the first goes
     * @throws IndexOutOfBoundsException if they do not fit
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void write(long byteOffset, MemorySegment bytes) {
        Objects.checkFromIndexSize(byteOffset, bytes.byteSize(), byteSize);
        contents().asSlice(byteOffset, bytes.byteSize()).copyFrom(bytes);
        if (storageMode() == MetalStorageMode.MANAGED && bytes.byteSize() > 0) {
            didModify(byteOffset, bytes.byteSize());
        }
    }

    /**
     * A copy of floats from the buffer.
     *
     * @param byteOffset where the first lies
     * @throws IndexOutOfBoundsException if there are not so many
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public float[] readFloats(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Float.BYTES * (long) count, byteSize);
        var values = new float[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /**
     * A copy of ints from the buffer.
     *
     * @param byteOffset where the first lies
     * @throws IndexOutOfBoundsException if there are not so many
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public int[] readInts(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Integer.BYTES * (long) count, byteSize);
        var values = new int[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /**
     * Copies bytes from the buffer until the segment is full.
     *
     * @param byteOffset where the first lies
     * @throws IndexOutOfBoundsException if there are not so many
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void read(long byteOffset, MemorySegment into) {
        Objects.checkFromIndexSize(byteOffset, into.byteSize(), byteSize);
        into.copyFrom(contents().asSlice(byteOffset, into.byteSize()));
    }

    /**
     * Tells the GPU that the CPU changed a range of a managed buffer. To be called before the commit that reads it.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the buffer
     * @throws UnsupportedOperationException if the storage mode is not managed
     */
    public void didModify(long byteOffset, long length) {
        if (storageMode() != MetalStorageMode.MANAGED) {
            throw new UnsupportedOperationException("only a managed buffer has two copies: " + this);
        }
        Objects.checkFromIndexSize(byteOffset, length, byteSize);
        var send = objc().bind(DID_MODIFY);
        try (var receiver = receiver()) {
            var range = MemorySegment.ofArray(new long[] {byteOffset, length});
            MTLBuffer_didModifyRange.invoke(send.function(), receiver.id(), send.selector(), range);
        }
    }

    /**
     * A part of the buffer, to be bound in place of the whole. It owns nothing and lives as long as the buffer.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the buffer
     */
    public MetalBufferSlice slice(long byteOffset, long length) {
        return new MetalBufferSlice(this, byteOffset, length);
    }

    /** The address by which kernels know the first byte; constant while the buffer lives. */
    public long gpuAddress() {
        return sendForLong(GPU_ADDRESS, MTLBuffer_gpuAddress::invoke);
    }

    /**
     * A texture over a part of this buffer: both show the same bytes. It may be used after this is closed.
     *
     * @param descriptor of a rectangle or a texture buffer, without mipmaps; its storage is the buffer's
     * @param byteOffset where the first texel lies, a multiple of {@link MetalDevice#minimumTextureAlignment}
     * @param bytesPerRow from one row to the next, a multiple of the same
     * @throws IllegalArgumentException if the descriptor is of another shape, or names another storage than the
     *     buffer's, or offset or row break the alignment
     * @throws IndexOutOfBoundsException if the texels are not inside the buffer
     * @throws DriverException if the device cannot make it
     */
    public MetalTexture newTexture(MetalTextureDescriptor descriptor, long byteOffset, long bytesPerRow) {
        return MetalTexture.over(this, descriptor, byteOffset, bytesPerRow);
    }

    /**
     * Gives the buffer up and kills the segment from {@link #contents()}. Idempotent.
     *
     * @throws IllegalStateException if a native call is using the segment at this moment; the buffer is then still open
     */
    @Override
    public synchronized void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
        super.close();
    }

    @Override
    public String toString() {
        return "MetalBuffer[" + byteSize + " bytes, " + storageMode() + "]";
    }
}
