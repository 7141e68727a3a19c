package io.ringkernel.metal.examples.picture;

/** A direction or place in the scene (x right, y up, z away from the camera), or a colour (red, green, blue). */
record Vec(double x, double y, double z) {

    Vec plus(Vec other) {
        return new Vec(x + other.x, y + other.y, z + other.z);
    }

    Vec times(double factor) {
        return new Vec(x * factor, y * factor, z * factor);
    }

    Vec times(Vec other) {
        return new Vec(x * other.x, y * other.y, z * other.z);
    }

    double dot(Vec other) {
        return x * other.x + y * other.y + z * other.z;
    }

    Vec unit() {
        return times(1 / Math.sqrt(dot(this)));
    }

    /** This at share 0, {@code other} at share 1. */
    Vec mix(Vec other, double share) {
        return times(1 - share).plus(other.times(share));
    }
}
