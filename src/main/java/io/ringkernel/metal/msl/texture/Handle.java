package io.ringkernel.metal.msl.texture;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The 64-bit values that stand for textures and samplers in the memory of kernels, as {@code MTLResourceID} does.
 *
 * <pre>
 *   63  56 55        32 31          0
 *  +------+------------+-------------+
 *  | kind | generation | index + 1   |
 *  +------+------------+-------------+
 * </pre>
 *
 * 0 is the null texture. A handle is not used again when its object is gone, so a stale one is known as such.
 */
public final class Handle {
    /** What a handle stands for. */
    public interface Target {
        /** Its handle; 0 before it has one. */
        long handle();

        /** Called before the handle is known to anybody, and with 0 once it is out of use. */
        void assignHandle(long assigned);
    }

    /** The textures of the JVM. */
    public static final Table<Texture> TEXTURES = new Table<>(0x54);

    /** The samplers of the JVM. */
    public static final Table<Sampler> SAMPLERS = new Table<>(0x53);

    private static final int LAST_GENERATION = 0xff_ffff;

    private Handle() {}

    /** Objects by handle; safe for use by many threads, and looked up without a lock. */
    public static final class Table<T extends Target> {
        private final long kind;
        private final ArrayDeque<Long> free = new ArrayDeque<>();
        private volatile Target[] targets = new Target[64];
        private int used;

        private Table(long kind) {
            this.kind = kind;
        }

        /** Gives an object its handle. */
        public synchronized void add(T target) {
            long handle = free.isEmpty() ? kind << 56 | ++used : free.poll();
            int index = (int) handle - 1;
            var array = index < targets.length ? targets : Arrays.copyOf(targets, 2 * index);
            target.assignHandle(handle);
            array[index] = target;
            // ORDER: the write publishes the element too; who got the handle from us sees both.
            targets = array;
        }

        /** Takes an object's handle out of use. */
        public synchronized void remove(T target) {
            long handle = target.handle();
            targets[(int) handle - 1] = null;
            // Whoever holds the object still sees that its handle is gone.
            target.assignHandle(0);
            if ((handle >>> 32 & LAST_GENERATION) < LAST_GENERATION) {
                free.add(handle + (1L << 32));
            }
        }

        /** The live object behind a handle, or null. */
        @SuppressWarnings("unchecked")
        public T find(long handle) {
            int index = (int) handle - 1;
            var array = targets;
            if (index < 0 || index >= array.length) {
                return null;
            }
            var target = array[index];
            return target != null && target.handle() == handle ? (T) target : null;
        }
    }
}
