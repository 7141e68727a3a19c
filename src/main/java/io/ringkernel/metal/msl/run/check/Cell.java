package io.ringkernel.metal.msl.run.check;

/**
 * An access in 64 bits; 0 is none.
 *
 * <pre>
 * | 0 | epoch: 36 | lane: 10 | site: 15 | atomic: 1 | write: 1 |
 * </pre>
 */
final class Cell {
    /** Sites beyond are told as line 0. */
    static final int MAXIMUM_SITES = 1 << 15;

    private static final int SITE_SHIFT = 2;
    private static final int LANE_SHIFT = SITE_SHIFT + 15;
    private static final int EPOCH_SHIFT = LANE_SHIFT + 10;
    private static final long ATOMIC = 2;
    private static final long WRITE = 1;

    private Cell() {}

    static long of(long epoch, int lane, int site, boolean atomic, boolean write) {
        return epoch << EPOCH_SHIFT
                | (long) lane << LANE_SHIFT
                | (long) site << SITE_SHIFT
                | (atomic ? ATOMIC : 0)
                | (write ? WRITE : 0);
    }

    static long epoch(long cell) {
        return cell >>> EPOCH_SHIFT;
    }

    static int lane(long cell) {
        return (int) (cell >>> LANE_SHIFT) & 1023;
    }

    static int site(long cell) {
        return (int) (cell >>> SITE_SHIFT) & MAXIMUM_SITES - 1;
    }

    static boolean isAtomic(long cell) {
        return (cell & ATOMIC) != 0;
    }

    static boolean isWrite(long cell) {
        return (cell & WRITE) != 0;
    }
}
