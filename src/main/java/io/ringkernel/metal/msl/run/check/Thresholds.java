package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.Lanes;
import java.util.Arrays;

/**
 * Which accesses of the running threadgroup are ordered before what its threads do now: those of an epoch before the
 * last barrier that orders their memory. Each barrier begins an epoch.
 */
final class Thresholds {
    /** The bits of {@code mem_flags}. */
    static final int DEVICE = 1;

    static final int THREADGROUP = 2;

    /** A barrier that was there. */
    record Barrier(long epoch, int flags, int line, boolean ofSimdgroup) {
        static final Barrier NONE = new Barrier(0, 0, 0, false);
    }

    private static final int SIMDGROUPS = 1024 / Lanes.SIMD_WIDTH;

    private long groupStart;
    private final long[] group = new long[2];
    private final long[][] simd = new long[2][SIMDGROUPS];
    private Barrier lastBarrier = Barrier.NONE;
    private final Barrier[] lastSimdBarriers = new Barrier[SIMDGROUPS];

    void beginGroup(long now) {
        groupStart = now;
        Arrays.fill(group, now);
        Arrays.fill(simd[0], now);
        Arrays.fill(simd[1], now);
        lastBarrier = Barrier.NONE;
        Arrays.fill(lastSimdBarriers, Barrier.NONE);
    }

    void barrier(long now, int flags, int line) {
        if ((flags & DEVICE) != 0) {
            group[0] = now;
        }
        if ((flags & THREADGROUP) != 0) {
            group[1] = now;
        }
        lastBarrier = new Barrier(now, flags, line, false);
    }

    void simdBarrier(int simdgroup, long now, int flags, int line) {
        if ((flags & DEVICE) != 0) {
            simd[0][simdgroup] = now;
        }
        if ((flags & THREADGROUP) != 0) {
            simd[1][simdgroup] = now;
        }
        lastSimdBarriers[simdgroup] = new Barrier(now, flags, line, true);
    }

    /** The epoch before which all accesses of the group to a space are ordered. */
    long fence(boolean isDevice) {
        return group[isDevice ? 0 : 1];
    }

    boolean isOfThisGroup(long cell) {
        return Cell.epoch(cell) >= groupStart;
    }

    /** Whether an access of this threadgroup is before what a lane does now. */
    boolean isOrdered(long cell, int lane, boolean isDevice) {
        var epoch = Cell.epoch(cell);
        var space = isDevice ? 0 : 1;
        return Cell.lane(cell) == lane
                || epoch < group[space]
                || isOfSimdgroup(cell, lane) && epoch < simd[space][lane / Lanes.SIMD_WIDTH];
    }

    static boolean isOfSimdgroup(long cell, int lane) {
        return Cell.lane(cell) / Lanes.SIMD_WIDTH == lane / Lanes.SIMD_WIDTH;
    }

    /** The last barrier that both an access and what a lane does now took part in, or {@link Barrier#NONE}. */
    Barrier between(long cell, int lane) {
        if (Cell.epoch(cell) < lastBarrier.epoch()) {
            return lastBarrier;
        }
        var own = lastSimdBarriers[lane / Lanes.SIMD_WIDTH];
        return isOfSimdgroup(cell, lane) && Cell.epoch(cell) < own.epoch() ? own : Barrier.NONE;
    }

    /** The last barrier of the lane's SIMD-group since an access of another one, or {@link Barrier#NONE}. */
    Barrier simdBarrierSince(long cell, int lane) {
        var own = lastSimdBarriers[lane / Lanes.SIMD_WIDTH];
        return Cell.epoch(cell) < own.epoch() ? own : Barrier.NONE;
    }
}
