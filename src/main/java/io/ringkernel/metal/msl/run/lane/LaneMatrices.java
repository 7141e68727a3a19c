package io.ringkernel.metal.msl.run.lane;

import io.ringkernel.metal.msl.run.KernelFault.Kind;
import io.ringkernel.metal.msl.run.Lanes;
import io.ringkernel.metal.msl.run.MemoryFault;

/**
 * Matrices of 8 by 8 floats that a SIMD-group holds together (MSL specification, section 6.7). Lane {@code l} has the
 * elements of row {@code r} in columns {@code c} and {@code c + 1}, the first in one array, the second in another:
 *
 * <pre>
 *   l = 16 * r₂ + 8 * c₂ + 4 * r₁ + 2 * r₀ + c₁     (x₀ is the lowest bit of x)
 *
 *          column  0 1   2 3   4 5   6 7
 *   row 0     lane  0     1     8     9
 *   row 1           2     3    10    11
 *   row 4          16    17    24    25
 * </pre>
 */
public final class LaneMatrices {
    private static final int SIZE = 8;

    private LaneMatrices() {}

    /** The lane that has columns 0 and 1 of a row; the next has 2 and 3, those that follow by 8 have 4 to 7. */
    private static int lane(int row) {
        return (row & 4) << 2 | (row & 3) << 1;
    }

    /** Functions of matrices need all 32 lanes of a SIMD-group, or none. */
    public static void requireWhole(int[] waiting, int count, int width) {
        for (int from = 0; from < count; from += width) {
            isWhole(waiting, count, width, from);
        }
    }

    /** Whether the SIMD-group that begins at a lane runs; fails if only a part of it does. */
    private static boolean isWhole(int[] waiting, int count, int width, int from) {
        if (waiting == null && from + width <= count) {
            return true;
        }
        var running = 0;
        for (int i = from; i < Math.min(count, from + width); i++) {
            running += Lanes.runs(waiting, i) ? 1 : 0;
        }
        if (running != 0 && running != width) {
            throw new MemoryFault(
                    Kind.DIVERGENT_BARRIER,
                    "a function of SIMD-group matrices is reached by %d of the %d threads of a SIMD-group"
                            .formatted(running, width),
                    Lanes.first(waiting, from, count));
        }
        return running != 0;
    }

    /** The product of two matrices. */
    public static void multiply(
            int[] waiting,
            int count,
            int width,
            float[] a0,
            float[] a1,
            float[] b0,
            float[] b1,
            float[] out0,
            float[] out1) {
        var zeros = new float[count];
        multiplyAccumulate(waiting, count, width, a0, a1, b0, b1, zeros, zeros, out0, out1);
    }

    /** The product of two matrices plus a third, which is where each sum begins; no sum is fused with a product. */
    public static void multiplyAccumulate(
            int[] waiting,
            int count,
            int width,
            float[] a0,
            float[] a1,
            float[] b0,
            float[] b1,
            float[] c0,
            float[] c1,
            float[] out0,
            float[] out1) {
        for (int from = 0; from < count; from += width) {
            if (isWhole(waiting, count, width, from)) {
                var sums = rowsOf(c0, c1, from);
                addProduct(rowsOf(a0, a1, from), rowsOf(b0, b1, from), sums);
                spread(sums, out0, out1, from);
            }
        }
    }

    private static float[] rowsOf(float[] first, float[] second, int from) {
        var rows = new float[SIZE * SIZE];
        for (int row = 0; row < SIZE; row++) {
            int at = row * SIZE;
            int lane = from + lane(row);
            rows[at] = first[lane];
            rows[at + 1] = second[lane];
            rows[at + 2] = first[lane + 1];
            rows[at + 3] = second[lane + 1];
            rows[at + 4] = first[lane + 8];
            rows[at + 5] = second[lane + 8];
            rows[at + 6] = first[lane + 9];
            rows[at + 7] = second[lane + 9];
        }
        return rows;
    }

    private static void spread(float[] rows, float[] first, float[] second, int from) {
        for (int row = 0; row < SIZE; row++) {
            int at = row * SIZE;
            int lane = from + lane(row);
            first[lane] = rows[at];
            second[lane] = rows[at + 1];
            first[lane + 1] = rows[at + 2];
            second[lane + 1] = rows[at + 3];
            first[lane + 8] = rows[at + 4];
            second[lane + 8] = rows[at + 5];
            first[lane + 9] = rows[at + 6];
            second[lane + 9] = rows[at + 7];
        }
    }

    /** Two rows and half of the columns at a time, whose eight sums are in registers. */
    private static void addProduct(float[] a, float[] b, float[] sums) {
        for (int row = 0; row < SIZE * SIZE; row += 2 * SIZE) {
            for (int column = 0; column < SIZE; column += SIZE / 2) {
                addProduct(a, b, sums, row, column);
            }
        }
    }

    private static void addProduct(float[] a, float[] b, float[] sums, int row, int column) {
        int at = row + column;
        float s0 = sums[at];
        float s1 = sums[at + 1];
        float s2 = sums[at + 2];
        float s3 = sums[at + 3];
        float t0 = sums[at + SIZE];
        float t1 = sums[at + SIZE + 1];
        float t2 = sums[at + SIZE + 2];
        float t3 = sums[at + SIZE + 3];
        for (int k = 0; k < SIZE; k++) {
            float upper = a[row + k];
            float lower = a[row + SIZE + k];
            int from = k * SIZE + column;
            float b0 = b[from];
            float b1 = b[from + 1];
            float b2 = b[from + 2];
            float b3 = b[from + 3];
            s0 += upper * b0;
            s1 += upper * b1;
            s2 += upper * b2;
            s3 += upper * b3;
            t0 += lower * b0;
            t1 += lower * b1;
            t2 += lower * b2;
            t3 += lower * b3;
        }
        sums[at] = s0;
        sums[at + 1] = s1;
        sums[at + 2] = s2;
        sums[at + 3] = s3;
        sums[at + SIZE] = t0;
        sums[at + SIZE + 1] = t1;
        sums[at + SIZE + 2] = t2;
        sums[at + SIZE + 3] = t3;
    }
}
