package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.Lanes;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Reductions over the running lanes of each group, lane by lane in order; every one of them gets the result. The
 * specification leaves the order of float operations open. Narrow integers are cut to their width by the caller.
 */
public final class LaneReductions {

    private LaneReductions() {}

    public static void sum(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, Integer::sum, in, out);
    }

    public static void sum(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, Long::sum, in, out);
    }

    public static void sum(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, Float::sum, in, out);
    }

    public static void sumHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, FloatOperator::sumHalf, in, out);
    }

    public static void product(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> a * b, in, out);
    }

    public static void product(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> a * b, in, out);
    }

    public static void product(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, (a, b) -> a * b, in, out);
    }

    public static void productHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, FloatOperator::productHalf, in, out);
    }

    public static void min(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, Math::min, in, out);
    }

    public static void min(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, Math::min, in, out);
    }

    public static void minUnsigned(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> Integer.compareUnsigned(a, b) < 0 ? a : b, in, out);
    }

    public static void minUnsigned(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b, in, out);
    }

    /** A NaN is left out, as {@code fmin} does. */
    public static void min(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, (a, b) -> b < a || Float.isNaN(a) ? b : a, in, out);
    }

    public static void max(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, Math::max, in, out);
    }

    public static void max(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, Math::max, in, out);
    }

    public static void maxUnsigned(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b, in, out);
    }

    public static void maxUnsigned(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> Long.compareUnsigned(a, b) > 0 ? a : b, in, out);
    }

    /** A NaN is left out, as {@code fmax} does. */
    public static void max(int[] waiting, int count, int width, float[] in, float[] out) {
        reduce(waiting, count, width, (a, b) -> b > a || Float.isNaN(a) ? b : a, in, out);
    }

    public static void and(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> a & b, in, out);
    }

    public static void and(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> a & b, in, out);
    }

    public static void or(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> a | b, in, out);
    }

    public static void or(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> a | b, in, out);
    }

    public static void xor(int[] waiting, int count, int width, int[] in, int[] out) {
        reduce(waiting, count, width, (a, b) -> a ^ b, in, out);
    }

    public static void xor(int[] waiting, int count, int width, long[] in, long[] out) {
        reduce(waiting, count, width, (a, b) -> a ^ b, in, out);
    }

    private static void reduce(int[] waiting, int count, int width, IntBinaryOperator operator, int[] in, int[] out) {
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            var first = Lanes.first(waiting, from, to);
            if (first < to) {
                var total = in[first];
                for (int i = first + 1; i < to; i++) {
                    total = Lanes.runs(waiting, i) ? operator.applyAsInt(total, in[i]) : total;
                }
                for (int i = first; i < to; i++) {
                    out[i] = Lanes.runs(waiting, i) ? total : out[i];
                }
            }
        }
    }

    private static void reduce(
            int[] waiting, int count, int width, LongBinaryOperator operator, long[] in, long[] out) {
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            var first = Lanes.first(waiting, from, to);
            if (first < to) {
                var total = in[first];
                for (int i = first + 1; i < to; i++) {
                    total = Lanes.runs(waiting, i) ? operator.applyAsLong(total, in[i]) : total;
                }
                for (int i = first; i < to; i++) {
                    out[i] = Lanes.runs(waiting, i) ? total : out[i];
                }
            }
        }
    }

    private static void reduce(int[] waiting, int count, int width, FloatOperator operator, float[] in, float[] out) {
        for (int from = 0; from < count; from += width) {
            var to = Math.min(count, from + width);
            var first = Lanes.first(waiting, from, to);
            if (first < to) {
                var total = in[first];
                for (int i = first + 1; i < to; i++) {
                    total = Lanes.runs(waiting, i) ? operator.apply(total, in[i]) : total;
                }
                for (int i = first; i < to; i++) {
                    out[i] = Lanes.runs(waiting, i) ? total : out[i];
                }
            }
        }
    }
}
