package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** A naive product of two 512 x 512 matrices, one thread per cell. */
public class MatrixMultiplicationBenchmark extends KernelBenchmark {
    private static final int N = 512;

    private final float[] left = randomFloats(N * N);
    private final float[] right = randomFloats(N * N);
    private final float[] product = new float[N * N];
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = floats(N * N);
        return new BoundKernel(
                device,
                "matrix_multiplication",
                MetalSize.of(N, N),
                MetalSize.of(32, 8),
                device.newBufferOf(left),
                device.newBufferOf(right),
                result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        return Arrays.equals(product, result.readFloats(0, N * N));
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.1)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public float[] java() {
        parallel.run(N, this::rows);
        return product;
    }

    private void rows(int from, int to) {
        for (int y = from; y < to; y++) {
            for (int x = 0; x < N; x++) {
                float sum = 0;
                for (int k = 0; k < N; k++) {
                    sum += left[y * N + k] * right[k * N + x];
                }
                product[y * N + x] = sum;
            }
        }
    }
}
