package io.ringkernel.metal.msl.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** What loops over the threads of a row need: bounds, and scalars that lie side by side. */
public final class Rows {

    /** So that sums of two, and products with a factor, are no larger than they seem. */
    static final int MOST_TURNS = (1 << 29) - 1;

    private static final long LARGEST_FACTOR = 1L << 32;
    private static final long LARGEST_BASE = 1L << 61;

    private Rows() {}

    /** The upper bound {@code count}, lowered to {@code end}. */
    public static int below(int count, long end) {
        return (int) Math.max(0, Math.min(count, end));
    }

    /** The lower bound {@code first}, raised to {@code begin}. */
    public static int from(int first, long begin) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(first, begin));
    }

    /** Copies the floats of lanes {@code from} to {@code to}; that of lane 0 is at an offset. */
    public static void load(float[] into, MemorySegment memory, long offset, int from, int to) {
        var start = offset + (long) Float.BYTES * from;
        MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT_UNALIGNED, start, into, from, to - from);
    }

    /** The same for ints. */
    public static void load(int[] into, MemorySegment memory, long offset, int from, int to) {
        var start = offset + (long) Integer.BYTES * from;
        MemorySegment.copy(memory, ValueLayout.JAVA_INT_UNALIGNED, start, into, from, to - from);
    }

    /** Copies the floats of lanes {@code from} to {@code to} to where {@code load} takes them from. */
    public static void store(float[] values, MemorySegment memory, long offset, int from, int to) {
        var start = offset + (long) Float.BYTES * from;
        MemorySegment.copy(values, from, memory, ValueLayout.JAVA_FLOAT_UNALIGNED, start, to - from);
    }

    /** The same for ints. */
    public static void store(int[] values, MemorySegment memory, long offset, int from, int to) {
        var start = offset + (long) Integer.BYTES * from;
        MemorySegment.copy(values, from, memory, ValueLayout.JAVA_INT_UNALIGNED, start, to - from);
    }

    /**
     * Copies the four bytes of each of the lanes {@code first} to {@code limit}; those of lane 0 are at the offsets. An
     * IndexOutOfBoundsException comes before anything was copied.
     */
    public static void copy(MemorySegment source, long at, MemorySegment target, long to, int first, int limit) {
        MemorySegment.copy(source, at + 4L * first, target, to + 4L * first, 4L * (limit - first));
    }

    /**
     * Copies bytes if that has the same result as copying element by element, from the first to the last; if an element
     * would be read after it was written, nothing is copied and the result is false.
     */
    public static boolean move(MemorySegment source, long at, MemorySegment target, long to, long byteCount) {
        var ahead = target.address() + to - source.address() - at;
        if (ahead > 0 && ahead < byteCount) {
            return false;
        }
        MemorySegment.copy(source, at, target, to, byteCount);
        return true;
    }

    /**
     * Whether {@code count} lanes, the first of which counts from {@code from} below {@code bound} in steps, can take
     * turns: no lane gets into another's place, and no sum of two of the numbers overflows.
     */
    public static boolean takeTurns(int from, int bound, int step, int count) {
        return from >= 0 && bound >= 0 && step >= count && (from | bound | step) <= MOST_TURNS;
    }

    /**
     * Whether a segment holds {@code byteCount} bytes at {@code base + factor * i} for every i from {@code first} to
     * below {@code limit}, both at most {@link #MOST_TURNS}.
     */
    public static boolean holds(MemorySegment memory, long base, long factor, int first, int limit, int byteCount) {
        if (base < -LARGEST_BASE || base > LARGEST_BASE || factor < -LARGEST_FACTOR || factor > LARGEST_FACTOR) {
            return false;
        }
        var one = base + factor * first;
        var other = base + factor * (limit - 1);
        return Math.min(one, other) >= 0 && Math.max(one, other) <= memory.byteSize() - byteCount;
    }

    /** Throws an IndexOutOfBoundsException unless {@code store} can store four bytes for each of the lanes. */
    public static void require(MemorySegment memory, long offset, int from, int to) {
        Objects.checkFromIndexSize(offset + 4L * from, 4L * (to - from), memory.byteSize());
    }

    /**
     * The signed bound up to which a loop {@code i < n; i += step} over unsigned ints may test its counter as signed,
     * entered with {@code i < n}: so that the JIT compiler sees a counted loop. The loop tests unsigned again after it.
     */
    public static int signedLimit(int i, int n, int step) {
        if (i < 0) {
            return n;
        }
        var last = Integer.MAX_VALUE - step;
        if (i > last) {
            return Integer.MIN_VALUE;
        }
        return n < 0 ? last + 1 : Math.min(n, last + 1);
    }
}
