package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;

/** 4 M floats picked at random places of 64 K: as much checking for as little work as there can be. */
public class GatherBenchmark extends KernelBenchmark {
    private static final int COUNT = 1 << 22;
    private static final int PLACES = 1 << 16;

    private final float[] values = randomFloats(PLACES);
    private final int[] places = new Random(SEED).ints(COUNT, 0, PLACES).toArray();
    private final float[] found = new float[COUNT];
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = floats(COUNT);
        return new BoundKernel(
                device,
                "gather",
                MetalSize.of(COUNT),
                MetalSize.of(256),
                device.newBufferOf(values),
                device.newBufferOf(places),
                result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        return Arrays.equals(found, result.readFloats(0, COUNT));
    }

    @Benchmark
    @Goal(against = "java")
    @Goal(against = "unchecked", atMost = 1.5)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public float[] java() {
        parallel.run(COUNT, this::gather);
        return found;
    }

    private void gather(int from, int to) {
        for (int i = from; i < to; i++) {
            found[i] = values[places[i]];
        }
    }
}
