package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.format.PixelFormat;

/**
 * What a texture is made of.
 *
 * @param width of the first level in texels, as are height and depth; 1 in dimensions that the type lacks
 * @param arrayLength array elements, of which a cube has six slices each
 * @param levels of the mip chain
 * @param samples per texel
 */
public record TextureShape(
        TextureType type,
        PixelFormat format,
        int width,
        int height,
        int depth,
        int arrayLength,
        int levels,
        int samples) {

    /** A texture with one slice, level and sample. */
    public static TextureShape of(TextureType type, PixelFormat format, int width, int height, int depth) {
        return new TextureShape(type, format, width, height, depth, 1, 1, 1);
    }

    /** The same with other levels. */
    public TextureShape withLevels(int other) {
        return new TextureShape(type, format, width, height, depth, arrayLength, other, samples);
    }

    /** The same with another number of array elements. */
    public TextureShape withArrayLength(int other) {
        return new TextureShape(type, format, width, height, depth, other, levels, samples);
    }

    /** The same with more samples. */
    public TextureShape withSamples(int other) {
        return new TextureShape(type, format, width, height, depth, arrayLength, levels, other);
    }

    /** How many levels a whole chain has. */
    public static int fullChain(int width, int height, int depth) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(width, Math.max(height, depth)));
    }

    /** Array elements and faces together. */
    public int slices() {
        return arrayLength * type.faces();
    }

    public int width(int level) {
        return Math.max(1, width >> level);
    }

    public int height(int level) {
        return Math.max(1, height >> level);
    }

    public int depth(int level) {
        return Math.max(1, depth >> level);
    }

    /** Bytes from one texel to the next: all samples of it. */
    public int texelBytes() {
        return format.byteSize() * samples;
    }
}
