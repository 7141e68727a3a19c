package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What a kernel takes a texture for: the type of its parameter.
 *
 * @param isDepth whether it is one of the types {@code depth2d} and so on
 */
public record TextureUse(TextureType type, boolean isDepth, Element element, Access access) {
    /** The element types that textures have. */
    public enum Element {
        FLOAT,
        HALF,
        INT,
        SHORT,
        UINT,
        USHORT,
        ULONG;

        /** Whether texels of a kind convert to it (MSL specification, section 2.9). */
        boolean takes(PixelFormat format) {
            return switch (this) {
                case FLOAT, HALF -> !format.kind().isInteger();
                case INT, SHORT -> format.kind() == PixelFormat.Kind.SIGNED;
                case UINT, USHORT -> format.kind() == PixelFormat.Kind.UNSIGNED;
                case ULONG -> format.name().equals("RG32Uint");
            };
        }
    }

    /** {@code access::sample} and so on. */
    public enum Access {
        SAMPLE,
        READ,
        WRITE,
        READ_WRITE;

        public boolean reads() {
            return this != WRITE;
        }

        public boolean writes() {
            return this == WRITE || this == READ_WRITE;
        }
    }

    /** The use as one number, as generated code passes it. */
    public int code() {
        return type.ordinal() | element.ordinal() << 4 | access.ordinal() << 8 | (isDepth ? 1 << 12 : 0);
    }

    /** The use that a number stands for. */
    public static TextureUse of(int code) {
        return new TextureUse(
                TextureType.values()[code & 15],
                code >>> 12 != 0,
                Element.values()[code >>> 4 & 15],
                Access.values()[code >>> 8 & 15]);
    }

    /** Why a texture cannot be used so; empty if it can. */
    public Optional<String> mismatch(Texture texture) {
        var shape = texture.shape();
        if (shape.type() != type) {
            return Optional.of("is of type " + shape.type() + ", not " + type);
        }
        if (!element.takes(shape.format())) {
            var name = element.name().toLowerCase(Locale.ROOT);
            return Optional.of("has the pixel format " + shape.format() + ", which '" + name + "' cannot hold");
        }
        if (isDepth && shape.format().kind() != PixelFormat.Kind.DEPTH) {
            return Optional.of("has the pixel format " + shape.format() + ", which is no depth");
        }
        return texture.permissions().refusal(access);
    }
}
