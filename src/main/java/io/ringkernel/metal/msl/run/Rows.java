package io.ringkernel.metal.msl.run;

/** Bounds of loops over the lanes of a row. */
public final class Rows {

    private Rows() {}

    /** The upper bound {@code count}, lowered to {@code end}. */
    public static int below(int count, long end) {
        return (int) Math.max(0, Math.min(count, end));
    }

    /** The lower bound {@code first}, raised to {@code begin}. */
    public static int from(int first, long begin) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(first, begin));
    }
}
