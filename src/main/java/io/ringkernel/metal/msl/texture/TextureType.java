package io.ringkernel.metal.msl.texture;

import java.util.Optional;

/** The shapes of textures, in the order of {@code MTLTextureType}'s values. */
public enum TextureType {
    D1("1D", 1),
    D1_ARRAY("1DArray", 1),
    D2("2D", 2),
    D2_ARRAY("2DArray", 2),
    D2_MULTISAMPLE("2DMultisample", 2),
    CUBE("Cube", 2),
    CUBE_ARRAY("CubeArray", 2),
    D3("3D", 3),
    D2_MULTISAMPLE_ARRAY("2DMultisampleArray", 2),
    BUFFER("TextureBuffer", 1);

    private static final int FACES = 6;

    private final String metalName;
    private final int dimensions;

    TextureType(String metalName, int dimensions) {
        this.metalName = metalName;
        this.dimensions = dimensions;
    }

    /** The type with a value of {@code MTLTextureType}. */
    public static Optional<TextureType> of(long code) {
        return code < 0 || code >= values().length ? Optional.empty() : Optional.of(values()[(int) code]);
    }

    /** The value of {@code MTLTextureType}. */
    public int code() {
        return ordinal();
    }

    /** How many coordinates a texel of one slice has. */
    public int dimensions() {
        return dimensions;
    }

    public boolean isArray() {
        return this == D1_ARRAY || this == D2_ARRAY || this == CUBE_ARRAY || this == D2_MULTISAMPLE_ARRAY;
    }

    public boolean isCube() {
        return this == CUBE || this == CUBE_ARRAY;
    }

    public boolean isMultisample() {
        return this == D2_MULTISAMPLE || this == D2_MULTISAMPLE_ARRAY;
    }

    /** Whether there can be more than one level. */
    public boolean hasLevels() {
        return dimensions > 1 && !isMultisample();
    }

    /** The slices of one array element: the faces of a cube, else 1. */
    public int faces() {
        return isCube() ? FACES : 1;
    }

    /** The name without {@code MTLTextureType} in front. */
    @Override
    public String toString() {
        return metalName;
    }
}
