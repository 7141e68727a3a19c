package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalPipelineTest {
    private static final String COPY = """
            kernel void copy(device const float* source [[buffer(0)]], device float* target [[buffer(1)]],
                             uint i [[thread_position_in_grid]]) {
                target[i] = source[i];
            }
            """;

    private static final String STAGED = """
            struct Settings { float4 scale; uint count; };
            kernel void staged(constant Settings& settings [[buffer(2)]], device half2* cells [[buffer(5)]],
                               threadgroup float* scratch [[threadgroup(1)]],
                               uint i [[thread_index_in_threadgroup]]) {
                threadgroup float table[64];
                table[i % 64] = settings.scale.x;
                scratch[i] = table[i % 64];
                cells[i] = half2(scratch[i]);
            }
            """;

    @Test
    void aPipelineTellsItsLimits(MetalDevice device) {
        try (var pipeline = TestKernel.pipeline(device, COPY)) {
            assertThat(pipeline.threadExecutionWidth()).isIn(8L, 16L, 32L, 64L);
            assertThat(pipeline.maxTotalThreadsPerThreadgroup())
                    .isBetween(
                            pipeline.threadExecutionWidth(),
                            device.limits().maxThreadsPerThreadgroup().width());
            assertThat(pipeline.staticThreadgroupMemory()).isZero();
        }
        try (var pipeline = TestKernel.pipeline(device, STAGED)) {
            assertThat(pipeline.staticThreadgroupMemory()).isGreaterThanOrEqualTo(64 * Float.BYTES);
        }
    }

    @Test
    void aPipelineTellsWhatItWantsBound(MetalDevice device) {
        try (var pipeline = TestKernel.pipeline(device, STAGED)) {
            assertThat(pipeline.bindings()).hasSize(3);
            var settings = binding(pipeline, "settings");
            assertThat(settings.kind()).isEqualTo(MetalBinding.Kind.BUFFER);
            assertThat(settings.index()).isEqualTo(2);
            assertThat(settings.access()).isEqualTo(MetalBinding.Access.READ_ONLY);
            assertThat(settings.alignment()).isEqualTo(16);
            assertThat(settings.dataSize()).isEqualTo(32);
            var cells = binding(pipeline, "cells");
            assertThat(cells.index()).isEqualTo(5);
            assertThat(cells.access()).isNotEqualTo(MetalBinding.Access.READ_ONLY);
            assertThat(cells.dataSize()).isEqualTo(4);
            assertThat(cells.isUsed()).isTrue();
            var scratch = binding(pipeline, "scratch");
            assertThat(scratch.kind()).isEqualTo(MetalBinding.Kind.THREADGROUP_MEMORY);
            assertThat(scratch.index()).isEqualTo(1);
        }
    }

    private static MetalBinding binding(MetalPipeline pipeline, String name) {
        return pipeline.bindings().stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAKernelDoesNotUseNeedNotBeBound(MetalDevice device) {
        var source = """
                kernel void partial(device int* used [[buffer(0)]], device int* unused [[buffer(1)]]) { used[0] = 3; }
                """;
        try (var kernel = TestKernel.of(device, source);
                var used = device.newBuffer(4)) {
            kernel.run(1, used);
            assertThat(used.readInts(0, 1)).containsExactly(3);
        }
    }

    @Test
    void theLabelIsTheOptionsOrTheFunctions(MetalDevice device) {
        try (var library = device.newLibrary(msl(COPY));
                var function = library.function("copy");
                var plain = device.newPipeline(function);
                var named = device.newPipeline(
                        function, MetalPipelineOptions.defaults().withLabel("copy of rows"))) {
            assertThat(plain.label()).isEqualTo("copy");
            assertThat(named.label()).isEqualTo("copy of rows");
            assertThat(named.toString()).contains("copy of rows");
        }
    }

    @Test
    void aPipelineOutlivesFunctionLibraryAndDevice(SoftwareMetal software) {
        var device = MetalDevice.of(software);
        var pipeline = TestKernel.pipeline(device, COPY);
        var queue = device.newCommandQueue();
        try (pipeline;
                queue;
                var source = device.newBufferOf(1f, 2f);
                var target = device.newBuffer(8)) {
            device.close();
            queue.run(pipeline, MetalSize.of(2), source, target).join();
            assertThat(target.readFloats(0, 2)).containsExactly(1, 2);
        }
    }

    @Test
    void theOptionsLimitTheThreads(MetalDevice device) {
        try (var library = device.newLibrary(msl(COPY));
                var function = library.function("copy");
                var limited = device.newPipeline(
                        function, MetalPipelineOptions.defaults().withMaxTotalThreadsPerThreadgroup(64))) {
            assertThat(limited.maxTotalThreadsPerThreadgroup()).isLessThanOrEqualTo(64);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetalPipelineOptions.defaults().withMaxTotalThreadsPerThreadgroup(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetalPipelineOptions.defaults().withMaxCallStackDepth(-2))
                .withMessageContaining("-2");
    }

    @Test
    void theSourceLimitsTheThreads(MetalDevice device) {
        var source = """
                [[max_total_threads_per_threadgroup(96)]]
                kernel void few(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) { cells[i] = 1; }
                """;
        try (var pipeline = TestKernel.pipeline(device, source)) {
            assertThat(pipeline.maxTotalThreadsPerThreadgroup()).isLessThanOrEqualTo(96);
        }
    }

    @Test
    void moreStaticMemoryThanTheDeviceHasMakesNoPipeline(MetalDevice device) {
        long floats = device.limits().maxThreadgroupMemory() / Float.BYTES + 1;
        var source = """
                kernel void hungry(device float* out [[buffer(0)]], uint i [[thread_position_in_threadgroup]]) {
                    threadgroup float table[%d];
                    table[i] = i;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[i] = table[i + 1];
                }
                """.formatted(floats);
        assertThatThrownBy(() -> TestKernel.pipeline(device, source)).isInstanceOf(CompilationFailedException.class);
    }

    @Test
    void aFunctionOfAnotherProviderIsRefused(MetalDevice device, SoftwareMetal software) {
        try (var other = MetalDevice.software();
                var library = other.newLibrary(msl(COPY));
                var function = library.function("copy")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newPipeline(function))
                    .withMessageContaining("MetalFunction[copy] comes from another device");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 77, 4096})
    void theChosenThreadgroupSizeIsLegalForAnyGrid(long seed, MetalDevice device) {
        var random = new Random(seed);
        for (int threads : new int[] {0, 1, 16, 33, 64, 1000}) {
            for (boolean whole : new boolean[] {false, true}) {
                var options = MetalPipelineOptions.defaults().withMaxTotalThreadsPerThreadgroup(threads);
                checkSizes(device, whole ? options.withWholeSimdgroups() : options, random);
            }
        }
    }

    private static void checkSizes(MetalDevice device, MetalPipelineOptions options, Random random) {
        try (var library = device.newLibrary(msl(COPY));
                var function = library.function("copy");
                var pipeline = device.newPipeline(function, options)) {
            for (int i = 0; i < 100; i++) {
                var grid = MetalSize.of(extent(random), extent(random), extent(random));
                checkSize(pipeline, grid, device.limits(), options.wholeSimdgroups());
            }
        }
    }

    /** Mostly small, often 1, sometimes huge. */
    private static long extent(Random random) {
        return 1 + (random.nextInt() >>> random.nextInt(1, 32));
    }

    private static void checkSize(MetalPipeline pipeline, MetalSize grid, MetalLimits limits, boolean whole) {
        var size = pipeline.threadgroupSizeFor(grid);
        var most = limits.maxThreadsPerThreadgroup();
        long simdgroup = pipeline.threadExecutionWidth();
        assertThat(size.count())
                .as("%s for %s of %s", size, grid, pipeline)
                .isBetween(1L, pipeline.maxTotalThreadsPerThreadgroup());
        assertThat(size.width()).isLessThanOrEqualTo(most.width());
        assertThat(size.height()).isLessThanOrEqualTo(Math.min(most.height(), grid.height()));
        assertThat(size.depth()).isLessThanOrEqualTo(Math.min(most.depth(), grid.depth()));
        if (whole && pipeline.maxTotalThreadsPerThreadgroup() >= simdgroup) {
            assertThat(size.count() % simdgroup).isZero();
        }
        if (!whole) {
            assertThat(size.width()).isLessThanOrEqualTo(grid.width());
        }
    }

    @Test
    void shaderValidationIsSetForOnePipeline(MetalDevice device) {
        var source = TestKernel.msl("kernel void set(device int* cells [[buffer(0)]]) { cells[0] = 1; }");
        var options = MetalPipelineOptions.defaults();
        try (var library = device.newLibrary(source);
                var function = library.function("set");
                var usual = device.newPipeline(function, options);
                var checked =
                        device.newPipeline(function, options.withShaderValidation(MetalShaderValidation.ENABLED))) {
            assertThat(usual.shaderValidation()).isEqualTo(MetalShaderValidation.DEFAULT);
            // Before macOS 15 it is not to be had, and the pipeline says so.
            var expected = device.supportsLogging() ? MetalShaderValidation.ENABLED : MetalShaderValidation.DEFAULT;
            assertThat(checked.shaderValidation()).isEqualTo(expected);
        }
    }
}
