package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.texture.TextureUnit;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Private and threadgroup memory of one worker, and its result slots, kept for the next one until
 * {@link #releaseAll()}.
 */
final class WorkerMemory {
    private static final ConcurrentLinkedQueue<WorkerMemory> FREE = new ConcurrentLinkedQueue<>();
    private static final int MINIMUM_BYTES = 64 * 1024;
    private static final long ALIGNMENT = 64;
    private static final int RESULTS = 128;

    final int[] intResults = new int[RESULTS];
    final long[] longResults = new long[RESULTS];
    final float[] floatResults = new float[RESULTS];
    final Object[] segmentResults = new Object[RESULTS];

    final TextureUnit textures = new TextureUnit();

    private final Block stack = new Block();
    private final Block shared = new Block();

    private WorkerMemory() {}

    static WorkerMemory take() {
        var memory = FREE.poll();
        return memory == null ? new WorkerMemory() : memory;
    }

    void giveBack() {
        FREE.add(this);
    }

    /** Gives back the memory of all workers that are not at work. */
    static void releaseAll() {
        for (var memory = FREE.poll(); memory != null; memory = FREE.poll()) {
            memory.stack.release();
            memory.shared.release();
        }
    }

    /** How many bytes are kept for workers to come. */
    static long keptBytes() {
        return FREE.stream()
                .mapToLong(memory -> memory.stack.view.byteSize() + memory.shared.view.byteSize())
                .sum();
    }

    /** Private memory with room for at least {@code byteSize}; its content is undefined. */
    MemorySegment stack(long byteSize) {
        return stack.withRoomFor(byteSize);
    }

    /** Threadgroup memory with room for at least {@code byteSize}; its content is undefined. */
    MemorySegment shared(long byteSize) {
        return shared.withRoomFor(byteSize);
    }

    /** Memory that grows, after which what it gave out before is dead. The arena keeps the view's bytes alive. */
    private static final class Block {
        private Arena arena;
        private MemorySegment view = MemorySegment.NULL;

        MemorySegment withRoomFor(long byteSize) {
            if (view.byteSize() < byteSize) {
                release();
                var grown = Arena.ofShared();
                try {
                    view = Memory.withoutScope(grown.allocate(Math.max(MINIMUM_BYTES, byteSize), ALIGNMENT));
                    arena = grown;
                } finally {
                    if (arena == null) {
                        grown.close();
                    }
                }
            }
            return view;
        }

        void release() {
            view = MemorySegment.NULL;
            if (arena != null) {
                arena.close();
                arena = null;
            }
        }
    }
}
