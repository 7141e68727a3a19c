package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setBorderColor;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setCompareFunction;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setLabel;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setLodMaxClamp;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setLodMinClamp;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setMagFilter;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setMaxAnisotropy;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setMinFilter;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setMipFilter;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setNormalizedCoordinates;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setRAddressMode;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setSAddressMode;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setSupportArgumentBuffers;
import io.ringkernel.metal.bindings.MTLSamplerDescriptor_setTAddressMode;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * How a texture is sampled ({@code MTLSamplerDescriptor}). Immutable: each {@code with} method gives a changed copy.
 *
 * <p>{@link #defaults()} is Metal's: the nearest texel of level 0, clamped to the edge, at normalized coordinates.
 */
public final class MetalSamplerDescriptor {
    private static final Message SET_MAG = Message.of(MTLSamplerDescriptor_setMagFilter.class);
    private static final Message SET_MIN = Message.of(MTLSamplerDescriptor_setMinFilter.class);
    private static final Message SET_MIP = Message.of(MTLSamplerDescriptor_setMipFilter.class);
    private static final Message SET_S = Message.of(MTLSamplerDescriptor_setSAddressMode.class);
    private static final Message SET_T = Message.of(MTLSamplerDescriptor_setTAddressMode.class);
    private static final Message SET_R = Message.of(MTLSamplerDescriptor_setRAddressMode.class);
    private static final Message SET_BORDER = Message.of(MTLSamplerDescriptor_setBorderColor.class);
    private static final Message SET_COMPARE = Message.of(MTLSamplerDescriptor_setCompareFunction.class);
    private static final Message SET_NORMALIZED = Message.of(MTLSamplerDescriptor_setNormalizedCoordinates.class);
    private static final Message SET_ANISOTROPY = Message.of(MTLSamplerDescriptor_setMaxAnisotropy.class);
    private static final Message SET_LOD_MIN = Message.of(MTLSamplerDescriptor_setLodMinClamp.class);
    private static final Message SET_LOD_MAX = Message.of(MTLSamplerDescriptor_setLodMaxClamp.class);
    private static final Message SET_LABEL = Message.of(MTLSamplerDescriptor_setLabel.class);
    private static final Message SET_ARGUMENTS = Message.of(MTLSamplerDescriptor_setSupportArgumentBuffers.class);

    private static final int MOST_ANISOTROPY = 16;

    /** How texels of a level are combined. */
    public enum Filter {
        /** The nearest texel. */
        NEAREST(Mtl.MTLSamplerMinMagFilterNearest()),
        /** Neighbouring texels, weighted by distance. */
        LINEAR(Mtl.MTLSamplerMinMagFilterLinear());

        private final long code;

        Filter(long code) {
            this.code = code;
        }
    }

    /** How mipmap levels are combined. */
    public enum MipFilter {
        /** Level 0 alone. */
        NOT_MIPMAPPED(Mtl.MTLSamplerMipFilterNotMipmapped()),
        /** The nearest level. */
        NEAREST(Mtl.MTLSamplerMipFilterNearest()),
        /** The two nearest levels, weighted. */
        LINEAR(Mtl.MTLSamplerMipFilterLinear());

        private final long code;

        MipFilter(long code) {
            this.code = code;
        }
    }

    /** What lies outside of the texture. */
    public enum AddressMode {
        /** The texels at the edge. */
        CLAMP_TO_EDGE(Mtl.MTLSamplerAddressModeClampToEdge()),
        /** The texture mirrored once, then its edge. */
        MIRROR_CLAMP_TO_EDGE(Mtl.MTLSamplerAddressModeMirrorClampToEdge()),
        /** The texture again and again. */
        REPEAT(Mtl.MTLSamplerAddressModeRepeat()),
        /** The texture again and again, every other time mirrored. */
        MIRROR_REPEAT(Mtl.MTLSamplerAddressModeMirrorRepeat()),
        /** Zero; alpha too, where the format has one. */
        CLAMP_TO_ZERO(Mtl.MTLSamplerAddressModeClampToZero()),
        /** The border color. */
        CLAMP_TO_BORDER_COLOR(Mtl.MTLSamplerAddressModeClampToBorderColor());

        private final long code;

        AddressMode(long code) {
            this.code = code;
        }
    }

    /** The color outside, for {@link AddressMode#CLAMP_TO_BORDER_COLOR}. */
    public enum BorderColor {
        /** (0, 0, 0, 0). */
        TRANSPARENT_BLACK(Mtl.MTLSamplerBorderColorTransparentBlack()),
        /** (0, 0, 0, 1). */
        OPAQUE_BLACK(Mtl.MTLSamplerBorderColorOpaqueBlack()),
        /** (1, 1, 1, 1). */
        OPAQUE_WHITE(Mtl.MTLSamplerBorderColorOpaqueWhite());

        private final long code;

        BorderColor(long code) {
            this.code = code;
        }
    }

    /** What {@code sample_compare} asks: is the reference so, compared with the texel. */
    public enum CompareFunction {
        /** No. */
        NEVER(Mtl.MTLCompareFunctionNever()),
        /** Less. */
        LESS(Mtl.MTLCompareFunctionLess()),
        /** Equal. */
        EQUAL(Mtl.MTLCompareFunctionEqual()),
        /** Less or equal. */
        LESS_EQUAL(Mtl.MTLCompareFunctionLessEqual()),
        /** Greater. */
        GREATER(Mtl.MTLCompareFunctionGreater()),
        /** Not equal. */
        NOT_EQUAL(Mtl.MTLCompareFunctionNotEqual()),
        /** Greater or equal. */
        GREATER_EQUAL(Mtl.MTLCompareFunctionGreaterEqual()),
        /** Yes. */
        ALWAYS(Mtl.MTLCompareFunctionAlways());

        private final long code;

        CompareFunction(long code) {
            this.code = code;
        }
    }

    private Filter magFilter = Filter.NEAREST;
    private Filter minFilter = Filter.NEAREST;
    private MipFilter mipFilter = MipFilter.NOT_MIPMAPPED;
    private AddressMode sAddressMode = AddressMode.CLAMP_TO_EDGE;
    private AddressMode tAddressMode = AddressMode.CLAMP_TO_EDGE;
    private AddressMode rAddressMode = AddressMode.CLAMP_TO_EDGE;
    private BorderColor borderColor = BorderColor.TRANSPARENT_BLACK;
    private CompareFunction compareFunction = CompareFunction.NEVER;
    private boolean normalizedCoordinates = true;
    private int maxAnisotropy = 1;
    private float lodMinClamp;
    private float lodMaxClamp = Float.MAX_VALUE;
    private String label = "";

    private MetalSamplerDescriptor() {}

    /** Metal's defaults. */
    public static MetalSamplerDescriptor defaults() {
        return new MetalSamplerDescriptor();
    }

    private MetalSamplerDescriptor copy() {
        var copy = new MetalSamplerDescriptor();
        copy.magFilter = magFilter;
        copy.minFilter = minFilter;
        copy.mipFilter = mipFilter;
        copy.sAddressMode = sAddressMode;
        copy.tAddressMode = tAddressMode;
        copy.rAddressMode = rAddressMode;
        copy.borderColor = borderColor;
        copy.compareFunction = compareFunction;
        copy.normalizedCoordinates = normalizedCoordinates;
        copy.maxAnisotropy = maxAnisotropy;
        copy.lodMinClamp = lodMinClamp;
        copy.lodMaxClamp = lodMaxClamp;
        copy.label = label;
        return copy;
    }

    /** A copy with one filter, whether texels are larger or smaller than samples. */
    public MetalSamplerDescriptor withFilter(Filter filter) {
        return withFilters(filter, filter);
    }

    /**
     * A copy with two filters.
     *
     * @param magnifying used where texels are larger than samples
     * @param minifying used where they are smaller
     */
    public MetalSamplerDescriptor withFilters(Filter magnifying, Filter minifying) {
        var copy = copy();
        copy.magFilter = Objects.requireNonNull(magnifying, "magnifying");
        copy.minFilter = Objects.requireNonNull(minifying, "minifying");
        return copy;
    }

    /** A copy with a filter between mipmap levels. */
    public MetalSamplerDescriptor withMipFilter(MipFilter filter) {
        var copy = copy();
        copy.mipFilter = Objects.requireNonNull(filter, "filter");
        return copy;
    }

    /** A copy with one address mode in all dimensions. */
    public MetalSamplerDescriptor withAddressMode(AddressMode mode) {
        return withAddressModes(mode, mode, mode);
    }

    /** A copy with an address mode for each dimension: along x, y and z. */
    public MetalSamplerDescriptor withAddressModes(AddressMode s, AddressMode t, AddressMode r) {
        var copy = copy();
        copy.sAddressMode = Objects.requireNonNull(s, "s");
        copy.tAddressMode = Objects.requireNonNull(t, "t");
        copy.rAddressMode = Objects.requireNonNull(r, "r");
        return copy;
    }

    /** A copy with a color for {@link AddressMode#CLAMP_TO_BORDER_COLOR}. */
    public MetalSamplerDescriptor withBorderColor(BorderColor color) {
        var copy = copy();
        copy.borderColor = Objects.requireNonNull(color, "color");
        return copy;
    }

    /** A copy with a function for {@code sample_compare}. */
    public MetalSamplerDescriptor withCompareFunction(CompareFunction function) {
        var copy = copy();
        copy.compareFunction = Objects.requireNonNull(function, "function");
        return copy;
    }

    /** A copy whose coordinates count texels, in place of spanning the texture from 0 to 1. */
    public MetalSamplerDescriptor withPixelCoordinates() {
        var copy = copy();
        copy.normalizedCoordinates = false;
        return copy;
    }

    /**
     * A copy that may take so many samples where a texel is seen at an angle.
     *
     * @throws IllegalArgumentException if the number is not in 1..16
     */
    public MetalSamplerDescriptor withMaxAnisotropy(int samples) {
        if (samples < 1 || samples > MOST_ANISOTROPY) {
            throw new IllegalArgumentException("maxAnisotropy not in 1.." + MOST_ANISOTROPY + ": " + samples);
        }
        var copy = copy();
        copy.maxAnisotropy = samples;
        return copy;
    }

    /**
     * A copy that keeps the level of detail in a range.
     *
     * @throws IllegalArgumentException if the least is below 0, or the greatest below the least
     */
    public MetalSamplerDescriptor withLodClamp(float least, float greatest) {
        if (!(least >= 0 && greatest >= least)) {
            throw new IllegalArgumentException("not 0 <= least <= greatest: " + least + ", " + greatest);
        }
        var copy = copy();
        copy.lodMinClamp = least;
        copy.lodMaxClamp = greatest;
        return copy;
    }

    /** A copy with a name for tools and messages. */
    public MetalSamplerDescriptor withLabel(String name) {
        var copy = copy();
        copy.label = Objects.requireNonNull(name, "name");
        return copy;
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return label;
    }

    /** The rules of coordinates that count texels (Metal Shading Language Specification, 2.10). */
    private void requireLegal() {
        boolean repeats = repeats(sAddressMode) || repeats(tAddressMode) || repeats(rAddressMode);
        boolean plain = mipFilter == MipFilter.NOT_MIPMAPPED && magFilter == minFilter && !repeats;
        if (!normalizedCoordinates && !plain) {
            throw new IllegalArgumentException(
                    "coordinates that count texels take one filter, no mipmaps, and address modes that clamp: " + this);
        }
    }

    private static boolean repeats(AddressMode mode) {
        return mode == AddressMode.REPEAT
                || mode == AddressMode.MIRROR_REPEAT
                || mode == AddressMode.MIRROR_CLAMP_TO_EDGE;
    }

    private interface SetLong {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, long value);
    }

    private interface SetFloat {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, float value);
    }

    private interface SetBoolean {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, boolean value);
    }

    /** An {@code MTLSamplerDescriptor}, which the caller closes. Inside a pool. */
    Retained toObject(ObjectiveC objc) {
        requireLegal();
        var made = NSObject.make(objc, "MTLSamplerDescriptor");
        set(made, SET_MAG, MTLSamplerDescriptor_setMagFilter::invoke, magFilter.code);
        set(made, SET_MIN, MTLSamplerDescriptor_setMinFilter::invoke, minFilter.code);
        set(made, SET_MIP, MTLSamplerDescriptor_setMipFilter::invoke, mipFilter.code);
        set(made, SET_S, MTLSamplerDescriptor_setSAddressMode::invoke, sAddressMode.code);
        set(made, SET_T, MTLSamplerDescriptor_setTAddressMode::invoke, tAddressMode.code);
        set(made, SET_R, MTLSamplerDescriptor_setRAddressMode::invoke, rAddressMode.code);
        set(made, SET_BORDER, MTLSamplerDescriptor_setBorderColor::invoke, borderColor.code);
        set(made, SET_COMPARE, MTLSamplerDescriptor_setCompareFunction::invoke, compareFunction.code);
        set(made, SET_ANISOTROPY, MTLSamplerDescriptor_setMaxAnisotropy::invoke, maxAnisotropy);
        setFloat(made, SET_LOD_MIN, MTLSamplerDescriptor_setLodMinClamp::invoke, lodMinClamp);
        setFloat(made, SET_LOD_MAX, MTLSamplerDescriptor_setLodMaxClamp::invoke, lodMaxClamp);
        setFlag(made, SET_NORMALIZED, MTLSamplerDescriptor_setNormalizedCoordinates::invoke, normalizedCoordinates);
        setFlag(made, SET_ARGUMENTS, MTLSamplerDescriptor_setSupportArgumentBuffers::invoke, true);
        if (!label.isEmpty()) {
            try (var text = NSString.of(objc, label)) {
                var send = objc.bind(SET_LABEL);
                MTLSamplerDescriptor_setLabel.invoke(send.function(), made.id(), send.selector(), text.id());
            }
        }
        return made;
    }

    private static void set(Retained object, Message message, SetLong type, long value) {
        var send = object.objectiveC().bind(message);
        type.send(send.function(), object.id(), send.selector(), value);
    }

    private static void setFloat(Retained object, Message message, SetFloat type, float value) {
        var send = object.objectiveC().bind(message);
        type.send(send.function(), object.id(), send.selector(), value);
    }

    private static void setFlag(Retained object, Message message, SetBoolean type, boolean value) {
        var send = object.objectiveC().bind(message);
        type.send(send.function(), object.id(), send.selector(), value);
    }

    @Override
    public String toString() {
        return "MetalSamplerDescriptor[" + magFilter + ", " + minFilter + ", " + mipFilter + ", " + sAddressMode + ", "
                + tAddressMode + ", " + rAddressMode + (normalizedCoordinates ? "" : ", pixel coordinates") + "]";
    }
}
