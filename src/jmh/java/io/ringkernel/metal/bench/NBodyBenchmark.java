package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** The accelerations of 4096 bodies (float4: place and mass), each by all others. */
public class NBodyBenchmark extends KernelBenchmark {
    private static final int N = 4096;

    private final float[] bodies = randomFloats(4 * N);
    private final float[] accelerations = new float[4 * N];
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = floats(4 * N);
        return new BoundKernel(
                device, "n_body", MetalSize.of(N), MetalSize.of(256), device.newBufferOf(bodies), result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        return Arrays.equals(accelerations, result.readFloats(0, 4 * N));
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.1)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public float[] java() {
        parallel.run(N, this::bodies);
        return accelerations;
    }

    private void bodies(int from, int to) {
        for (int index = from; index < to; index++) {
            float x = bodies[4 * index];
            float y = bodies[4 * index + 1];
            float z = bodies[4 * index + 2];
            float sumX = 0;
            float sumY = 0;
            float sumZ = 0;
            for (int i = 0; i < N; i++) {
                float awayX = bodies[4 * i] - x;
                float awayY = bodies[4 * i + 1] - y;
                float awayZ = bodies[4 * i + 2] - z;
                float square = awayX * awayX + awayY * awayY + awayZ * awayZ + 0.01f;
                float factor = bodies[4 * i + 3] / (square * (float) Math.sqrt(square));
                sumX += awayX * factor;
                sumY += awayY * factor;
                sumZ += awayZ * factor;
            }
            accelerations[4 * index] = sumX;
            accelerations[4 * index + 1] = sumY;
            accelerations[4 * index + 2] = sumZ;
        }
    }
}
