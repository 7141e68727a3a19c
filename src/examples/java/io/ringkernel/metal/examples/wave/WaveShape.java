package io.ringkernel.metal.examples.wave;

/** A square of {@code tiles} x {@code tiles} square tiles, {@code tileSide} cells along a side. */
record WaveShape(int tiles, int tileSide) {

    /** Below 0.5, where the scheme is stable in two dimensions. */
    static final float SPEED_SQUARED = 0.25f;

    int side() {
        return tiles * tileSide;
    }
}
