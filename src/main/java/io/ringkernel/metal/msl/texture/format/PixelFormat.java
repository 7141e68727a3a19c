package io.ringkernel.metal.msl.texture.format;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of Metal's pixel formats ({@code MTLPixelFormat}) whose texels stand by themselves. Immutable; one object per
 * format.
 */
public final class PixelFormat {
    /** What the texels of a format are for a kernel, which decides the element types that fit. */
    public enum Kind {
        /** Fixed point in 0 to 1, -1 to 1, or a little more. */
        NORMALIZED,
        /** Floats of 16 bits and less. */
        HALF,
        /** Floats of 32 bits. */
        FLOAT,
        SIGNED,
        UNSIGNED,
        DEPTH;

        public boolean isInteger() {
            return this == SIGNED || this == UNSIGNED;
        }
    }

    /** What a texture of the format can do besides being read and sampled (Metal Feature Set Tables). */
    enum Ability {
        FILTER,
        WRITE,
        ATOMIC
    }

    /** How a texture buffer of a format may be used, each more than the one before. */
    enum BufferAccess {
        NONE,
        READ,
        READ_OR_WRITE,
        READ_AND_WRITE
    }

    /** The GPUs whose abilities differ. */
    public enum Device {
        /** A Mac with Apple silicon, which has the abilities of both columns of Apple's tables. */
        APPLE_SILICON,
        /** A Mac with another GPU. */
        MAC
    }

    /** A column of Apple's tables: whether a format exists, and its abilities as letters F, W and A. */
    record Abilities(boolean exists, String letters) {
        private boolean has(Ability ability) {
            return letters.indexOf(ability.name().charAt(0)) >= 0;
        }
    }

    private final String name;
    private final int code;
    private final Kind kind;
    private final TexelCodec codec;
    private final Abilities apple;
    private final Abilities mac;
    private final int readWriteTier;
    private final BufferAccess bufferAccess;

    PixelFormat(PixelFormatTable.Row row, Kind kind, TexelCodec codec) {
        this.name = row.name();
        this.code = row.code();
        this.kind = kind;
        this.codec = codec;
        this.apple = row.apple();
        this.mac = row.mac();
        this.readWriteTier = row.readWriteTier();
        this.bufferAccess = row.bufferAccess();
    }

    /** The format with a value of {@code MTLPixelFormat}; empty if it is unknown, compressed or subsampled. */
    public static Optional<PixelFormat> of(long code) {
        return Optional.ofNullable(PixelFormatTable.FORMATS.get(code));
    }

    /** A format by its name, such as {@code RGBA8Unorm_sRGB}. */
    public static PixelFormat named(String name) {
        return PixelFormatTable.FORMATS.values().stream()
                .filter(format -> format.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a pixel format: " + name));
    }

    /** Every format. */
    public static Iterable<PixelFormat> all() {
        return PixelFormatTable.FORMATS.values();
    }

    /** The name of any value of {@code MTLPixelFormat}, compressed ones too; empty for other values. */
    public static Optional<String> nameOf(long code) {
        return of(code).map(PixelFormat::name).or(() -> UnsupportedFormats.name(code));
    }

    /** The name without {@code MTLPixelFormat} in front. */
    public String name() {
        return name;
    }

    /** The value of {@code MTLPixelFormat}. */
    public int code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }

    /** The bytes of one texel in memory. */
    public int byteSize() {
        return codec.byteSize();
    }

    /** How texels lie in memory. */
    public TexelCodec codec() {
        return codec;
    }

    /** Whether a kind of device has the format. */
    public boolean existsOn(Device device) {
        return mac.exists || device == Device.APPLE_SILICON && apple.exists;
    }

    /** Whether linear filtering is defined. */
    public boolean isFilterable(Device device) {
        return can(Ability.FILTER, device);
    }

    public boolean isWritable(Device device) {
        return can(Ability.WRITE, device);
    }

    public boolean hasAtomics(Device device) {
        return can(Ability.ATOMIC, device);
    }

    private boolean can(Ability ability, Device device) {
        return mac.has(ability) || device == Device.APPLE_SILICON && apple.has(ability);
    }

    /** The {@code MTLReadWriteTextureTier} from which on one texture may be read and written; empty if never. */
    public OptionalInt readWriteTier() {
        return readWriteTier == 0 ? OptionalInt.empty() : OptionalInt.of(readWriteTier);
    }

    /** Whether texture buffers may have the format, for reading. */
    public boolean isForBuffers() {
        return bufferAccess != BufferAccess.NONE;
    }

    /** Whether kernels may write texture buffers of the format. */
    public boolean isForWritableBuffers() {
        return bufferAccess.compareTo(BufferAccess.READ_OR_WRITE) >= 0;
    }

    /** Whether kernels may read and write one texture buffer of the format. */
    public boolean isForReadWriteBuffers() {
        return bufferAccess == BufferAccess.READ_AND_WRITE;
    }

    /** Whether texels are depths, or the stencil beside one. */
    public boolean isDepthOrStencil() {
        return kind == Kind.DEPTH || name.endsWith("Stencil8");
    }

    /** Whether it is an sRGB format. */
    public boolean isSrgb() {
        return name.endsWith("_sRGB");
    }

    /** Whether {@code generateMipmaps} takes it: a colour that is filtered and rendered to. */
    public boolean isMipmapped(Device device) {
        boolean rendered = !name.equals("RGB9E5Float") || device == Device.APPLE_SILICON;
        return isFilterable(device) && !isDepthOrStencil() && rendered;
    }

    /** Whether texels of this format may be seen as texels of another. */
    public boolean isViewableAs(PixelFormat other) {
        if (isDepthOrStencil() || other.isDepthOrStencil()) {
            return this == other || other.name.equals(stencilView());
        }
        return byteSize() == other.byteSize();
    }

    private String stencilView() {
        return switch (name) {
            case "Depth32Float_Stencil8" -> "X32_Stencil8";
            case "Depth24Unorm_Stencil8" -> "X24_Stencil8";
            default -> "";
        };
    }

    /**
     * Whether a view of another format needs no {@code MTLTextureUsagePixelFormatView}: the same format, its sRGB
     * variant, the same with red and blue exchanged, or the stencil.
     */
    public boolean isFreelyViewableAs(PixelFormat other) {
        boolean sameChannels = name.replace("_sRGB", "").equals(other.name.replace("_sRGB", ""));
        boolean exchanged = isSrgb() == other.isSrgb()
                && name.startsWith("BGRA8") == other.name.startsWith("RGBA8")
                && name.substring(Math.min(4, name.length()))
                        .equals(other.name.substring(Math.min(4, other.name.length())))
                && (name.startsWith("BGRA8") || name.startsWith("RGBA8"));
        return sameChannels || exchanged;
    }

    @Override
    public String toString() {
        return name;
    }
}
