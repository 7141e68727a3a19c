package io.ringkernel.metal.msl.texture;

import java.util.List;

/**
 * How a texture is sampled (MSL specification, section 2.10; {@code MTLSamplerDescriptor}). The enumerations are in the
 * order of Metal's values.
 *
 * @param normalized whether coordinates run from 0 to 1 over the texture, and not over its texels
 * @param addressModes of the three coordinates
 * @param maxAnisotropy 1 to 16
 * @param lodMinClamp the least level of detail, counted from the texture's first level
 * @param lodBias is added to the level of detail
 */
public record SamplerState(
        boolean normalized,
        List<AddressMode> addressModes,
        BorderColor borderColor,
        Filters filters,
        CompareFunction compareFunction,
        int maxAnisotropy,
        float lodMinClamp,
        float lodMaxClamp,
        float lodBias,
        Reduction reduction) {

    /** What Metal's descriptors and MSL's constructor begin with. */
    public static final SamplerState DEFAULT = new SamplerState(
            true,
            List.of(AddressMode.CLAMP_TO_EDGE, AddressMode.CLAMP_TO_EDGE, AddressMode.CLAMP_TO_EDGE),
            BorderColor.TRANSPARENT_BLACK,
            new Filters(Filter.NEAREST, Filter.NEAREST, MipFilter.NONE),
            CompareFunction.NEVER,
            1,
            0,
            Float.MAX_VALUE,
            0,
            Reduction.WEIGHTED_AVERAGE);

    /** What lies outside of a texture. */
    public enum AddressMode {
        CLAMP_TO_EDGE,
        MIRROR_CLAMP_TO_EDGE,
        REPEAT,
        MIRRORED_REPEAT,
        CLAMP_TO_ZERO,
        CLAMP_TO_BORDER
    }

    /** The colour outside with {@link AddressMode#CLAMP_TO_BORDER}. */
    public enum BorderColor {
        TRANSPARENT_BLACK,
        OPAQUE_BLACK,
        OPAQUE_WHITE
    }

    /** Between the texels of a level. */
    public enum Filter {
        NEAREST,
        LINEAR
    }

    /** Between levels. */
    public enum MipFilter {
        NONE,
        NEAREST,
        LINEAR
    }

    /** The filters when a texture is made smaller, larger, and between its levels. */
    public record Filters(Filter minification, Filter magnification, MipFilter mip) {}

    /** How a reference value is compared with a texel: {@code reference OP texel}. */
    public enum CompareFunction {
        NEVER,
        LESS,
        EQUAL,
        LESS_EQUAL,
        GREATER,
        NOT_EQUAL,
        GREATER_EQUAL,
        ALWAYS;

        boolean test(float reference, float texel) {
            return switch (this) {
                case NEVER -> false;
                case LESS -> reference < texel;
                case EQUAL -> reference == texel;
                case LESS_EQUAL -> reference <= texel;
                case GREATER -> reference > texel;
                case NOT_EQUAL -> reference != texel;
                case GREATER_EQUAL -> reference >= texel;
                case ALWAYS -> true;
            };
        }
    }

    /** What becomes of the texels that a filter takes. */
    public enum Reduction {
        WEIGHTED_AVERAGE,
        MINIMUM,
        MAXIMUM
    }

    public SamplerState {
        addressModes = List.copyOf(addressModes);
    }

    /** The same with other filters. */
    public SamplerState withFilters(Filters other) {
        return new SamplerState(
                normalized,
                addressModes,
                borderColor,
                other,
                compareFunction,
                maxAnisotropy,
                lodMinClamp,
                lodMaxClamp,
                lodBias,
                reduction);
    }

    /** The same with other limits of the level of detail. */
    public SamplerState withLodClamp(float minimum, float maximum) {
        return new SamplerState(
                normalized,
                addressModes,
                borderColor,
                filters,
                compareFunction,
                maxAnisotropy,
                minimum,
                maximum,
                lodBias,
                reduction);
    }

    /** Whether every filter is linear, which is when the reduction acts. */
    boolean reduces() {
        return reduction != Reduction.WEIGHTED_AVERAGE
                && filters.minification == Filter.LINEAR
                && filters.magnification == Filter.LINEAR
                && filters.mip == MipFilter.LINEAR;
    }
}
