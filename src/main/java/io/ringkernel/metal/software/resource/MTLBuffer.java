package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.Block;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A run of bytes. A shared buffer is one memory for CPU and GPU; a private one has no contents for the CPU; a managed
 * one has two memories, and only {@code didModifyRange:} and a blit's {@code synchronizeResource:} move bytes between
 * them, so that a client that forgets one sees old bytes.
 */
public final class MTLBuffer extends MTLResource {
    /** Memory that is a buffer's, and what becomes of it when the buffer dies. */
    private record Backing(GpuMemory gpu, MemorySegment cpu, Arena cpuArena, Block deallocator) {}

    private final Backing backing;

    private MTLBuffer(Origin origin, ResourceOptions options, MTLHeap heap, long heapOffset, Backing backing) {
        super(origin, options, heap, heapOffset);
        this.backing = backing;
        backing.gpu().map(this::label);
    }

    /** A zeroed buffer, or null when the device has no memory left. */
    public static MTLBuffer create(Origin origin, long length, long optionBits) {
        var options = checkedOptions(origin.gpu(), length, optionBits);
        return GpuMemory.allocate(origin.gpu(), length)
                .map(memory -> new MTLBuffer(origin, options, null, 0, backingOf(memory, options)))
                .orElse(null);
    }

    /** A buffer that begins with a copy of a client's bytes, or null when the device has no memory left. */
    public static MTLBuffer copyOf(Origin origin, MemorySegment bytes, long length, long optionBits) {
        require(bytes.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for the bytes of a buffer");
        var options = checkedOptions(origin.gpu(), length, optionBits);
        require(
                !options.isPrivate(),
                ViolationKind.STORAGE_MODE,
                "a private buffer cannot be made from bytes: the CPU cannot write it");
        var buffer = create(origin, length, optionBits);
        if (buffer != null) {
            buffer.backing.cpu().copyFrom(bytes.asSlice(0, length));
            buffer.gpuBytes().copyFrom(buffer.backing.cpu());
        }
        return buffer;
    }

    /** A buffer over a client's own pages, which it keeps until the deallocator is called. */
    public static MTLBuffer over(Origin origin, MemorySegment pages, long length, long optionBits, Block deallocator) {
        require(pages.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for the pages of a buffer");
        require(
                (pages.address() & GpuMemory.PAGE_SIZE - 1) == 0,
                ViolationKind.MISALIGNED,
                "pointer not a multiple of the page size %d: 0x%x",
                GpuMemory.PAGE_SIZE,
                pages.address());
        require(
                (length & GpuMemory.PAGE_SIZE - 1) == 0,
                ViolationKind.MISALIGNED,
                "length not a multiple of the page size %d: %d",
                GpuMemory.PAGE_SIZE,
                length);
        var options = checkedOptions(origin.gpu(), length, optionBits);
        require(!options.isPrivate(), ViolationKind.STORAGE_MODE, "a buffer without copy cannot be private");
        if (origin.gpu().faults().isRemoved()) {
            return null;
        }
        var cpu = pages.asSlice(0, length);
        var backing = new Backing(GpuMemory.view(origin.gpu(), cpu), cpu, null, deallocator);
        return new MTLBuffer(origin, options, null, 0, backing);
    }

    /** A buffer that is part of a heap. */
    static MTLBuffer inHeap(MTLHeap heap, ResourceOptions options, long offset, MemorySegment part) {
        var memory = GpuMemory.view(heap.gpu(), part);
        return new MTLBuffer(heap.origin(), options, heap, offset, backingOf(memory, options));
    }

    private static ResourceOptions checkedOptions(Gpu gpu, long length, long optionBits) {
        requireLength(gpu, length);
        var options = ResourceOptions.of(optionBits);
        options.requireForBuffer(gpu);
        return options;
    }

    static void requireLength(Gpu gpu, long length) {
        require(
                length >= 1 && length <= gpu.limits().bufferLength(),
                ViolationKind.BAD_ARGUMENT,
                "length not in 1..%d: %s",
                gpu.limits().bufferLength(),
                Long.toUnsignedString(length));
    }

    private static Backing backingOf(GpuMemory memory, ResourceOptions options) {
        if (options.isPrivate()) {
            return new Backing(memory, null, null, null);
        }
        if (!options.isManaged()) {
            return new Backing(memory, memory.segment(), null, null);
        }
        var arena = Arena.ofShared();
        var cpu = arena.allocate(memory.segment().byteSize(), GpuMemory.PAGE_SIZE);
        return new Backing(memory, cpu, arena, null);
    }

    /** The bytes that kernels and blits see. */
    public MemorySegment gpuBytes() {
        return backing.gpu().segment();
    }

    /** The memory under which kernels find this buffer by address. */
    public GpuMemory gpuMemory() {
        return backing.gpu();
    }

    @Selector("length")
    public long length() {
        return gpuBytes().byteSize();
    }

    /** The bytes that the CPU sees; null of a private buffer. */
    public MemorySegment cpuBytes() {
        return backing.cpu();
    }

    @Selector("contents")
    MemorySegment contents() {
        return backing.cpu() == null ? MemorySegment.NULL : backing.cpu();
    }

    @Selector("gpuAddress")
    long gpuAddress() {
        return gpuBytes().address();
    }

    @Selector("didModifyRange:")
    void didModifyRange(Range range) {
        require(
                options().isManaged(),
                ViolationKind.STORAGE_MODE,
                "didModifyRange: on a buffer that is not managed: %s",
                this);
        require(range.isWithin(length()), ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", length(), range);
        MemorySegment.copy(backing.cpu(), range.location(), gpuBytes(), range.location(), range.length());
    }

    @Override
    public void synchronizeForCpu() {
        backing.cpu().copyFrom(gpuBytes());
    }

    @Override
    public boolean isManaged() {
        return options().isManaged();
    }

    @Selector("newTextureWithDescriptor:offset:bytesPerRow:")
    MTLTexture newTexture(MTLTextureDescriptor descriptor, long offset, long bytesPerRow) {
        return MTLTexture.inBuffer(this, descriptor, offset, bytesPerRow);
    }

    @Selector("addDebugMarker:range:")
    void addDebugMarker(NSString marker, Range range) {
        require(range.isWithin(length()), ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", length(), range);
    }

    @Selector("removeAllDebugMarkers")
    void removeAllDebugMarkers() {
        // Markers exist for a debugger's eyes.
    }

    @Override
    protected long allocatedSize() {
        return GpuMemory.roundUp(length(), GpuMemory.PAGE_SIZE);
    }

    @Override
    protected void dealloc() {
        backing.gpu().free();
        if (backing.cpuArena() != null) {
            backing.cpuArena().close();
        }
        if (backing.deallocator() != null) {
            backing.deallocator().call(backing.cpu());
        }
        super.dealloc();
    }
}
