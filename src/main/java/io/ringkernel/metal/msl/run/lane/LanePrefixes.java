package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.Lanes;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Prefix operations: each running lane gets the combination of those before it in its group, with itself (inclusive) or
 * without (exclusive). Narrow integers are cut to their width by the caller.
 */
public final class LanePrefixes {

    private LanePrefixes() {}

    public static void inclusiveSum(int[] waiting, int count, int width, int[] in, int[] out) {
        scan(waiting, count, width, 0, Integer::sum, in, null, out);
    }

    public static void inclusiveSum(int[] waiting, int count, int width, long[] in, long[] out) {
        scan(waiting, count, width, 0, Long::sum, in, null, out);
    }

    public static void inclusiveSum(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 0, Float::sum, in, null, out);
    }

    public static void inclusiveSumHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 0, FloatOperator::sumHalf, in, null, out);
    }

    public static void exclusiveSum(int[] waiting, int count, int width, int[] in, int[] out) {
        scan(waiting, count, width, 0, Integer::sum, in, out, null);
    }

    public static void exclusiveSum(int[] waiting, int count, int width, long[] in, long[] out) {
        scan(waiting, count, width, 0, Long::sum, in, out, null);
    }

    public static void exclusiveSum(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 0, Float::sum, in, out, null);
    }

    public static void exclusiveSumHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 0, FloatOperator::sumHalf, in, out, null);
    }

    public static void inclusiveProduct(int[] waiting, int count, int width, int[] in, int[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, null, out);
    }

    public static void inclusiveProduct(int[] waiting, int count, int width, long[] in, long[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, null, out);
    }

    public static void inclusiveProduct(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, null, out);
    }

    public static void inclusiveProductHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 1, FloatOperator::productHalf, in, null, out);
    }

    public static void exclusiveProduct(int[] waiting, int count, int width, int[] in, int[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, out, null);
    }

    public static void exclusiveProduct(int[] waiting, int count, int width, long[] in, long[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, out, null);
    }

    public static void exclusiveProduct(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 1, (a, b) -> a * b, in, out, null);
    }

    public static void exclusiveProductHalf(int[] waiting, int count, int width, float[] in, float[] out) {
        scan(waiting, count, width, 1, FloatOperator::productHalf, in, out, null);
    }

    /** {@code before} takes what each lane finds, {@code after} what it leaves; one of them is null. */
    private static void scan(
            int[] waiting,
            int count,
            int width,
            int start,
            IntBinaryOperator operator,
            int[] in,
            int[] before,
            int[] after) {
        for (int from = 0; from < count; from += width) {
            var total = start;
            for (int i = from; i < Math.min(count, from + width); i++) {
                if (Lanes.runs(waiting, i)) {
                    put(before, i, total);
                    total = operator.applyAsInt(total, in[i]);
                    put(after, i, total);
                }
            }
        }
    }

    private static void scan(
            int[] waiting,
            int count,
            int width,
            long start,
            LongBinaryOperator operator,
            long[] in,
            long[] before,
            long[] after) {
        for (int from = 0; from < count; from += width) {
            var total = start;
            for (int i = from; i < Math.min(count, from + width); i++) {
                if (Lanes.runs(waiting, i)) {
                    put(before, i, total);
                    total = operator.applyAsLong(total, in[i]);
                    put(after, i, total);
                }
            }
        }
    }

    private static void scan(
            int[] waiting,
            int count,
            int width,
            float start,
            FloatOperator operator,
            float[] in,
            float[] before,
            float[] after) {
        for (int from = 0; from < count; from += width) {
            var total = start;
            for (int i = from; i < Math.min(count, from + width); i++) {
                if (Lanes.runs(waiting, i)) {
                    put(before, i, total);
                    total = operator.apply(total, in[i]);
                    put(after, i, total);
                }
            }
        }
    }

    private static void put(int[] values, int lane, int value) {
        if (values != null) {
            values[lane] = value;
        }
    }

    private static void put(long[] values, int lane, long value) {
        if (values != null) {
            values[lane] = value;
        }
    }

    private static void put(float[] values, int lane, float value) {
        if (values != null) {
            values[lane] = value;
        }
    }
}
