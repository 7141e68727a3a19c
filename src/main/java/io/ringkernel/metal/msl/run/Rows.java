package io.ringkernel.metal.msl.run;

/** Bounds of loops over a stretch of a row of the grid: lane {@code l} is the thread at {@code x + l}. */
public final class Rows {

    private Rows() {}

    /** The upper bound {@code count} of lanes, lowered to those whose position is below {@code end}. */
    public static int below(int count, long end, int x) {
        return (int) Math.max(0, Math.min(count, end - x));
    }

    /** The lower bound {@code first} of lanes, raised to those whose position is at least {@code begin}. */
    public static int from(int first, long begin, int x) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(first, begin - x));
    }
}
