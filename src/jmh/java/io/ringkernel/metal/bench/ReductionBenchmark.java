package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;

/** 16 M floats summed in trees by groups of 256 threads, with a barrier on each level. */
public class ReductionBenchmark extends KernelBenchmark {
    private static final int COUNT = 1 << 24;
    private static final int GROUP = 256;

    private final float[] values = randomFloats(COUNT);
    private final float[] sums = new float[COUNT / GROUP];
    private MetalBuffer result;

    @Override
    BoundKernel bind() {
        result = floats(COUNT / GROUP);
        return new BoundKernel(
                device, "reduction", MetalSize.of(COUNT), MetalSize.of(GROUP), device.newBufferOf(values), result);
    }

    @Override
    boolean agrees() {
        kernel.run();
        java();
        return Arrays.equals(sums, result.readFloats(0, COUNT / GROUP));
    }

    @Benchmark
    @Goal(against = "java", atMost = 1.5)
    @Goal(against = "unchecked", atMost = 1.3)
    public Object metal() {
        return kernel.run();
    }

    @Benchmark
    public float[] java() {
        parallel.run(COUNT / GROUP, this::groups);
        return sums;
    }

    private void groups(int from, int to) {
        var partial = new float[GROUP];
        for (int group = from; group < to; group++) {
            System.arraycopy(values, group * GROUP, partial, 0, GROUP);
            for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
                for (int lane = 0; lane < stride; lane++) {
                    partial[lane] += partial[lane + stride];
                }
            }
            sums[group] = partial[0];
        }
    }
}
