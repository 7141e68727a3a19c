package io.ringkernel.metal.msl.builtin;

/** {@code metal_relational} (MSL specification, 6.5); bools are 0 and 1. */
public final class RelationalFunctions {

    private static final float MIN_NORMAL_HALF = 0x1p-14f;

    private RelationalFunctions() {}

    private static int bool(boolean value) {
        return value ? 1 : 0;
    }

    public static int all(int x) {
        return x;
    }

    public static int all(int x, int y) {
        return x & y;
    }

    public static int all(int x, int y, int z) {
        return x & y & z;
    }

    public static int all(int x, int y, int z, int w) {
        return x & y & z & w;
    }

    public static int any(int x) {
        return x;
    }

    public static int any(int x, int y) {
        return x | y;
    }

    public static int any(int x, int y, int z) {
        return x | y | z;
    }

    public static int any(int x, int y, int z, int w) {
        return x | y | z | w;
    }

    public static int isfinite(float x) {
        return bool(Math.abs(x) <= Float.MAX_VALUE);
    }

    public static int isinf(float x) {
        return bool(Math.abs(x) == Float.POSITIVE_INFINITY);
    }

    public static int isnan(float x) {
        return bool(x != x);
    }

    /** Also right for bfloat, whose exponents are those of float. */
    public static int isnormal(float x) {
        var magnitude = Math.abs(x);
        return bool(magnitude >= Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE);
    }

    public static int isnormalHalf(float x) {
        var magnitude = Math.abs(x);
        return bool(magnitude >= MIN_NORMAL_HALF && magnitude <= Float.MAX_VALUE);
    }

    public static int isordered(float x, float y) {
        return bool(x == x && y == y);
    }

    public static int isunordered(float x, float y) {
        return bool(x != x || y != y);
    }

    public static int signbit(float x) {
        return Float.floatToRawIntBits(x) >>> 31;
    }

    public static int not(int x) {
        return x ^ 1;
    }

    public static int select(int ifFalse, int ifTrue, int condition) {
        return condition != 0 ? ifTrue : ifFalse;
    }

    public static long select(long ifFalse, long ifTrue, int condition) {
        return condition != 0 ? ifTrue : ifFalse;
    }

    public static float select(float ifFalse, float ifTrue, int condition) {
        return condition != 0 ? ifTrue : ifFalse;
    }
}
