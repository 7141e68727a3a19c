package io.ringkernel.metal.msl.run;

/** A size or position in three dimensions, each component unsigned 32-bit in MSL and at most 2^31-1 here. */
public record Extent(int width, int height, int depth) {

    /** Width times height times depth. */
    public long count() {
        return Math.multiplyExact((long) width * height, (long) depth);
    }

    @Override
    public String toString() {
        return "(" + width + ", " + height + ", " + depth + ")";
    }
}
