package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBuffer_contents;
import io.ringkernel.metal.bindings.MTLBuffer_didModifyRange;
import io.ringkernel.metal.bindings.MTLBuffer_gpuAddress;
import io.ringkernel.metal.objc.Message;
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
    private static final Message CONTENTS = Message.of(MTLBuffer_contents.class);
    private static final Message DID_MODIFY = Message.of(MTLBuffer_didModifyRange.class);
    private static final Message GPU_ADDRESS = Message.of(MTLBuffer_gpuAddress.class);

    private final long byteSize;
    /** The caller's own, which the buffer stands for; null for memory of Metal's. */
    private final MemorySegment given;

    private Arena arena;
    private MemorySegment contents;

    MetalBuffer(Retained retained, MetalDevice device, long byteSize, MetalStorageMode storageMode) {
        this(retained, device, byteSize, storageMode, null);
    }

    MetalBuffer(
            Retained retained, MetalDevice device, long byteSize, MetalStorageMode storageMode, MemorySegment given) {
        super(retained, device, storageMode);
        this.given = given;
        this.byteSize = byteSize;
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

    /** As {@link #write(long, float...)}, of bytes. */
    public void write(long byteOffset, byte... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /** As {@link #write(long, float...)}, of shorts. */
    public void write(long byteOffset, short... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /** As {@link #write(long, float...)}, of ints. */
    public void write(long byteOffset, int... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /** As {@link #write(long, float...)}, of longs. */
    public void write(long byteOffset, long... values) {
        write(byteOffset, MemorySegment.ofArray(values));
    }

    /** As {@link #write(long, float...)}, each rounded to the nearest {@code half}, of 2 bytes. */
    public void writeHalves(long byteOffset, float... values) {
        write(byteOffset, MemorySegment.ofArray(Halves.of(values)));
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

    /** As {@link #readFloats}, of bytes. */
    public byte[] readBytes(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Byte.BYTES * (long) count, byteSize);
        var values = new byte[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /** As {@link #readFloats}, of shorts. */
    public short[] readShorts(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Short.BYTES * (long) count, byteSize);
        var values = new short[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /** As {@link #readFloats}, of ints. */
    public int[] readInts(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Integer.BYTES * (long) count, byteSize);
        var values = new int[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /** As {@link #readFloats}, of longs. */
    public long[] readLongs(long byteOffset, int count) {
        Objects.checkFromIndexSize(byteOffset, Long.BYTES * (long) count, byteSize);
        var values = new long[count];
        read(byteOffset, MemorySegment.ofArray(values));
        return values;
    }

    /** As {@link #readFloats}, of values of {@code half}, which have 2 bytes each. */
    public float[] readHalves(long byteOffset, int count) {
        return Halves.toFloats(readShorts(byteOffset, count));
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
