package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Which component, or constant, a kernel sees in each place when it reads a texture
 * ({@code MTLTextureSwizzleChannels}). Writes ignore it.
 *
 * @param red what is read as the first component
 * @param green as the second
 * @param blue as the third
 * @param alpha as the fourth
 */
public record MetalTextureSwizzle(Channel red, Channel green, Channel blue, Channel alpha) {
    /** Every component in its own place. */
    public static final MetalTextureSwizzle IDENTITY =
            new MetalTextureSwizzle(Channel.RED, Channel.GREEN, Channel.BLUE, Channel.ALPHA);

    /** What can be read. */
    public enum Channel {
        /** The constant 0. */
        ZERO(Mtl.MTLTextureSwizzleZero()),
        /** The constant 1. */
        ONE(Mtl.MTLTextureSwizzleOne()),
        /** The first component. */
        RED(Mtl.MTLTextureSwizzleRed()),
        /** The second component. */
        GREEN(Mtl.MTLTextureSwizzleGreen()),
        /** The third component. */
        BLUE(Mtl.MTLTextureSwizzleBlue()),
        /** The fourth component. */
        ALPHA(Mtl.MTLTextureSwizzleAlpha());

        private final byte code;

        Channel(byte code) {
            this.code = code;
        }
    }

    /**
     * All four.
     *
     * @throws NullPointerException if one is null
     */
    public MetalTextureSwizzle {
        Objects.requireNonNull(red, "red");
        Objects.requireNonNull(green, "green");
        Objects.requireNonNull(blue, "blue");
        Objects.requireNonNull(alpha, "alpha");
    }

    /** The struct as a by-value argument. */
    MemorySegment segment() {
        return MemorySegment.ofArray(new byte[] {red.code, green.code, blue.code, alpha.code});
    }
}
