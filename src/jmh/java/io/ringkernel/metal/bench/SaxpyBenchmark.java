package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** y = a x + y over 16 M floats. What y becomes from one run to the next does not matter: a is below 1. */
public class SaxpyBenchmark extends KernelBenchmark {
    private static final int COUNT = 1 << 24;

    private final float[] x = randomFloats(COUNT);
    private final float[] y = randomFloats(COUNT);
    private MetalBuffer result;
    private MemorySegment xMemory;
    private MemorySegment yMemory;

    @Override
    BoundKernel bind() {
        var input = device.newBufferOf(x);
        result = device.newBufferOf(y);
        xMemory = input.contents();
        yMemory = result.contents();
        return new BoundKernel(device, "saxpy", MetalSize.of(COUNT), MetalSize.of(256), input, result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        array();
        return Arrays.equals(y, result.readFloats(0, COUNT));
    }

    @Benchmark
    @Goal(against = "segments", atMost = 1.2)
    @Goal(against = "array", atMost = 2)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public MemorySegment segments() {
        parallel.run(COUNT, this::segmentsFrom);
        return yMemory;
    }

    private void segmentsFrom(int from, int to) {
        for (long i = from; i < to; i++) {
            float value = 0.5f * xMemory.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                    + yMemory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            yMemory.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        }
    }

    @Benchmark
    public float[] array() {
        parallel.run(COUNT, this::arrayFrom);
        return y;
    }

    private void arrayFrom(int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = 0.5f * x[i] + y[i];
        }
    }
}
