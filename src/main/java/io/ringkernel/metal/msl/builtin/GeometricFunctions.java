package io.ringkernel.metal.msl.builtin;

/**
 * {@code metal_geometric} on floats (MSL specification, 6.7), for two to four components.
 *
 * <p>Where the result is a vector, a method computes one of its components: it takes the operands' components at that place
 * first, then all components of the vectors whose dot product it needs. Lengths are computed in double, so that squares
 * neither overflow nor vanish; dot is the float sum from left to right, as if written out in source.
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

    public static float distance(
            float x0, float x1, float x2, float x3, float y0, float y1, float y2, float y3) {
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

    public static float reflect(
            float i, float n, float i0, float i1, float i2, float n0, float n1, float n2) {
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
            float i, float n, float i0, float i1, float i2, float i3, float n0, float n1, float n2, float n3, float eta) {
        return refract(i, n, dot(n0, n1, n2, n3, i0, i1, i2, i3), eta);
    }

    private static float refract(float i, float n, double dot, double eta) {
        var k = 1 - eta * eta * (1 - dot * dot);
        return k < 0 ? 0 : (float) (eta * i - (eta * dot + Math.sqrt(k)) * n);
    }
}
