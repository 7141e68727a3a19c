package io.ringkernel.metal.msl.builtin;

/** {@code metal_common} on floats (MSL specification, 6.2). */
public final class CommonFunctions {

    private CommonFunctions() {}

    public static float clamp(float x, float low, float high) {
        return MathFunctions.fmin(MathFunctions.fmax(x, low), high);
    }

    public static float mix(float x, float y, float a) {
        return x + (y - x) * a;
    }

    /** NaN gives 0, as clamp's formula has it. */
    public static float saturate(float x) {
        return clamp(x, 0, 1);
    }

    /** 1, -1, or x itself if it is a zero; NaN gives 0. */
    public static float sign(float x) {
        if (x > 0) {
            return 1;
        }
        if (x < 0) {
            return -1;
        }
        return x == 0 ? x : 0;
    }

    public static float smoothstep(float edge0, float edge1, float x) {
        var t = saturate((x - edge0) / (edge1 - edge0));
        return t * t * (3 - 2 * t);
    }

    public static float step(float edge, float x) {
        return x < edge ? 0 : 1;
    }
}
