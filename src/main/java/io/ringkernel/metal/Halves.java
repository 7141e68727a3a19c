package io.ringkernel.metal;

/** Floats as MSL's {@code half}, and back. */
final class Halves {
    private Halves() {}

    static short[] of(float... values) {
        var halves = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            halves[i] = Float.floatToFloat16(values[i]);
        }
        return halves;
    }

    static float[] toFloats(short... halves) {
        var values = new float[halves.length];
        for (int i = 0; i < halves.length; i++) {
            values[i] = Float.float16ToFloat(halves[i]);
        }
        return values;
    }
}
