package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;

/** 4 M values counted in 1024 bins with relaxed atomics. The bins go on counting from one run to the next. */
public class HistogramBenchmark extends KernelBenchmark {
    private static final int COUNT = 1 << 22;
    private static final int BINS = 1024;

    private final int[] values = new Random(SEED).ints(COUNT).toArray();
    private final AtomicIntegerArray bins = new AtomicIntegerArray(BINS);
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = ints(BINS);
        return new BoundKernel(
                device, "histogram", MetalSize.of(COUNT), MetalSize.of(256), device.newBufferOf(values), result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        var counted = result.readInts(0, BINS);
        return IntStream.range(0, BINS).allMatch(bin -> counted[bin] == bins.get(bin));
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.1)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public AtomicIntegerArray java() {
        parallel.run(COUNT, this::count);
        return bins;
    }

    private void count(int from, int to) {
        for (int i = from; i < to; i++) {
            bins.getAndIncrement(values[i] & (BINS - 1));
        }
    }
}
