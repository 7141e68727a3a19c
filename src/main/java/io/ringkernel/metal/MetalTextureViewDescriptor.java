package io.ringkernel.metal;

import java.util.Objects;

/**
 * What a view shows of a texture, and how ({@code MTLTextureViewDescriptor}). Immutable: each {@code with} method gives
 * a changed copy.
 *
 * @param format how texels are read; of as many bits as the texture's
 * @param type the shape
 * @param firstLevel the level of the texture that is level 0 of the view
 * @param levels the number of levels
 * @param firstSlice the slice of the texture that is slice 0 of the view
 * @param slices the number of slices: 6 for a cube, 1 for what is no array
 * @param swizzle where kernels see components
 */
public record MetalTextureViewDescriptor(
        MetalPixelFormat format,
        MetalTextureType type,
        int firstLevel,
        int levels,
        int firstSlice,
        int slices,
        MetalTextureSwizzle swizzle) {

    /**
     * All properties.
     *
     * @throws NullPointerException if one is null
     * @throws IllegalArgumentException if there are no levels, or the number of slices does not fit the shape
     */
    public MetalTextureViewDescriptor {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(swizzle, "swizzle");
        boolean fits = type.isArray() ? slices > 0 && slices % type.faces() == 0 : slices == type.faces();
        if (!fits || levels < 1) {
            throw new IllegalArgumentException(
                    "levels and slices do not fit " + type + ": " + levels + " levels, " + slices + " slices");
        }
    }

    /** The whole of a texture as it is. */
    public static MetalTextureViewDescriptor of(MetalTexture texture) {
        return new MetalTextureViewDescriptor(
                texture.format(),
                texture.type(),
                0,
                texture.descriptor().mipmapLevels(),
                0,
                texture.slices(),
                MetalTextureSwizzle.IDENTITY);
    }

    /** A copy with another format. */
    public MetalTextureViewDescriptor withFormat(MetalPixelFormat other) {
        return new MetalTextureViewDescriptor(other, type, firstLevel, levels, firstSlice, slices, swizzle);
    }

    /**
     * A copy that shows some slices in another shape.
     *
     * @throws IllegalArgumentException if the number of slices does not fit the shape
     */
    public MetalTextureViewDescriptor withSlices(MetalTextureType other, int first, int count) {
        return new MetalTextureViewDescriptor(format, other, firstLevel, levels, first, count, swizzle);
    }

    /**
     * A copy that shows some levels.
     *
     * @throws IllegalArgumentException if there are none
     */
    public MetalTextureViewDescriptor withLevels(int first, int count) {
        return new MetalTextureViewDescriptor(format, type, first, count, firstSlice, slices, swizzle);
    }

    /** A copy with components in other places. */
    public MetalTextureViewDescriptor withSwizzle(MetalTextureSwizzle channels) {
        return new MetalTextureViewDescriptor(format, type, firstLevel, levels, firstSlice, slices, channels);
    }
}
