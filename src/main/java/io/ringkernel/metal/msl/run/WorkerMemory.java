package io.ringkernel.metal.msl.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Private and threadgroup memory of one worker, kept for the next one. */
final class WorkerMemory {
    private static final ConcurrentLinkedQueue<WorkerMemory> FREE = new ConcurrentLinkedQueue<>();
    private static final int MINIMUM_BYTES = 64 * 1024;
    private static final long ALIGNMENT = 64;

    private MemorySegment stack = MemorySegment.NULL;
    private MemorySegment shared = MemorySegment.NULL;

    private WorkerMemory() {}

    static WorkerMemory take() {
        var memory = FREE.poll();
        return memory == null ? new WorkerMemory() : memory;
    }

    void giveBack() {
        FREE.add(this);
    }

    /** Private memory with room for at least {@code byteSize}; its content is undefined. */
    MemorySegment stack(long byteSize) {
        stack = grown(stack, byteSize);
        return stack;
    }

    /** Threadgroup memory with room for at least {@code byteSize}; its content is undefined. */
    MemorySegment shared(long byteSize) {
        shared = grown(shared, byteSize);
        return shared;
    }

    private static MemorySegment grown(MemorySegment memory, long byteSize) {
        if (memory.byteSize() >= byteSize) {
            return memory;
        }
        return Arena.ofAuto().allocate(Math.max(MINIMUM_BYTES, byteSize), ALIGNMENT);
    }
}
