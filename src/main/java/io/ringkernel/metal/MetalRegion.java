package io.ringkernel.metal;

import java.lang.foreign.MemorySegment;

/**
 * A box of texels ({@code MTLRegion}).
 *
 * @param x the first texel's place along x, not below 0
 * @param y along y, 0 in one dimension
 * @param z along z, 0 in two dimensions
 * @param size the number of texels in each dimension
 */
public record MetalRegion(long x, long y, long z, MetalSize size) {

    /**
     * A box of texels.
     *
     * @throws IllegalArgumentException if a place is below 0
     */
    public MetalRegion {
        if (x < 0 || y < 0 || z < 0) {
            throw new IllegalArgumentException("origin is below 0: " + x + ", " + y + ", " + z);
        }
    }

    /** The box of this size at the origin. */
    public static MetalRegion of(MetalSize size) {
        return new MetalRegion(0, 0, 0, size);
    }

    /**
     * A rectangle.
     *
     * @throws IllegalArgumentException if a place is below 0, or width or height below 1
     */
    public static MetalRegion of(long x, long y, long width, long height) {
        return new MetalRegion(x, y, 0, MetalSize.of(width, height));
    }

    /** Whether the box lies inside of another at the origin. */
    boolean isInside(MetalSize whole) {
        return x + size.width() <= whole.width()
                && y + size.height() <= whole.height()
                && z + size.depth() <= whole.depth();
    }

    MetalRegion requireInside(MetalSize whole) {
        if (!isInside(whole)) {
            throw new IndexOutOfBoundsException("region is not inside of " + whole + ": " + this);
        }
        return this;
    }

    /** The struct as a by-value argument. */
    MemorySegment segment() {
        return MemorySegment.ofArray(new long[] {x, y, z, size.width(), size.height(), size.depth()});
    }

    /** The origin as a by-value argument. */
    MemorySegment origin() {
        return MemorySegment.ofArray(new long[] {x, y, z});
    }
}
