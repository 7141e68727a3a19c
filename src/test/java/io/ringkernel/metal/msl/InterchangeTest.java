package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        assertSame(source, RandomLoops.WIDTH);
        assertThat(isInterchanged(source)).as(source).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void otherLoopsComputeTheSame(long seed) {
        assertSame(RandomLoops.source(seed, false), RandomLoops.WIDTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 31, 53})
    void rowsOfAnyLengthComputeTheSame(int width) {
        assertSame(RandomLoops.source(377, true), width);
    }

    /** Bodies without loops; {@code x} is the thread's place, up to 159. Only the first six move whole rows. */
    static List<String> bodies() {
        return List.of(
                "out[x] = a[x] * 0.5f + out[x];",
                "float v = a[x + 1]; int w = b[x] + b[n]; out[x] = (a[x] + a[x + 2]) - v * a[n]; ints[x + 1] = w;",
                "uint row = n * 3 + x; out[row] = fma(a[row], a[x * 1 + 7], -sqrt(fabs(a[row])));",
                "if (x >= 150 - n) return; out[x] = a[x] / (a[x + n] + 9.0f);",
                "if (x > n && x < 140) { int w = b[x]; out[x + 2] = float(w); ints[x] = w << 3; }",
                "float v = a[x], w = a[x + 1]; out[x] = v; out[x] = w;",
                "out[x] = a[x]; ints[x] = int(out[x]);",
                "out[x] = a[x]; ints[x] = b[x];",
                "out[159 - x] = a[x];",
                "out[x] = a[x] > 0.0f ? a[x + 1] : a[x + 2];",
                "out[x * 2] = a[x * 2];");
    }

    /** Places and guards with numbers that wrap, are negative, or are counted in bits. */
    static List<String> wrappingBodies() {
        return List.of(
                "out[x << 32] = a[x << 33] * 0.5f;",
                "uint p = x << 34; out[p] = a[p + n] + 1.0f;",
                "out[x + (n << 32)] = a[x << (n - n)] * 2.0f;",
                "out[x + n - 5] = a[x + n - 3] * 0.5f;",
                "uint m = n - 9; out[x + m + 4] = a[m + 9 + x] * 0.5f;",
                "int m = int(n) - 9; int j = int(x) + m; if (j >= 0) out[j] = a[j + 4];",
                "int j = int(x) * -1 + 160; out[j] = a[j] * 0.5f;",
                "if (int(x) > -int(n)) out[x] = a[x] * 0.5f;",
                "if (x > n - 9u) return; out[x] = a[x] * 0.5f;",
                "if (x >= n - 9u) return; out[x] = a[x] * 0.5f;",
                "if (int(x) >= int(n) - 9) { out[x] = a[x] * 0.5f; }",
                "if (x <= 0xffffffffu) out[x] = a[x] * 0.5f;",
                "if (x > 0x7fffffffu) out[x] = a[x] * 0.5f;",
                "if (x == n || x == 77u) out[x] = a[x] * 0.5f;",
                "if (x == n * 11) out[x] = a[x] * 0.5f;",
                "if (n == 4 || x < 3) return; if (x != 60) { float v = a[x]; if (x < 90) out[x + 1] = v * 0.5f; }",
                "float v = 1; for (uint k = n; k < 5; k++) v *= a[x + k + 500]; out[x] = v;",
                "float v = 1; for (int k = n; k > -3; k -= 3) { v += a[int(x) + k]; if (k < 0) break; } out[x] = v;",
                "float v = 1; for (uint k = 0; k < n; k++) { if (k == 2) continue; v += a[x + k]; } out[x] = v;",
                "float v = 1; uint k = 0; do { v += a[x + k]; k += 3; } while (k < n); out[x] = v + k;",
                "float v = a[x]; for (uint k = 0; k < n; k++) { v = v * 0.5f + out[k + 200]; } out[x] = v;",
                "for (uint k = 0; k < n; k++) { if (b[k] > 1000) return; } out[x] = a[x] + b[x];",
                "float v = 0; for (uint k = 0; k < n; k++) { uint j = k * 20 + x; v += a[j]; } out[x] = v;");
    }

    @ParameterizedTest
    @MethodSource("wrappingBodies")
    void numbersWrapTheSame(String body) {
        assertFlatSame(body);
    }

    @Test
    void subscriptsKeepTheirBitsWhereABufferMayBeHuge() {
        var source = """
                struct Table { const device float* a; };
                kernel void k(constant Table& table [[buffer(0)]], device float* out [[buffer(1)]],
                              constant uint& n [[buffer(2)]], uint x [[thread_position_in_grid]]) {
                    int j = int(n * n * x + 3u);
                    uint k = n * (n + n) * x + 4u;
                    out[x] = table.a[j] * 8.0f + table.a[k];
                }
                """;
        try (var arena = Arena.ofConfined();
                var kernel = TestKernel.of(source, FAST)) {
            var a = arena.allocateFrom(ValueLayout.JAVA_FLOAT, floats(9));
            kernel.bind(0, a.address())
                    .bind(1, new float[64])
                    .bind(2, 1 << 16)
                    .bind(3, a)
                    .run(64, 64);
            assertThat(kernel.floats(1)).containsOnly(floats(9)[3] * 8 + floats(9)[4]);
        }
    }

    private static String flat(String body) {
        return """
                kernel void k(const device float* a [[buffer(0)]], const device int* b [[buffer(1)]],
                              device float* out [[buffer(2)]], device int* ints [[buffer(3)]],
                              constant uint& n [[buffer(4)]], uint x [[thread_position_in_grid]]) {
                    %s
                }
                """.formatted(body);
    }

    @Test
    void rowsAreMovedAsAWhole() {
        assertThat(bodies()).filteredOn(body -> isInterchanged(flat(body))).isEqualTo(bodies().subList(0, 6));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesWithoutLoopsComputeAndFailTheSame(String body) {
        assertFlatSame(body);
    }

    private static void assertFlatSame(String body) {
        for (int size : new int[] {400, 171, 159, 60}) {
            for (int threads : new int[] {47, 48, 160}) {
                assertThat(flatResult(FAST, body, size, threads))
                        .as("%s: %d elements, %d threads", body, size, threads)
                        .isEqualTo(flatResult(FAST.withFast(false), body, size, threads));
            }
        }
    }

    /** Each buffer is the short one once. */
    private static List<String> flatResult(MslOptions options, String body, int size, int threads) {
        var results = new ArrayList<String>();
        try (var kernel = TestKernel.of(flat(body), options)) {
            for (int small = 0; small < 4; small++) {
                kernel.bind(0, floats(small == 0 ? size : 400))
                        .bind(1, ints(small == 1 ? size : 400))
                        .bind(2, floats(small == 2 ? size : 400))
                        .bind(3, ints(small == 3 ? size : 400))
                        .bind(4, 5);
                results.add(
                        outcome(kernel, threads) + Arrays.toString(kernel.ints(2)) + Arrays.toString(kernel.ints(3)));
            }
        }
        return results;
    }

    private static int[] ints(int count) {
        return new Random(count).ints(count, -99, 99).toArray();
    }

    private static float[] floats(int count) {
        var random = new Random(count);
        var floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = random.nextFloat() * 8 - 4;
        }
        return floats;
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 61, 128, 200})
    void rowsOfThreadgroupsComputeTheSame(int width) {
        var source = """
                kernel void k(const device float* a [[buffer(0)]], const device int* b [[buffer(1)]],
                              device float* out [[buffer(2)]], device int* ints [[buffer(3)]],
                              constant uint& n [[buffer(4)]],
                              uint2 at [[thread_position_in_grid]], uint2 size [[threads_per_grid]],
                              uint2 local [[thread_position_in_threadgroup]],
                              uint2 group [[threadgroup_position_in_grid]],
                              uint index [[thread_index_in_threadgroup]]) {
                    float sum = 0;
                    int count = int(index);
                    for (uint k = 0; k < n; k++) {
                        sum += a[(local.y + k) * 8 + local.x] * a[group.y + k];
                        count += b[k * size.x + at.x];
                    }
                    out[at.y * size.x + at.x] = sum;
                    ints[at.y * size.x + at.x] = count + int(local.x) * 3;
                }
                """;
        assertThat(isInterchanged(source)).isTrue();
        assertSame(source, width, new Extent(64, 2, 1));
    }

    /** What is known of the fault, without addresses. */
    private static String outcome(TestKernel kernel, int threads) {
        var fault = catchThrowableOfType(
                KernelFault.class, () -> kernel.run(new Extent(threads, 1, 1), new Extent(32, 1, 1)));
        return fault == null
                ? "none"
                : fault.kind() + " line " + fault.line() + " " + fault.position() + " " + fault.offset() + " "
                        + fault.getMessage().replaceAll("0x[0-9a-f]+", "address");
    }

    private static void assertSame(String source, int width) {
        assertSame(source, width, GROUP);
    }

    private static void assertSame(String source, int width, Extent group) {
        assertThat(run(source, FAST, new Extent(width, 5, 1), group))
                .as(source)
                .isEqualTo(run(source, FAST.withFast(false), new Extent(width, 5, 1), group));
    }

    private static int[][] run(String source, MslOptions options, Extent threads, Extent group) {
        var count = threads.width() * threads.height();
        try (var kernel = TestKernel.of(source, options)) {
            kernel.bind(0, floats(RandomLoops.ELEMENTS))
                    .bind(1, ints(RandomLoops.ELEMENTS))
                    .bind(2, new float[count])
                    .bind(3, new int[count])
                    .bind(4, 6)
                    .run(threads, group);
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
            return outcome(kernel, 100) + Arrays.toString(kernel.floats(2));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 2, 5, 4000})
    void pointersThatAreCastKeepThreadsTogetherAndAreCheckedTheSame(int offset) {
        var source = """
                struct Table { const device uchar* b; };
                kernel void k(const device float* a [[buffer(0)]], constant Table& table [[buffer(1)]],
                              device float* out [[buffer(2)]], constant uint& n [[buffer(3)]],
                              uint at [[thread_position_in_grid]]) {
                    const device float* b = (const device float*)(table.b + n);
                    float sum = 0;
                    for (int k = 0; k < 5; k++) sum += a[k] * b[k * 10 + int(at)];
                    out[at] = sum;
                }
                """;
        assertThat(isInterchanged(source)).isTrue();
        assertThat(castResult(source, FAST, offset)).isEqualTo(castResult(source, FAST.withFast(false), offset));
    }

    private static String castResult(String source, MslOptions options, int offset) {
        try (var arena = Arena.ofConfined();
                var kernel = TestKernel.of(source, options)) {
            var b = arena.allocateFrom(ValueLayout.JAVA_FLOAT, floats(1000));
            kernel.bind(0, floats(9))
                    .bind(1, b.address())
                    .bind(2, new float[100])
                    .bind(3, offset)
                    .bind(4, b);
            return outcome(kernel, 100) + Arrays.toString(kernel.floats(2));
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
            TestKernel.assertStops(run, KernelFault.Kind.CANCELLED);
        }
    }
}
