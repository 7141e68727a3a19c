package io.ringkernel.metal;

import java.util.Objects;

/**
 * A region of one level and slice of a texture: what a blit copies from or to. It owns nothing.
 *
 * @param texture whose texels these are
 * @param region the texels of the level
 * @param level the mipmap level
 * @param slice the element of an array, or the face: face + 6 × cube
 */
public record MetalTexturePart(MetalTexture texture, MetalRegion region, int level, int slice) {

    /**
     * A part of a texture.
     *
     * @throws IndexOutOfBoundsException if the region is not inside the level, or there is no such level or slice
     * @throws IllegalArgumentException if the region does not cover whole blocks of a compressed format
     */
    public MetalTexturePart {
        Objects.requireNonNull(region, "region");
        texture.requirePlace(region, level, slice);
    }

    /** All of level 0 of slice 0. */
    public static MetalTexturePart of(MetalTexture texture) {
        return new MetalTexturePart(texture, MetalRegion.of(texture.size(0)), 0, 0);
    }
}
