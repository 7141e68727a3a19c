package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** A five-point stencil over 4096 x 4096 floats. */
public class StencilBenchmark extends KernelBenchmark {
    private static final int N = 4096;
    private static final int INNER = N - 2;

    private final float[] now = randomFloats(N * N);
    private final float[] next = new float[N * N];
    private MetalBuffer result;
    private MemorySegment nowMemory;
    private MemorySegment nextMemory;

    @Override
    BoundKernel bind() {
        var input = device.newBufferOf(now);
        result = floats(N * N);
        nowMemory = input.contents();
        nextMemory = result.contents();
        return new BoundKernel(device, "stencil", MetalSize.of(INNER, INNER), MetalSize.of(32, 8), input, result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        array();
        return Arrays.equals(next, result.readFloats(0, N * N));
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
        parallel.run(INNER, this::segmentRows);
        return nextMemory;
    }

    private void segmentRows(int from, int to) {
        for (int row = from; row < to; row++) {
            long start = (row + 1L) * N + 1;
            for (long i = start; i < start + INNER; i++) {
                float around = (at(i - N) + at(i + N)) + (at(i - 1) + at(i + 1));
                nextMemory.setAtIndex(ValueLayout.JAVA_FLOAT, i, at(i) + 0.2f * (around - 4 * at(i)));
            }
        }
    }

    private float at(long i) {
        return nowMemory.getAtIndex(ValueLayout.JAVA_FLOAT, i);
    }

    @Benchmark
    public float[] array() {
        parallel.run(INNER, this::arrayRows);
        return next;
    }

    private void arrayRows(int from, int to) {
        for (int row = from; row < to; row++) {
            int start = (row + 1) * N + 1;
            for (int i = start; i < start + INNER; i++) {
                float around = (now[i - N] + now[i + N]) + (now[i - 1] + now[i + 1]);
                next[i] = now[i] + 0.2f * (around - 4 * now[i]);
            }
        }
    }
}
