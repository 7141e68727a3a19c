package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** The shape of a texture ({@code MTLTextureType}). */
public enum MetalTextureType {
    /** A row of texels, without mipmaps. */
    ONE_D(Mtl.MTLTextureType1D(), 1),
    /** Rows of texels, without mipmaps. */
    ONE_D_ARRAY(Mtl.MTLTextureType1DArray(), 1),
    /** A rectangle of texels. */
    TWO_D(Mtl.MTLTextureType2D(), 1),
    /** Rectangles of texels. */
    TWO_D_ARRAY(Mtl.MTLTextureType2DArray(), 1),
    /** A rectangle with several samples for each texel. */
    TWO_D_MULTISAMPLE(Mtl.MTLTextureType2DMultisample(), 1),
    /** Rectangles with several samples for each texel. */
    TWO_D_MULTISAMPLE_ARRAY(Mtl.MTLTextureType2DMultisampleArray(), 1),
    /** Six squares, the faces of a cube. */
    CUBE(Mtl.MTLTextureTypeCube(), 6),
    /** Several cubes. */
    CUBE_ARRAY(Mtl.MTLTextureTypeCubeArray(), 6),
    /** A box of texels. */
    THREE_D(Mtl.MTLTextureType3D(), 1),
    /** A long row of texels in a buffer, for {@code texture_buffer} in MSL. */
    TEXTURE_BUFFER(Mtl.MTLTextureTypeTextureBuffer(), 1);

    private final long code;
    private final int faces;

    MetalTextureType(long code, int faces) {
        this.code = code;
        this.faces = faces;
    }

    static MetalTextureType of(long code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a texture type: " + code);
    }

    long code() {
        return code;
    }

    /** Slices for each element of an array: 6 for cubes, else 1. */
    int faces() {
        return faces;
    }

    boolean isArray() {
        return this == ONE_D_ARRAY || this == TWO_D_ARRAY || this == TWO_D_MULTISAMPLE_ARRAY || this == CUBE_ARRAY;
    }

    boolean isOneD() {
        return this == ONE_D || this == ONE_D_ARRAY || this == TEXTURE_BUFFER;
    }

    boolean isMultisample() {
        return this == TWO_D_MULTISAMPLE || this == TWO_D_MULTISAMPLE_ARRAY;
    }

    boolean hasMipmaps() {
        return !isOneD() && !isMultisample();
    }
}
