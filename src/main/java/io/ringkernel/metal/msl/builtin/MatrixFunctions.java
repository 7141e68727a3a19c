package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_matrix} on floats (MSL specification, 6.8). A matrix is given column by column. Products of matrices are
 * {@link GeometricFunctions}'s dot products.
 */
public final class MatrixFunctions {

    private MatrixFunctions() {}

    /** The component itself: what transposition moves. */
    public static float element(float x) {
        return x;
    }

    /** One component of a matrix times a scalar. */
    public static float multiply(float x, float y) {
        return x * y;
    }

    public static float determinant(float a0, float a1, float b0, float b1) {
        return (float) ((double) a0 * b1 - (double) b0 * a1);
    }

    /** Summed in double: the terms cancel. */
    public static float determinant(
            float a0, float a1, float a2, float b0, float b1, float b2, float c0, float c1, float c2) {
        return (float) determinant3(a0, a1, a2, b0, b1, b2, c0, c1, c2);
    }

    /** Summed in double: the terms cancel. */
    public static float determinant(
            float a0, float a1, float a2, float a3, float b0, float b1, float b2, float b3,
            float c0, float c1, float c2, float c3, float d0, float d1, float d2, float d3) {
        return (float) (a0 * determinant3(b1, b2, b3, c1, c2, c3, d1, d2, d3)
                - b0 * determinant3(a1, a2, a3, c1, c2, c3, d1, d2, d3)
                + c0 * determinant3(a1, a2, a3, b1, b2, b3, d1, d2, d3)
                - d0 * determinant3(a1, a2, a3, b1, b2, b3, c1, c2, c3));
    }

    private static double determinant3(
            double a0, double a1, double a2, double b0, double b1, double b2, double c0, double c1, double c2) {
        return a0 * (b1 * c2 - c1 * b2) - b0 * (a1 * c2 - c1 * a2) + c0 * (a1 * b2 - b1 * a2);
    }
}
