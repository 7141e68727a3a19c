package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;

/**
 * The one or two texels that a coordinate takes along one dimension (MSL specification, section 2.10; Vulkan
 * specification, "Texel Coordinate Systems"). Mutable, so that sampling allocates nothing.
 */
final class Axis {
    /** An index outside, with {@code clamp_to_zero} or {@code clamp_to_border}. */
    static final int ZERO = -1;

    static final int BORDER = -2;

    /** Any more is the same after every address mode but repetition, which floats do not resolve there. */
    private static final double FARTHEST = 1 << 30;

    int first;
    int second;
    /** The weight of the second; 0 when there is one texel. */
    double fraction;

    /** The only texel of a dimension that the texture lacks. */
    void none() {
        first = 0;
        second = 0;
        fraction = 0;
    }

    /** The nearest texel to a position in texels. */
    void nearest(double position, int offset, int size, AddressMode mode) {
        first = index(floor(position) + offset, size, mode);
        second = first;
        fraction = 0;
    }

    /** The two texels that a position in texels lies between. */
    void linear(double position, int offset, int size, AddressMode mode) {
        double left = clamp(position - 0.5);
        int index = floor(left);
        fraction = left - index;
        first = index(index + offset, size, mode);
        second = index(index + 1 + offset, size, mode);
    }

    private static double clamp(double position) {
        return Double.isNaN(position) ? 0 : Math.clamp(position, -FARTHEST, FARTHEST);
    }

    static int floor(double position) {
        return (int) Math.floor(clamp(position));
    }

    private static int index(int index, int size, AddressMode mode) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (mode) {
            case CLAMP_TO_EDGE -> index < 0 ? 0 : size - 1;
            case MIRROR_CLAMP_TO_EDGE -> Math.min(index >= 0 ? index : -1 - index, size - 1);
            case REPEAT -> Math.floorMod(index, size);
            case MIRRORED_REPEAT -> {
                int turn = Math.floorMod(index, 2 * size);
                yield turn < size ? turn : 2 * size - 1 - turn;
            }
            case CLAMP_TO_ZERO -> ZERO;
            case CLAMP_TO_BORDER -> BORDER;
        };
    }
}
