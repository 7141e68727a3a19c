package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** The Mandelbrot set on 512 x 512 points, at most 256 iterations: threads of a group take very different times. */
public class MandelbrotBenchmark extends KernelBenchmark {
    private static final int N = 512;
    private static final int LIMIT = 256;

    private final int[] iterations = new int[N * N];
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = ints(N * N);
        return new BoundKernel(device, "mandelbrot", MetalSize.of(N, N), MetalSize.of(32, 8), result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        return Arrays.equals(iterations, result.readInts(0, N * N));
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.1)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public int[] java() {
        parallel.run(N, this::rows);
        return iterations;
    }

    private void rows(int from, int to) {
        for (int row = from; row < to; row++) {
            for (int column = 0; column < N; column++) {
                iterations[row * N + column] =
                        escape(-2.0f + 3.0f * (float) column / (float) N, -1.5f + 3.0f * (float) row / (float) N);
            }
        }
    }

    private static int escape(float re, float im) {
        float x = 0;
        float y = 0;
        int n = 0;
        while (n < LIMIT && x * x + y * y <= 4) {
            float next = x * x - y * y + re;
            y = 2 * x * y + im;
            x = next;
            n++;
        }
        return n;
    }
}
