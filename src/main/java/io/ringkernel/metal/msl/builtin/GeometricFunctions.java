package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_geometric} and {@code metal_matrix} on floats (MSL specification, 6.7 and 6.8), for two to four
 * components.
 *
 * <p>Where the result is a vector, a method computes one of its components: it takes the operands' components at that
 * place first, then all components of the vectors whose dot product it needs. Lengths are computed in double, so that
 * squares neither overflow nor vanish; dot is the float sum from left to right, as if written out in source.
 *
 * <p>A matrix is given column by column. A product of matrices is a dot product per component.
 */
public final class GeometricFunctions {

    private GeometricFunctions() {}

    public static float dot(float x0, float x1, float y0, float y1) {
        return x0 * y0 + x1 * y1;
    }

    public static float dot(float x0, float x1, float x2, float y0, float y1, float y2) {
        return x0 * y0 + x1 * y1 + x2 * y2;
    }

    public static float dot(float x0, float x1, float x2, float x3, float y0, float y1, float y2, float y3) {
        return x0 * y0 + x1 * y1 + x2 * y2 + x3 * y3;
    }

    private static double squares(double x0, double x1) {
        return x0 * x0 + x1 * x1;
    }

    private static double squares(double x0, double x1, double x2) {
        return x0 * x0 + x1 * x1 + x2 * x2;
    }

    private static double squares(double x0, double x1, double x2, double x3) {
        return x0 * x0 + x1 * x1 + x2 * x2 + x3 * x3;
    }

    public static float length(float x0, float x1) {
        return (float) Math.sqrt(squares(x0, x1));
    }

    public static float length(float x0, float x1, float x2) {
        return (float) Math.sqrt(squares(x0, x1, x2));
    }

    public static float length(float x0, float x1, float x2, float x3) {
        return (float) Math.sqrt(squares(x0, x1, x2, x3));
    }

    public static float lengthSquared(float x0, float x1) {
        return dot(x0, x1, x0, x1);
    }

    public static float lengthSquared(float x0, float x1, float x2) {
        return dot(x0, x1, x2, x0, x1, x2);
    }

    public static float lengthSquared(float x0, float x1, float x2, float x3) {
        return dot(x0, x1, x2, x3, x0, x1, x2, x3);
    }

    public static float distance(float x0, float x1, float y0, float y1) {
        return length(x0 - y0, x1 - y1);
    }

    public static float distance(float x0, float x1, float x2, float y0, float y1, float y2) {
        return length(x0 - y0, x1 - y1, x2 - y2);
    }

    public static float distance(float x0, float x1, float x2, float x3, float y0, float y1, float y2, float y3) {
        return length(x0 - y0, x1 - y1, x2 - y2, x3 - y3);
    }

    public static float distanceSquared(float x0, float x1, float y0, float y1) {
        return lengthSquared(x0 - y0, x1 - y1);
    }

    public static float distanceSquared(float x0, float x1, float x2, float y0, float y1, float y2) {
        return lengthSquared(x0 - y0, x1 - y1, x2 - y2);
    }

    public static float distanceSquared(
            float x0, float x1, float x2, float x3, float y0, float y1, float y2, float y3) {
        return lengthSquared(x0 - y0, x1 - y1, x2 - y2, x3 - y3);
    }

    /** The component between those that {@code Next} and {@code Last} name, in cyclic order. */
    public static float cross(float xNext, float yLast, float xLast, float yNext) {
        return xNext * yLast - xLast * yNext;
    }

    public static float normalize(float x, float x0, float x1) {
        return (float) (x / Math.sqrt(squares(x0, x1)));
    }

    public static float normalize(float x, float x0, float x1, float x2) {
        return (float) (x / Math.sqrt(squares(x0, x1, x2)));
    }

    public static float normalize(float x, float x0, float x1, float x2, float x3) {
        return (float) (x / Math.sqrt(squares(x0, x1, x2, x3)));
    }

    public static float faceforward(float n, float i0, float i1, float r0, float r1) {
        return dot(r0, r1, i0, i1) < 0 ? n : -n;
    }

    public static float faceforward(float n, float i0, float i1, float i2, float r0, float r1, float r2) {
        return dot(r0, r1, r2, i0, i1, i2) < 0 ? n : -n;
    }

    public static float faceforward(
            float n, float i0, float i1, float i2, float i3, float r0, float r1, float r2, float r3) {
        return dot(r0, r1, r2, r3, i0, i1, i2, i3) < 0 ? n : -n;
    }

    /** The specification normalises the surface orientation first, which divides twice by its length. */
    public static float reflect(float i, float n, float i0, float i1, float n0, float n1) {
        return reflect(i, n, (double) i0 * n0 + (double) i1 * n1, squares(n0, n1));
    }

    public static float reflect(float i, float n, float i0, float i1, float i2, float n0, float n1, float n2) {
        return reflect(i, n, (double) i0 * n0 + (double) i1 * n1 + (double) i2 * n2, squares(n0, n1, n2));
    }

    public static float reflect(
            float i, float n, float i0, float i1, float i2, float i3, float n0, float n1, float n2, float n3) {
        return reflect(
                i,
                n,
                (double) i0 * n0 + (double) i1 * n1 + (double) i2 * n2 + (double) i3 * n3,
                squares(n0, n1, n2, n3));
    }

    private static float reflect(float i, float n, double dot, double squaredLength) {
        return (float) (i - 2 * dot * n / squaredLength);
    }

    public static float refract(float i, float n, float i0, float i1, float n0, float n1, float eta) {
        return refract(i, n, dot(n0, n1, i0, i1), eta);
    }

    public static float refract(
            float i, float n, float i0, float i1, float i2, float n0, float n1, float n2, float eta) {
        return refract(i, n, dot(n0, n1, n2, i0, i1, i2), eta);
    }

    public static float refract(
            float i,
            float n,
            float i0,
            float i1,
            float i2,
            float i3,
            float n0,
            float n1,
            float n2,
            float n3,
            float eta) {
        return refract(i, n, dot(n0, n1, n2, n3, i0, i1, i2, i3), eta);
    }

    private static float refract(float i, float n, double dot, double eta) {
        var k = 1 - eta * eta * (1 - dot * dot);
        return k < 0 ? 0 : (float) (eta * i - (eta * dot + Math.sqrt(k)) * n);
    }

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
            float a0,
            float a1,
            float a2,
            float a3,
            float b0,
            float b1,
            float b2,
            float b3,
            float c0,
            float c1,
            float c2,
            float c3,
            float d0,
            float d1,
            float d2,
            float d3) {
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
