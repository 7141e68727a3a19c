package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalPipelineCacheTest {
    private static final String SOURCE = msl("""
            constant int step [[function_constant(0)]];
            kernel void advance(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i] += step;
            }
            kernel void clear(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) { cells[i] = 0; }
            """);

    @Test
    void aPipelineIsMadeOnce(MetalDevice device) {
        try (var cache = new MetalPipelineCache(device)) {
            var first = cache.pipeline(SOURCE, "clear");
            assertThat(cache.pipeline(SOURCE, "clear")).isSameAs(first);
            assertThat(cache.size()).isEqualTo(1);
        }
    }

    @Test
    void sourceOptionsFunctionAndConstantsTellPipelinesApart(MetalDevice device) {
        try (var cache = new MetalPipelineCache(device)) {
            var options = MetalCompileOptions.defaults();
            var one = MetalFunctionConstants.none().with(0, 1);
            var two = MetalFunctionConstants.none().with(0, 2);
            var pipelines = Set.of(
                    cache.pipeline(SOURCE, "clear"),
                    cache.pipeline(SOURCE + "\n", "clear"),
                    cache.pipeline(SOURCE, options.withMathMode(MetalMathMode.SAFE), "clear", one),
                    cache.pipeline(SOURCE, options, "advance", one),
                    cache.pipeline(SOURCE, options, "advance", two));
            assertThat(pipelines).hasSize(5);
            assertThat(cache.size()).isEqualTo(5);
            assertThat(cache.pipeline(
                            SOURCE,
                            options,
                            "advance",
                            MetalFunctionConstants.none().with(0, 2)))
                    .isIn(pipelines);
        }
    }

    @Test
    void whoAsksAtTheSameTimeGetsTheSamePipeline(MetalDevice device) throws Exception {
        for (int round = 0; round < 10; round++) {
            try (var cache = new MetalPipelineCache(device)) {
                var seen = ConcurrentHashMap.<MetalPipeline>newKeySet();
                Together.run(8, thread -> seen.add(cache.pipeline(SOURCE, "clear")));
                assertThat(seen).hasSize(1);
            }
        }
    }

    @Test
    void aFailureIsReportedAgainAndNotKept(MetalDevice device) {
        try (var cache = new MetalPipelineCache(device)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> cache.pipeline("kernel void broken() { x; }", "broken"))
                        .isInstanceOf(CompilationFailedException.class);
                assertThatThrownBy(() -> cache.pipeline(SOURCE, "retreat")).isInstanceOf(NoSuchElementException.class);
            }
            assertThat(cache.size()).isZero();
            assertThat(cache.pipeline(SOURCE, "clear").isClosed()).isFalse();
        }
    }

    @Test
    void closingTheCacheClosesItsPipelines(MetalDevice device) {
        var cache = new MetalPipelineCache(device);
        var pipeline = cache.pipeline(SOURCE, "clear");
        cache.close();
        cache.close();
        assertThat(pipeline.isClosed()).isTrue();
        assertThatThrownBy(() -> cache.pipeline(SOURCE, "clear")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTheCacheWhileOthersAskLeavesNothingAlive(MetalDevice device) throws Exception {
        for (int round = 0; round < 20; round++) {
            var cache = new MetalPipelineCache(device);
            Together.run(4, thread -> {
                try {
                    if (thread == 0) {
                        cache.close();
                    } else {
                        cache.pipeline(SOURCE, "clear").label();
                    }
                } catch (IllegalStateException expected) {
                    assertThat(expected.getMessage()).containsAnyOf("used after close", "closed while it made");
                }
            });
        }
    }
}
