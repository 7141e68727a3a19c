package io.ringkernel.metal.examples.picture;

/**
 * Smooth noise on an integer lattice, and sums of its octaves. Only exactly rounded operations are used, so that every
 * machine computes the same values.
 */
final class Noise {

    /** A rotation by the angle of the 3-4-5 triangle: it turns each octave's lattice away from the one before. */
    private static final double COSINE = 0.8;

    private static final double SINE = 0.6;

    private Noise() {}

    /** A value in 0..1 that belongs to one lattice point. */
    static double lattice(int x, int y) {
        int hash = x * 0x27d4eb2d ^ y * 0x165667b1;
        hash = (hash ^ hash >>> 15) * 0x2c1b3c6d;
        hash = (hash ^ hash >>> 12) * 0x297a2d39;
        return ((hash ^ hash >>> 15) >>> 8) / (double) (1 << 24);
    }

    /** The noise at a point, in 0..1, with its slope in both directions. */
    record Sample(double value, double slopeX, double slopeY) {

        static Sample at(double x, double y) {
            double floorX = Math.floor(x);
            double floorY = Math.floor(y);
            int cellX = (int) floorX;
            int cellY = (int) floorY;
            double u = x - floorX;
            double v = y - floorY;
            double a = lattice(cellX, cellY);
            double b = lattice(cellX + 1, cellY) - a;
            double c = lattice(cellX, cellY + 1) - a;
            double d = lattice(cellX + 1, cellY + 1) - a - b - c;
            double easedU = ease(u);
            double easedV = ease(v);
            return new Sample(
                    a + b * easedU + c * easedV + d * easedU * easedV,
                    easeSlope(u) * (b + d * easedV),
                    easeSlope(v) * (c + d * easedU));
        }

        private static double ease(double t) {
            return t * t * t * (t * (t * 6 - 15) + 10);
        }

        private static double easeSlope(double t) {
            return 30 * t * t * (t * (t - 2) + 1);
        }
    }

    /** Octaves of noise, each half as high and twice as fine as the one before; in 0..2. */
    static double octaves(double x, double y, int count) {
        double sum = 0;
        double weight = 1;
        for (int i = 0; i < count; i++) {
            sum += weight * Sample.at(x, y).value();
            weight /= 2;
            double turned = 2 * (COSINE * x + SINE * y);
            y = 2 * (COSINE * y - SINE * x);
            x = turned;
        }
        return sum;
    }

    /** As {@link #octaves}, but steep places take less of the finer octaves: ridges stay sharp, valleys get smooth. */
    static double eroded(double x, double y, int count) {
        double sum = 0;
        double weight = 1;
        double slopeX = 0;
        double slopeY = 0;
        for (int i = 0; i < count; i++) {
            Sample sample = Sample.at(x, y);
            slopeX += sample.slopeX();
            slopeY += sample.slopeY();
            sum += weight * sample.value() / (1 + slopeX * slopeX + slopeY * slopeY);
            weight /= 2;
            double turned = 2 * (COSINE * x + SINE * y);
            y = 2 * (COSINE * y - SINE * x);
            x = turned;
        }
        return sum;
    }
}
