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
    /** The lane that has elements 2 i and 2 i + 1, counted row by row. */
    private static final int[] LANES = lanes();

    private LaneMatrices() {}

    private static int[] lanes() {
        var lanes = new int[SIZE * SIZE / 2];
        for (int i = 0; i < lanes.length; i++) {
            var row = i / (SIZE / 2);
            var column = i % (SIZE / 2) * 2;
            lanes[i] = (row & 4) << 2 | (column & 4) << 1 | (row & 3) << 1 | column >> 1 & 1;
        }
        return lanes;
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
        for (int from = 0; from < count; from += width) {
            if (isWhole(waiting, count, width, from)) {
                var sums = new float[SIZE * SIZE];
                product(rowsOf(a0, a1, from), rowsOf(b0, b1, from), sums);
                spread(sums, out0, out1, from);
            }
        }
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
                product(rowsOf(a0, a1, from), rowsOf(b0, b1, from), sums);
                spread(sums, out0, out1, from);
            }
        }
    }

    private static float[] rowsOf(float[] first, float[] second, int from) {
        var rows = new float[SIZE * SIZE];
        for (int i = 0; i < LANES.length; i++) {
            var lane = from + LANES[i];
            rows[2 * i] = first[lane];
            rows[2 * i + 1] = second[lane];
        }
        return rows;
    }

    private static void spread(float[] rows, float[] first, float[] second, int from) {
        for (int i = 0; i < LANES.length; i++) {
            var lane = from + LANES[i];
            first[lane] = rows[2 * i];
            second[lane] = rows[2 * i + 1];
        }
    }

    /** Adds the product to the sums; eight of them are in registers at a time. */
    private static void product(float[] a, float[] b, float[] sums) {
        for (int row = 0; row < SIZE * SIZE; row += SIZE) {
            float s0 = sums[row];
            float s1 = sums[row + 1];
            float s2 = sums[row + 2];
            float s3 = sums[row + 3];
            float s4 = sums[row + 4];
            float s5 = sums[row + 5];
            float s6 = sums[row + 6];
            float s7 = sums[row + 7];
            for (int k = 0; k < SIZE; k++) {
                var factor = a[row + k];
                var at = k * SIZE;
                s0 += factor * b[at];
                s1 += factor * b[at + 1];
                s2 += factor * b[at + 2];
                s3 += factor * b[at + 3];
                s4 += factor * b[at + 4];
                s5 += factor * b[at + 5];
                s6 += factor * b[at + 6];
                s7 += factor * b[at + 7];
            }
            sums[row] = s0;
            sums[row + 1] = s1;
            sums[row + 2] = s2;
            sums[row + 3] = s3;
            sums[row + 4] = s4;
            sums[row + 5] = s5;
            sums[row + 6] = s6;
            sums[row + 7] = s7;
        }
    }
}
