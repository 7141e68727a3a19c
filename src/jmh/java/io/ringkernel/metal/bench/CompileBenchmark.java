package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Compiling sources that were never compiled before, in a JVM that has compiled others. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CompileBenchmark {
    private static final int KERNEL_STEPS = 42;
    private static final int FUNCTIONS = 200;
    private static final int FUNCTION_LINES = 10;

    private MetalDevice device;
    private MetalCommandQueue queue;
    private MetalBuffer buffer;
    private int edition;

    @Setup
    public void open() {
        device = MetalDevice.software();
        queue = device.newCommandQueue();
        buffer = device.newBuffer(1024);
    }

    @TearDown
    public void close() {
        buffer.close();
        queue.close();
        device.close();
    }

    /** Source text of 50 lines to completed kernel. */
    @Benchmark
    @Goal(atMost = 100)
    public Object fiftyLinesToFirstLaunch() {
        try (var library = device.newLibrary(sourceOfFiftyLines());
                var function = library.function("kernel_of_fifty_lines");
                var pipeline = device.newPipeline(function)) {
            return queue.run(pipeline, MetalSize.of(256), buffer).join();
        }
    }

    /** Source text of 2,000 lines to pipeline. */
    @Benchmark
    @Goal(atMost = 1000)
    public void twoThousandLines() {
        try (var library = device.newLibrary(sourceOfTwoThousandLines());
                var function = library.function("calls_all");
                var pipeline = device.newPipeline(function)) {
            pipeline.label();
        }
    }

    /** Each edition differs, so that no cache knows it. */
    private String sourceOfFiftyLines() {
        edition++;
        var steps = IntStream.range(0, KERNEL_STEPS)
                .mapToObj(i -> i % 3 == 0
                        ? "    if (x > %d.5f) { x -= float(index & %du); }".formatted(i, i + 1)
                        : "    x = x * %d.25f + sqrt(abs(x) + %d.0f);".formatted(i, edition % 1000))
                .collect(Collectors.joining("\n"));
        return """
                #include <metal_stdlib>
                using namespace metal;

                kernel void kernel_of_fifty_lines(
                    device float* values [[buffer(0)]], uint index [[thread_position_in_grid]]) {
                    float x = values[index];
                %s
                    values[index] = x;
                }
                """.formatted(steps);
    }

    private String sourceOfTwoThousandLines() {
        edition++;
        var functions = IntStream.range(0, FUNCTIONS).mapToObj(this::function).collect(Collectors.joining("\n"));
        var calls = IntStream.range(0, FUNCTIONS)
                .mapToObj("    x += f%d(x, index);"::formatted)
                .collect(Collectors.joining("\n"));
        return """
                #include <metal_stdlib>
                using namespace metal;
                %s
                kernel void calls_all(
                    device float* values [[buffer(0)]], uint index [[thread_position_in_grid]]) {
                    float x = values[index];
                %s
                    values[index] = x;
                }
                """.formatted(functions, calls);
    }

    private String function(int number) {
        var lines = IntStream.range(0, FUNCTION_LINES - 4)
                .mapToObj(i -> "    x = fma(x, %d.5f, float(n & %du)) - clamp(x, 0.0f, %d.0f);"
                        .formatted(edition % 1000, i + number, i + 1))
                .collect(Collectors.joining("\n"));
        return """
                static float f%d(float x, uint n) {
                %s
                    return x * 0.5f;
                }
                """.formatted(number, lines);
    }
}
