package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Metal tells later: libraries, pipelines, the moment a command buffer is scheduled, and what kernels log. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class AsyncCompilationTest {
    private static final String COUNT = TestKernel.msl("""
            kernel void count(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i] += 1;
            }
            """);

    private static CompletableFuture<MetalPipeline> compile(MetalDevice device, String source) {
        return device.newLibraryAsync(source, MetalCompileOptions.defaults()).thenCompose(library -> {
            try (library;
                    var function = library.function(library.functionNames().getFirst())) {
                return device.newPipelineAsync(function, MetalPipelineOptions.defaults());
            }
        });
    }

    @Test
    void aPipelineIsMadeFromSourceWithoutWaiting(MetalDevice device) {
        try (var pipeline = compile(device, COUNT).join();
                var queue = device.newCommandQueue();
                var cells = device.newBuffer(16)) {
            assertThat(pipeline.label()).isEqualTo("count");
            assertThat(pipeline.bindings())
                    .singleElement()
                    .satisfies(b -> assertThat(b.name()).isEqualTo("cells"));
            queue.run(pipeline, MetalSize.of(4), cells).join();
            assertThat(cells.readInts(0, 4)).containsOnly(1);
        }
    }

    @Test
    void aWrongSourceFailsWithItsDiagnostics(MetalDevice device) {
        assertThatThrownBy(() ->
                        compile(device, COUNT.replace("cells[i]", "cell[i]")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CompilationFailedException.class,
                        e -> assertThat(e.diagnostics().getFirst().line()).isEqualTo(4));
    }

    @Test
    void whoeverGivesUpLeavesNothingBehind(SoftwareMetal metal, MetalDevice device) {
        var pending = new ArrayList<CompletableFuture<MetalLibrary>>();
        for (int i = 0; i < 4; i++) {
            pending.add(device.newLibraryAsync(COUNT, MetalCompileOptions.defaults()));
        }
        for (var future : pending) {
            if (!future.cancel(false)) {
                future.join().close();
            }
        }
        // The extension finds nothing alive and no violation afterwards.
        assertThat(metal.violations()).isEmpty();
    }

    @Test
    void aCommandBufferSaysWhenItIsScheduled(MetalDevice device) {
        try (var pipeline = compile(device, COUNT).join();
                var queue = device.newCommandQueue();
                var cells = device.newBuffer(4);
                var commands = queue.commandBufferWithUnretainedReferences()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                encoder.setBuffer(0, cells);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
            }
            var scheduled = commands.scheduled();
            assertThat(scheduled).isNotDone();
            commands.commit();
            assertThat(scheduled.join()).isSameAs(commands);
            commands.waitUntilCompleted();
            assertThat(commands.scheduled()).isSameAs(scheduled);
            assertThat(cells.readInts(0, 1)).containsExactly(1);
        }
    }

    @Test
    void whatKernelsLogReachesTheHandlerInOrder(MetalDevice device) throws InterruptedException {
        Assumptions.assumeTrue(device.supportsLogging(), "needs macOS 15");
        var source = """
                #include <metal_stdlib>
                #include <metal_logging>
                using namespace metal;
                kernel void tell(device int* cells [[buffer(0)]]) {
                    os_log_default.log_info("first %d", cells[0]);
                    os_log_default.log_error("second %d", cells[0] + 1);
                }
                """;
        var options = MetalCompileOptions.defaults()
                .withLanguageVersion(MetalLanguageVersion.MSL_3_2)
                .withLogging();
        var told = new LinkedBlockingQueue<List<Object>>();
        try (var log = device.newLogState(
                        MetalLogLevel.INFO, 1 << 12, (_, _, level, text) -> told.add(List.of(level, text)));
                var library = device.newLibrary(source, options);
                var function = library.function("tell");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue(4, log);
                var cells = device.newBufferOf(41)) {
            queue.run(pipeline, MetalSize.of(1), cells).join();
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(List.of(MetalLogLevel.INFO, "first 41"));
            assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(List.of(MetalLogLevel.ERROR, "second 42"));
        }
    }
}
