package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLTextureDescriptor_setArrayLength;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setDepth;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setHeight;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setMipmapLevelCount;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setPixelFormat;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setResourceOptions;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setSampleCount;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setSwizzle;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setTextureType;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setUsage;
import io.ringkernel.metal.bindings.MTLTextureDescriptor_setWidth;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a texture is to be ({@code MTLTextureDescriptor}). Immutable: each {@code with} method gives a changed copy.
 *
 * <p>At first a texture has one mipmap level, one sample, the storage that suits the device, the identity swizzle, and
 * is read by kernels. Sizes are checked against each other here, against the device's limits when the texture is made.
 */
public final class MetalTextureDescriptor {
    private static final Message SET_TYPE = Message.of(MTLTextureDescriptor_setTextureType.class);
    private static final Message SET_FORMAT = Message.of(MTLTextureDescriptor_setPixelFormat.class);
    private static final Message SET_WIDTH = Message.of(MTLTextureDescriptor_setWidth.class);
    private static final Message SET_HEIGHT = Message.of(MTLTextureDescriptor_setHeight.class);
    private static final Message SET_DEPTH = Message.of(MTLTextureDescriptor_setDepth.class);
    private static final Message SET_LEVELS = Message.of(MTLTextureDescriptor_setMipmapLevelCount.class);
    private static final Message SET_SAMPLES = Message.of(MTLTextureDescriptor_setSampleCount.class);
    private static final Message SET_ARRAY_LENGTH = Message.of(MTLTextureDescriptor_setArrayLength.class);
    private static final Message SET_OPTIONS = Message.of(MTLTextureDescriptor_setResourceOptions.class);
    private static final Message SET_USAGE = Message.of(MTLTextureDescriptor_setUsage.class);
    private static final Message SET_SWIZZLE = Message.of(MTLTextureDescriptor_setSwizzle.class);

    private final MetalTextureType type;
    private final MetalPixelFormat format;
    private final MetalSize size;
    private int mipmapLevels = 1;
    private int samples = 1;
    private int arrayLength = 1;
    private MetalStorageMode storageMode;
    private Set<MetalTextureUsage> usage = Set.of(MetalTextureUsage.SHADER_READ);
    private MetalTextureSwizzle swizzle = MetalTextureSwizzle.IDENTITY;

    private MetalTextureDescriptor(MetalTextureType type, MetalPixelFormat format, MetalSize size) {
        this.type = Objects.requireNonNull(type, "type");
        this.format = Objects.requireNonNull(format, "format");
        this.size = size;
    }

    /** A row of texels. */
    public static MetalTextureDescriptor of1d(MetalPixelFormat format, long width) {
        return new MetalTextureDescriptor(MetalTextureType.ONE_D, format, MetalSize.of(width));
    }

    /** A rectangle of texels. */
    public static MetalTextureDescriptor of2d(MetalPixelFormat format, long width, long height) {
        return new MetalTextureDescriptor(MetalTextureType.TWO_D, format, MetalSize.of(width, height));
    }

    /** A box of texels. */
    public static MetalTextureDescriptor of3d(MetalPixelFormat format, MetalSize size) {
        return new MetalTextureDescriptor(MetalTextureType.THREE_D, format, Objects.requireNonNull(size, "size"));
    }

    /** The six faces of a cube, squares of this width; slices 0 to 5 are +x, -x, +y, -y, +z, -z. */
    public static MetalTextureDescriptor ofCube(MetalPixelFormat format, long width) {
        return new MetalTextureDescriptor(MetalTextureType.CUBE, format, MetalSize.of(width, width));
    }

    /** A row of texels for {@code texture_buffer} in MSL, usually over a buffer: {@link MetalBuffer#newTexture}. */
    public static MetalTextureDescriptor ofBuffer(MetalPixelFormat format, long width) {
        return new MetalTextureDescriptor(MetalTextureType.TEXTURE_BUFFER, format, MetalSize.of(width));
    }

    private MetalTextureDescriptor copy(MetalTextureType newType) {
        var copy = new MetalTextureDescriptor(newType, format, size);
        copy.mipmapLevels = mipmapLevels;
        copy.samples = samples;
        copy.arrayLength = arrayLength;
        copy.storageMode = storageMode;
        copy.usage = usage;
        copy.swizzle = swizzle;
        return copy;
    }

    /**
     * An array of so many: rows, rectangles or cubes.
     *
     * @throws IllegalArgumentException if the length is not in 1..2048
     * @throws IllegalStateException if there are no arrays of this type
     */
    public MetalTextureDescriptor withArrayLength(int length) {
        if (length < 1 || length > MetalLimits.TEXTURE_LAYERS) {
            throw new IllegalArgumentException("arrayLength not in 1.." + MetalLimits.TEXTURE_LAYERS + ": " + length);
        }
        var copy = copy(
                switch (type) {
                    case ONE_D, ONE_D_ARRAY -> MetalTextureType.ONE_D_ARRAY;
                    case TWO_D, TWO_D_ARRAY -> MetalTextureType.TWO_D_ARRAY;
                    case TWO_D_MULTISAMPLE, TWO_D_MULTISAMPLE_ARRAY -> MetalTextureType.TWO_D_MULTISAMPLE_ARRAY;
                    case CUBE, CUBE_ARRAY -> MetalTextureType.CUBE_ARRAY;
                    case THREE_D, TEXTURE_BUFFER -> throw new IllegalStateException("no arrays of " + type);
                });
        copy.arrayLength = length;
        return copy;
    }

    /**
     * With all mipmap levels, down to one texel.
     *
     * @throws IllegalStateException if this type has no mipmaps
     */
    public MetalTextureDescriptor withMipmaps() {
        return withMipmapLevels(mostMipmapLevels());
    }

    /**
     * With so many mipmap levels.
     *
     * @throws IllegalArgumentException if there are not in 1..1 + log2 of the largest extent
     * @throws IllegalStateException if this type has no mipmaps, and more than one level is asked for
     */
    public MetalTextureDescriptor withMipmapLevels(int levels) {
        int most = mostMipmapLevels();
        if (levels < 1 || levels > most) {
            throw new IllegalArgumentException("mipmapLevels not in 1.." + most + ": " + levels);
        }
        if (levels > 1 && !type.hasMipmaps()) {
            throw new IllegalStateException("no mipmaps of " + type);
        }
        var copy = copy(type);
        copy.mipmapLevels = levels;
        return copy;
    }

    private int mostMipmapLevels() {
        long extent = Math.max(size.width(), Math.max(size.height(), size.depth()));
        return Long.SIZE - Long.numberOfLeadingZeros(extent);
    }

    /**
     * With so many samples for each texel; a rectangle becomes a multisample texture.
     *
     * @throws IllegalArgumentException if the number is below 2; which others a device has,
     *     {@link MetalDevice#supportsSampleCount} says
     * @throws IllegalStateException if this is not two-dimensional
     */
    public MetalTextureDescriptor withSamples(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("samples below 2: " + count);
        }
        var copy = copy(
                switch (type) {
                    case TWO_D, TWO_D_MULTISAMPLE -> MetalTextureType.TWO_D_MULTISAMPLE;
                    case TWO_D_ARRAY, TWO_D_MULTISAMPLE_ARRAY -> MetalTextureType.TWO_D_MULTISAMPLE_ARRAY;
                    default -> throw new IllegalStateException("no multisampling of " + type);
                });
        copy.samples = count;
        return copy;
    }

    /** With the texels in this storage. */
    public MetalTextureDescriptor withStorageMode(MetalStorageMode mode) {
        var copy = copy(type);
        copy.storageMode = Objects.requireNonNull(mode, "mode");
        return copy;
    }

    /** For these uses, in place of those named before. */
    public MetalTextureDescriptor withUsage(MetalTextureUsage first, MetalTextureUsage... others) {
        var copy = copy(type);
        copy.usage = Set.copyOf(EnumSet.of(first, others));
        return copy;
    }

    /** Read with components in other places. */
    public MetalTextureDescriptor withSwizzle(MetalTextureSwizzle channels) {
        var copy = copy(type);
        copy.swizzle = Objects.requireNonNull(channels, "channels");
        return copy;
    }

    /** The shape. */
    public MetalTextureType type() {
        return type;
    }

    /** How texels are stored. */
    public MetalPixelFormat format() {
        return format;
    }

    /** Texels of level 0 in each dimension. */
    public MetalSize size() {
        return size;
    }

    /** The number of mipmap levels. */
    public int mipmapLevels() {
        return mipmapLevels;
    }

    /** Samples of a texel. */
    public int samples() {
        return samples;
    }

    /** Elements of an array; 1 where it is none. */
    public int arrayLength() {
        return arrayLength;
    }

    /** Where the texels live; empty for what suits the device: shared with unified memory, else managed. */
    public Optional<MetalStorageMode> storageMode() {
        return Optional.ofNullable(storageMode);
    }

    /** What the texture is for. */
    public Set<MetalTextureUsage> usage() {
        return usage;
    }

    /** Where kernels see components. */
    public MetalTextureSwizzle swizzle() {
        return swizzle;
    }

    /** What a view of a texture with this descriptor is. */
    MetalTextureDescriptor ofView(MetalTextureViewDescriptor view, MetalSize levelSize) {
        var seen = new MetalTextureDescriptor(view.type(), view.format(), levelSize);
        seen.mipmapLevels = view.levels();
        seen.samples = samples;
        seen.arrayLength = view.slices() / view.type().faces();
        seen.storageMode = storageMode;
        seen.usage = usage;
        seen.swizzle = view.swizzle();
        return seen;
    }

    private interface SetLong {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, long value);
    }

    /** An {@code MTLTextureDescriptor} with these options, which the caller closes. Inside a pool. */
    Retained toObject(ObjectiveC objc, MetalResourceOptions options) {
        var made = NSObject.make(objc, "MTLTextureDescriptor");
        set(made, SET_TYPE, MTLTextureDescriptor_setTextureType::invoke, type.code());
        set(made, SET_FORMAT, MTLTextureDescriptor_setPixelFormat::invoke, format.code());
        set(made, SET_WIDTH, MTLTextureDescriptor_setWidth::invoke, size.width());
        set(made, SET_HEIGHT, MTLTextureDescriptor_setHeight::invoke, size.height());
        set(made, SET_DEPTH, MTLTextureDescriptor_setDepth::invoke, size.depth());
        set(made, SET_LEVELS, MTLTextureDescriptor_setMipmapLevelCount::invoke, mipmapLevels);
        set(made, SET_SAMPLES, MTLTextureDescriptor_setSampleCount::invoke, samples);
        set(made, SET_ARRAY_LENGTH, MTLTextureDescriptor_setArrayLength::invoke, arrayLength);
        set(made, SET_OPTIONS, MTLTextureDescriptor_setResourceOptions::invoke, options.bits());
        set(made, SET_USAGE, MTLTextureDescriptor_setUsage::invoke, MetalTextureUsage.codeOf(usage));
        if (!swizzle.equals(MetalTextureSwizzle.IDENTITY)) {
            var send = objc.bind(SET_SWIZZLE);
            MTLTextureDescriptor_setSwizzle.invoke(send.function(), made.id(), send.selector(), swizzle.segment());
        }
        return made;
    }

    private static void set(Retained object, Message message, SetLong type, long value) {
        var send = object.objectiveC().bind(message);
        type.send(send.function(), object.id(), send.selector(), value);
    }

    @Override
    public String toString() {
        return "MetalTextureDescriptor[" + type + " of " + size + (type.isArray() ? " x " + arrayLength : "") + ", "
                + format + "]";
    }
}
