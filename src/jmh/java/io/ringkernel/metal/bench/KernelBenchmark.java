package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One kernel on the software device against the same loops in plain Java on as many threads. Before it measures, each
 * benchmark compares what the two computed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {
    static final long SEED = 42;

    final Parallel parallel = new Parallel();
    MetalDevice device;
    BoundKernel kernel;

    /** Allocates, and binds the kernel. */
    abstract BoundKernel bind();

    /** Runs both on the same input; whether they agree in every bit. */
    abstract boolean agrees();

    @Setup
    public final void open() {
        device = MetalDevice.software();
        kernel = bind();
        if (!agrees()) {
            throw new IllegalStateException("the kernel and plain Java disagree");
        }
    }

    @TearDown
    public final void close() {
        kernel.close();
        parallel.close();
        device.close();
    }

    @Benchmark
    public Object unchecked() {
        return kernel.runUnchecked();
    }

    static float[] randomFloats(int count) {
        var random = new Random(SEED);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    final MetalBuffer floats(int count) {
        return device.newBuffer((long) count * Float.BYTES);
    }

    final MetalBuffer ints(int count) {
        return device.newBuffer((long) count * Integer.BYTES);
    }
}
