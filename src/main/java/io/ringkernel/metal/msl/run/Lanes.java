package io.ringkernel.metal.msl.run;

import io.ringkernel.metal.msl.run.KernelFault.Kind;

/**
 * What the threads of a threadgroup do together (MSL specification, section 6.9). Values are arrays with one element
 * per thread of the group, in order of the thread index; {@code waiting} says which threads take part (0), and may be
 * null when all do. {@code width} is 32 for a SIMD-group and 4 for a quad; the last one of a group may be short.
 */
public final class Lanes {
    public static final int SIMD_WIDTH = 32;
    public static final int QUAD_WIDTH = 4;

    private Lanes() {}

    /** Whether a thread of the group is running. */
    public static boolean anyRunning(int[] waiting, int count) {
        for (int i = 0; i < count; i++) {
            if (waiting[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** Lets the threads run that wait at the end of a construct. */
    public static void release(int[] waiting, int count, int construct) {
        for (int i = 0; i < count; i++) {
            if (waiting[i] == construct) {
                waiting[i] = 0;
            }
        }
    }

    /** Makes the running threads wait at the end of a construct. */
    public static void suspend(int[] waiting, int count, int construct) {
        for (int i = 0; i < count; i++) {
            if (waiting[i] == 0) {
                waiting[i] = construct;
            }
        }
    }

    /** {@code threadgroup_barrier}: every thread of the group must be there, or none. */
    public static void requireAll(int[] waiting, int count) {
        if (!anyRunning(waiting, count)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (waiting[i] != 0) {
                throw new MemoryFault(
                        Kind.DIVERGENT_BARRIER,
                        "threadgroup_barrier is not reached by this thread (index %d of %d in its threadgroup)"
                                .formatted(i, count),
                        i);
            }
        }
    }

    /** {@code simdgroup_barrier}: all threads of a SIMD-group, or none. */
    public static void requireWholeSimdgroups(int[] waiting, int count) {
        for (int from = 0; from < count; from += SIMD_WIDTH) {
            var to = Math.min(count, from + SIMD_WIDTH);
            var running = 0;
            var absent = -1;
            for (int i = from; i < to; i++) {
                if (waiting[i] == 0) {
                    running++;
                } else {
                    absent = i;
                }
            }
            if (running > 0 && absent >= 0) {
                throw new MemoryFault(
                        Kind.DIVERGENT_BARRIER,
                        "simdgroup_barrier is not reached by this thread (index %d in its SIMD-group)"
                                .formatted(absent - from),
                        absent);
            }
        }
    }

    /** Whether a thread of the group takes part. */
    public static boolean runs(int[] waiting, int lane) {
        return waiting == null || waiting[lane] == 0;
    }

    /** The first running lane of {@code from} to {@code to}, or {@code to}. */
    public static int first(int[] waiting, int from, int to) {
        var lane = from;
        while (lane < to && !runs(waiting, lane)) {
            lane++;
        }
        return lane;
    }
}
