package io.ringkernel.metal.software.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/** Memory of one buffer or heap as the GPU sees it; kernels find it by address until it is freed. */
public final class GpuMemory {
    /** Apple silicon's page; what {@code getpagesize} says here. */
    public static final long PAGE_SIZE = 16_384;

    private final Gpu gpu;
    private final MemorySegment segment;
    private final Arena arena;
    private final long reserved;
    private volatile Supplier<String> label = () -> null;

    private GpuMemory(Gpu gpu, MemorySegment segment, Arena arena, long reserved) {
        this.gpu = gpu;
        this.segment = segment;
        this.arena = arena;
        this.reserved = reserved;
    }

    /** New zeroed memory, page-aligned; empty when there is none left. */
    public static Optional<GpuMemory> allocate(Gpu gpu, long byteSize) {
        long reserved = roundUp(byteSize, PAGE_SIZE);
        if (!gpu.reserve(reserved)) {
            return Optional.empty();
        }
        var arena = Arena.ofShared();
        try {
            return Optional.of(new GpuMemory(gpu, arena.allocate(byteSize, PAGE_SIZE), arena, reserved));
        } catch (OutOfMemoryError e) {
            arena.close();
            gpu.unreserve(reserved);
            return Optional.empty();
        }
    }

    /** Memory that somebody else owns: a client's, or part of a heap. */
    public static GpuMemory view(Gpu gpu, MemorySegment segment) {
        return new GpuMemory(gpu, segment, null, 0);
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Lets kernels find it by address; {@code labeledBy} gives the label for messages, or null. */
    public void map(Supplier<String> labeledBy) {
        label = labeledBy;
        gpu.map(this);
    }

    /** The label of what it is the memory of; empty if that has none. */
    public String label() {
        var text = label.get();
        return text == null ? "" : text;
    }

    /** Gives the memory back; kernels do not find it any more. */
    public void free() {
        gpu.unmap(this);
        if (arena != null) {
            arena.close();
            gpu.unreserve(reserved);
        }
    }

    /** The next multiple of an alignment that is a power of two. */
    public static long roundUp(long value, long alignment) {
        return value + alignment - 1 & -alignment;
    }
}
