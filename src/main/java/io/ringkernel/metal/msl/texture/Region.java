package io.ringkernel.metal.msl.texture;

/** A box of texels: {@code MTLRegion}. */
public record Region(long x, long y, long z, long width, long height, long depth) {

    /** Whether it lies inside a level of a texture and is not empty. */
    public boolean isWithin(TextureShape shape, int level) {
        return fits(x, width, shape.width(level))
                && fits(y, height, shape.height(level))
                && fits(z, depth, shape.depth(level));
    }

    private static boolean fits(long from, long length, int size) {
        return from >= 0 && length > 0 && length <= size && from <= size - length;
    }

    /** Whether two regions have a texel in common. */
    public boolean overlaps(Region other) {
        return x < other.x + other.width
                && other.x < x + width
                && y < other.y + other.height
                && other.y < y + height
                && z < other.z + other.depth
                && other.z < z + depth;
    }

    @Override
    public String toString() {
        return "(%d, %d, %d) + (%d, %d, %d)".formatted(x, y, z, width, height, depth);
    }
}
