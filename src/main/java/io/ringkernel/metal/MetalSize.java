package io.ringkernel.metal;

import java.lang.foreign.MemorySegment;

/**
 * A number of threads or threadgroups in three dimensions ({@code MTLSize}).
 *
 * @param width along x, at least 1
 * @param height along y, at least 1
 * @param depth along z, at least 1
 */
public record MetalSize(long width, long height, long depth) {
    /**
     * Checks the dimensions.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public MetalSize {
        if (width < 1 || height < 1 || depth < 1) {
            throw new IllegalArgumentException("a dimension is below 1: " + width + " x " + height + " x " + depth);
        }
    }

    /**
     * One dimension.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public static MetalSize of(long width) {
        return new MetalSize(width, 1, 1);
    }

    /**
     * Two dimensions.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public static MetalSize of(long width, long height) {
        return new MetalSize(width, height, 1);
    }

    /**
     * Three dimensions.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public static MetalSize of(long width, long height, long depth) {
        return new MetalSize(width, height, depth);
    }

    /**
     * The product of the dimensions.
     *
     * @throws ArithmeticException if it does not fit a long
     */
    public long count() {
        return Math.multiplyExact(Math.multiplyExact(width, height), depth);
    }

    /** The struct as a by-value argument; on the heap, where escape analysis finds it. */
    MemorySegment segment() {
        return MemorySegment.ofArray(new long[] {width, height, depth});
    }

    @Override
    public String toString() {
        return width + " x " + height + " x " + depth;
    }
}
