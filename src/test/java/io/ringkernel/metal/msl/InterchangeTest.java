package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that go through loops together compute, fail and stop as each does by itself in the plain code shape. */
final class InterchangeTest {
    private static final MslOptions FAST = MslOptions.of(LanguageVersion.METAL_3_1);
    private static final Extent GROUP = new Extent(16, 2, 1);

    /** Reads rows of {@code b} from a place that only the last threads, in a late iteration, find to be outside. */
    private static final String SUMS = """
            kernel void k(const device float* a [[buffer(0)]], const device float* b [[buffer(1)]],
                          device float* out [[buffer(2)]], constant uint& n [[buffer(3)]],
                          uint at [[thread_position_in_grid]]) {
                float sum = out[at];
                for (uint k = 0; k < n; k++) {
                    float scale = a[k];
                    sum += scale *
                        b[k * 10 + at];
                }
                out[at] = sum;
            }
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void loopsOfVectorOperationsComputeTheSame(long seed) {
        var source = RandomLoops.source(seed, true);
        assertSame(source, RandomLoops.WIDTH, seed);
        assertThat(isInterchanged(source)).as(source).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void otherLoopsComputeTheSame(long seed) {
        assertSame(RandomLoops.source(seed, false), RandomLoops.WIDTH, seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 31, 53})
    void rowsOfAnyLengthComputeTheSame(int width) {
        assertSame(RandomLoops.source(377, true), width, width);
    }

    private static void assertSame(String source, int width, long seed) {
        var random = new Random(seed);
        var floats = new float[RandomLoops.ELEMENTS];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat() * 8 - 4;
        }
        var ints = random.ints(RandomLoops.ELEMENTS, -100, 100).toArray();
        assertThat(run(source, FAST, width, floats, ints))
                .as(source)
                .isEqualTo(run(source, FAST.withFast(false), width, floats, ints));
    }

    private static int[][] run(String source, MslOptions options, int width, float[] floats, int[] ints) {
        var height = 5;
        try (var kernel = TestKernel.of(source, options)) {
            kernel.bind(0, floats)
                    .bind(1, ints)
                    .bind(2, new float[width * height])
                    .bind(3, new int[width * height])
                    .bind(4, 6)
                    .run(new Extent(width, height, 1), GROUP);
            return new int[][] {kernel.ints(2), kernel.ints(3)};
        }
    }

    private static boolean isInterchanged(String source) {
        try (var kernel = TestKernel.of(source, FAST)) {
            for (int i = 0; i < 5; i++) {
                kernel.bind(i, new int[RandomLoops.ELEMENTS]);
            }
            return GeneratedClasses.isInterchanged(kernel.prepare(new Extent(16, 1, 1), GROUP));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // floats of a, of b and of the result, iterations
        "20, 300, 100, 20",
        "20, 289, 100, 20",
        "20, 280, 100, 20",
        "20, 105, 100, 20",
        "20, 1, 100, 20",
        "12, 300, 100, 20",
        "0, 300, 100, 20",
        "20, 300, 99, 20",
        "20, 300, 40, 20",
        "20, 288, 40, 20",
        "0, 0, 40, 0",
    })
    void aFaultNamesTheSameThreadAndLineAndTheSameThreadsHaveRun(int a, int b, int out, int n) {
        assertThat(isInterchanged(SUMS)).isTrue();
        assertThat(faultAndResult(FAST, a, b, out, n)).isEqualTo(faultAndResult(FAST.withFast(false), a, b, out, n));
    }

    private static String faultAndResult(MslOptions options, int a, int b, int out, int n) {
        try (var kernel = TestKernel.of(SUMS, options)) {
            var values = new float[301];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 0.5f + 1;
            }
            kernel.bind(0, Arrays.copyOf(values, a))
                    .bind(1, Arrays.copyOf(values, b))
                    .bind(2, Arrays.copyOf(values, out))
                    .bind(3, n);
            var fault = catchThrowableOfType(
                    KernelFault.class, () -> kernel.run(new Extent(100, 1, 1), new Extent(32, 1, 1)));
            var text = fault == null
                    ? "none"
                    : fault.kind() + " line " + fault.line() + " " + fault.position() + " " + fault.offset() + " "
                            + fault.getMessage().replaceAll("0x[0-9a-f]+", "address");
            return text + Arrays.toString(kernel.floats(2));
        }
    }

    @Test
    void aFaultInTheLoopIsOfTheFirstThreadThatFailsByItself() {
        try (var kernel = TestKernel.of(SUMS, FAST)) {
            kernel.bind(0, new float[20])
                    .bind(1, new float[280])
                    .bind(2, new float[100])
                    .bind(3, 20);
            // Thread 90 reads element 190 + 90 in iteration 19, thread 99 element 181 + 99 an iteration earlier.
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(100, 32));
            assertThat(fault.position()).contains(new Extent(90, 0, 0));
            assertThat(fault.offset()).hasValue(4 * 280);
            assertThat(fault.line()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "out[at] = sum;",
                "atomic_fetch_add_explicit((device atomic_int*)out, 1, memory_order_relaxed);",
                "sum += a[at + k] > 0.5f ? 1.0f : 2.0f;",
                "if (sum > 2.0f) break;",
                "sum += sin(sum);",
            })
    void whatThreadsMustDoByThemselvesStaysSo(String statement) {
        assertThat(isInterchanged("""
                kernel void k(const device float* a [[buffer(0)]], device float* out [[buffer(1)]],
                              constant uint& n [[buffer(2)]], uint at [[thread_position_in_grid]]) {
                    float sum = 0;
                    for (uint k = 0; k < n; k++) { sum += a[k * n + at]; %s }
                    out[at] = sum;
                }
                """.formatted(statement))).isFalse();
    }

    @Test
    void loopsTogetherCanBeCancelled() throws Exception {
        var endless = """
                kernel void k(const device float* a [[buffer(0)]], device float* out [[buffer(1)]],
                              uint at [[thread_position_in_grid]]) {
                    float sum = 0;
                    for (uint k = 0; a[0] == 0.0f; k++) { sum += a[at] + 1.0f; }
                    out[at] = sum;
                }
                """;
        assertThat(isInterchanged(endless)).isTrue();
        try (var kernel = TestKernel.of(endless, FAST)) {
            var run = kernel.bind(0, new float[64]).bind(1, new float[64]).prepare(new Extent(64, 1, 1), GROUP);
            var result = CompletableFuture.runAsync(() -> run.run(0, run.unitCount()));
            assertThatThrownBy(() -> result.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            run.cancel(KernelFault.Kind.CANCELLED);
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            KernelFault.class, fault -> assertThat(fault.kind()).isEqualTo(KernelFault.Kind.CANCELLED));
        }
    }
}
