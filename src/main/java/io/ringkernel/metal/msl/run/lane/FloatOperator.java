package io.ringkernel.metal.msl.run.lane;

/** Combines two floats, which stand for halves in the operators named so. */
interface FloatOperator {

    float apply(float a, float b);

    static float sumHalf(float a, float b) {
        return Float.float16ToFloat(Float.floatToFloat16(a + b));
    }

    static float productHalf(float a, float b) {
        return Float.float16ToFloat(Float.floatToFloat16(a * b));
    }
}
