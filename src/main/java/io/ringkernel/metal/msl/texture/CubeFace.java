package io.ringkernel.metal.msl.texture;

/**
 * A direction as a position on a face of a cube (MSL specification, table 6.22; Vulkan specification, "Cube Map Face
 * Selection"). Mutable, so that sampling allocates nothing.
 */
final class CubeFace {
    int face;
    /** The position on the face, 0 to 1. */
    double s;

    double t;

    /** The components along the face and towards it. */
    private double along;

    private double across;
    private double major;

    /** Finds the face that a direction points at, and where. */
    void point(double x, double y, double z) {
        double absX = Math.abs(x);
        double absY = Math.abs(y);
        double absZ = Math.abs(z);
        if (absX >= absY && absX >= absZ) {
            face = x < 0 ? 1 : 0;
        } else if (absY >= absZ) {
            face = y < 0 ? 3 : 2;
        } else {
            face = z < 0 ? 5 : 4;
        }
        project(x, y, z);
        s = (along / major + 1) / 2;
        t = (across / major + 1) / 2;
    }

    private void project(double x, double y, double z) {
        along = switch (face) {
            case 0 -> -z;
            case 1 -> z;
            case 5 -> -x;
            default -> x;
        };
        across = switch (face) {
            case 2 -> z;
            case 3 -> -z;
            default -> -y;
        };
        major = Math.abs(face < 2 ? x : face < 4 ? y : z);
    }

    /** Points at a position of a face, which may be a little outside of it: then it is on the next face. */
    void pointAt(int from, double atS, double atT) {
        double sc = 2 * atS - 1;
        double tc = 2 * atT - 1;
        switch (from) {
            case 0 -> point(1, -tc, -sc);
            case 1 -> point(-1, -tc, sc);
            case 2 -> point(sc, 1, tc);
            case 3 -> point(sc, -1, -tc);
            case 4 -> point(sc, -tc, 1);
            default -> point(-sc, -tc, -1);
        }
    }

    /** The square of how far a texel moves on a face of {@code size} texels when the direction changes. */
    double squaredMove(double dx, double dy, double dz, int size) {
        double sc = along;
        double tc = across;
        double ma = major;
        project(dx, dy, dz);
        double towards = face == 0 ? dx : face == 1 ? -dx : face == 2 ? dy : face == 3 ? -dy : face == 4 ? dz : -dz;
        double ds = (along - sc / ma * towards) / (2 * ma) * size;
        double dt = (across - tc / ma * towards) / (2 * ma) * size;
        along = sc;
        across = tc;
        major = ma;
        return ds * ds + dt * dt;
    }
}
