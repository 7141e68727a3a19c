package io.ringkernel.metal.msl.run;

/**
 * Reductions and prefix operations over the running lanes of each SIMD-group or quad, lane by lane in order;
 * conventions are those of {@link Lanes}. The specification leaves the order of float operations open.
 */
public final class LaneReductions {
    /** What combines two values. */
    public static final int SUM = 0;

    public static final int PRODUCT = 1;
    public static final int MIN = 2;
    public static final int MAX = 3;
    public static final int AND = 4;
    public static final int OR = 5;
    public static final int XOR = 6;
    /** The int types, and how results are brought back to them. */
    public static final int SIGNED_BYTE = 0;

    public static final int UNSIGNED_BYTE = 1;
    public static final int SIGNED_SHORT = 2;
    public static final int UNSIGNED_SHORT = 3;
    public static final int SIGNED_INT = 4;
    public static final int UNSIGNED_INT = 5;
    /** The float types. */
    public static final int SINGLE = 6;

    public static final int HALF = 7;

    private LaneReductions() {}

    /** The combination of all running lanes, to each of them. */
    public static void reduce(int[] waiting, int count, int width, int operation, int type, int[] in, int[] out) {
        for (int from = 0; from < count; from += width) {
            reducePart(waiting, from, Math.min(count, from + width), operation, type, in, out);
        }
    }

    private static void reducePart(int[] waiting, int from, int to, int operation, int type, int[] in, int[] out) {
        var first = Lanes.first(waiting, from, to);
        if (first < 0) {
            return;
        }
        var total = in[first];
        for (int i = first + 1; i < to; i++) {
            if (Lanes.runs(waiting, i)) {
                total = combine(operation, type, total, in[i]);
            }
        }
        for (int i = first; i < to; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = total;
            }
        }
    }

    /** As above for floats. */
    public static void reduce(int[] waiting, int count, int width, int operation, int type, float[] in, float[] out) {
        for (int from = 0; from < count; from += width) {
            reducePart(waiting, from, Math.min(count, from + width), operation, type, in, out);
        }
    }

    private static void reducePart(int[] waiting, int from, int to, int operation, int type, float[] in, float[] out) {
        var first = Lanes.first(waiting, from, to);
        if (first < 0) {
            return;
        }
        var total = in[first];
        for (int i = first + 1; i < to; i++) {
            if (Lanes.runs(waiting, i)) {
                total = combine(operation, type, total, in[i]);
            }
        }
        for (int i = first; i < to; i++) {
            if (Lanes.runs(waiting, i)) {
                out[i] = total;
            }
        }
    }

    /** To each running lane the combination of those before it, and of itself if {@code inclusive} is 1. */
    public static void prefix(
            int[] waiting, int count, int width, int operation, int type, int inclusive, int[] in, int[] out) {
        for (int from = 0; from < count; from += width) {
            var total = operation == PRODUCT ? 1 : 0;
            for (int i = from; i < Math.min(count, from + width); i++) {
                if (Lanes.runs(waiting, i)) {
                    var before = total;
                    total = combine(operation, type, total, in[i]);
                    out[i] = inclusive == 1 ? total : before;
                }
            }
        }
    }

    /** As above for floats. */
    public static void prefix(
            int[] waiting, int count, int width, int operation, int type, int inclusive, float[] in, float[] out) {
        for (int from = 0; from < count; from += width) {
            var total = operation == PRODUCT ? 1f : 0f;
            for (int i = from; i < Math.min(count, from + width); i++) {
                if (Lanes.runs(waiting, i)) {
                    var before = total;
                    total = combine(operation, type, total, in[i]);
                    out[i] = inclusive == 1 ? total : before;
                }
            }
        }
    }

    private static int combine(int operation, int type, int a, int b) {
        var result = switch (operation) {
            case SUM -> a + b;
            case PRODUCT -> a * b;
            case MIN ->
                type == UNSIGNED_INT && Integer.compareUnsigned(a, b) < 0 || type != UNSIGNED_INT && a < b ? a : b;
            case MAX ->
                type == UNSIGNED_INT && Integer.compareUnsigned(a, b) > 0 || type != UNSIGNED_INT && a > b ? a : b;
            case AND -> a & b;
            case OR -> a | b;
            default -> a ^ b;
        };
        return switch (type) {
            case SIGNED_BYTE -> (byte) result;
            case UNSIGNED_BYTE -> result & 0xff;
            case SIGNED_SHORT -> (short) result;
            case UNSIGNED_SHORT -> result & 0xffff;
            default -> result;
        };
    }

    private static float combine(int operation, int type, float a, float b) {
        var result = switch (operation) {
            case SUM -> a + b;
            case PRODUCT -> a * b;
            case MIN -> b < a || Float.isNaN(a) ? b : a;
            default -> b > a || Float.isNaN(a) ? b : a;
        };
        return type == HALF ? Float.float16ToFloat(Float.floatToFloat16(result)) : result;
    }
}
