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
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that take turns in a loop compute, fail and stop as in the plain code shape. */
final class StridedLoopTest {
    private static final MslOptions FAST = MslOptions.of(LanguageVersion.METAL_3_1);
    private static final int ELEMENTS = 700;

    /** Lanes {@code x} of rows {@code y} of 8; {@code n} is 50, {@code s} 3, {@code r} a table of 1, 50, 0, 8, ... */
    static List<String> bodies() {
        return List.of(
                "for (int i = x; i < n; i += 8) out[i + y * 60] = a[i + 7];",
                "for (int i = x; i < n; i += 8) out[i * 2 + y * 100] = a[i] + 1;",
                "for (int i = x; i < n; i += 8) out[y * 200 + i * s] = a[i * s + y];",
                "for (uint i = x; i < uint(n); i += 8) out[y * 60u + i] = a[i * 2u];",
                "for (int i = x; i < r[1]; i += 8) out[y * 60 + i] = a[0];",
                "for (int i = x + s; i < n; i += 8) { int v = a[i]; if (v > 0) out[y * 60 + i] = v; }",
                "for (int i = x; i < n; i += 8) { int v = a[i]; if (v < 0) v = -v; out[y * 60 + i] = v; }",
                "for (int i = x; i < n; i += 8) { int j = i + 4; out[y * 60 + j] = a[j] - a[j + 1]; }",
                "int n1 = r[1]; if (n1 == 1) return; for (int i = x; i < n1; i += 8) out[y * 60 + i] = a[i];",
                "int k = r[3]; if (k > 4) { for (int i = x; i < n; i += 8) out[y * 60 + i] = k; }"
                        + " else { for (int i = x; i < n; i += 8) out[y * 60 + i] = a[i]; }",
                "for (int k = 0; k < s; k++) for (int i = x; i < n; i += 8) out[y * 200 + k * 60 + i] = a[i + k];",
                "for (int i = x; i < n; i += 8) out[y * 120 + i] = a[i]; out[y * 120 + 60 + x] = a[x + 9];"
                        + " for (int i = x; i < n; i += 8) out[y * 120 + i] += r[2];",
                "if (x >= 5) return; for (int i = x; i < n; i += 8) out[y * 60 + i] = a[i];",
                "if (x < 2) return; for (int i = x; i < n; i += 6) out[y * 60 + i] = a[i];",
                "for (int i = x; i < n; i += s) out[x * 60 + i] = a[i];",
                "for (int i = x; i < n; i += 11) out[y * 60 + i] = a[i];",
                "for (int i = x; i < -n; i += 8) out[i] = a[i];",
                "for (int i = x; i < n; i += -s) out[y * 60 + i] = a[i];",
                "for (uint i = x; i < 0xfffffff0u; i += 8u) out[y * 320 + i] = a[i];",
                "for (int i = x + 0x7ffffff8; i < n; i += 8) out[y * 60 + i] = a[i + 100];",
                "for (int i = x; i < n; i += 8) out[y * 60 + i + 8] = out[y * 60 + i];",
                "for (int i = x; i < n; i += 8) out[y * 60 + i + 8] = out[y * 60 + i] + a[i];",
                "for (int i = x; i < n; i += 8) out[y * 60 + i] = out[y * 60 + i + 8];",
                "device int2* to = (device int2*)out; const device int2* from = (const device int2*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 60 + i] = from[i + 3];",
                "device uint4* to = (device uint4*)out; const device uint4* from = (const device uint4*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 60 + i].wzyx = from[i];",
                "device float4* to = (device float4*)out; const device float4* from = (const device float4*)a;"
                        + " for (int i = x; i < n; i += 8) to[i * 2 + y] = from[i];",
                "device uchar* to = (device uchar*)out; const device uchar* from = (const device uchar*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 61 + i] = from[i + 1];",
                "device short* to = (device short*)out; const device short* from = (const device short*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 61 + i] = from[i + 1];",
                "device half* to = (device half*)out; const device half* from = (const device half*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 61 + i] = from[i + 1];",
                "device bool* to = (device bool*)out; const device bool* from = (const device bool*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 61 + i] = from[i + 1];",
                "device ulong* to = (device ulong*)out; const device ulong* from = (const device ulong*)a;"
                        + " for (int i = x; i < n; i += 8) to[y * 60 + i] = from[i];");
    }

    private static String kernel(String body) {
        return """
                kernel void k(const device int* a [[buffer(0)]], const device int* rows [[buffer(1)]],
                              device int* out [[buffer(2)]], constant int& n [[buffer(3)]],
                              constant int& s [[buffer(4)]], uint2 at [[thread_position_in_grid]]) {
                    uint x = at.x, y = at.y;
                    const device int* r = rows + y;
                    %s
                }
                """.formatted(body);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesComputeAndFailTheSame(String body) {
        for (int size : new int[] {ELEMENTS, 300, 101, 50, 9}) {
            assertThat(results(FAST, body, size))
                    .as("%s: %d elements", body, size)
                    .isEqualTo(results(FAST.withFast(false), body, size));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void randomPlacesComputeAndFailTheSame(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 6; i++) {
            bodiesComputeAndFailTheSame(randomBody(random));
        }
    }

    /** Each iteration stores up to two elements that no other touches. */
    private static String randomBody(SplittableRandom random) {
        var factor = random.nextInt(1, 4);
        var place = "y * 200 + i * %s * 2 + %d".formatted(factor == 3 ? "s" : factor, random.nextInt(5));
        var isSigned = random.nextBoolean();
        return """
                for (%s i = x + %d; i < %s; i += %d) {
                    int v = a[i * %d + %d] + a[%s * 2];
                    %s out[%s] = v;
                    %s
                }
                """.formatted(
                        isSigned ? "int" : "uint",
                        random.nextInt(4),
                        random.nextBoolean() ? "n" : "r[1]",
                        random.nextInt(8, 12),
                        random.nextInt(isSigned ? -2 : 0, 5),
                        random.nextInt(9),
                        random.nextBoolean() ? "i" : "n",
                        random.nextBoolean() ? "if (v > 5)" : "",
                        place,
                        random.nextBoolean() ? "out[%s + 1] = v - a[i];".formatted(place) : "");
    }

    /** Each buffer is the short one once. */
    private static List<String> results(MslOptions options, String body, int size) {
        var results = new ArrayList<String>();
        try (var kernel = TestKernel.of(kernel(body), options)) {
            for (int small = 0; small < 2; small++) {
                kernel.bind(0, ints(small == 0 ? size : ELEMENTS))
                        .bind(1, 1, 50, 0, 8, 1, 50)
                        .bind(2, ints(small == 1 ? size : ELEMENTS))
                        .bind(3, 50)
                        .bind(4, 3);
                results.add(
                        outcome(kernel, new Extent(8, 3, 1), new Extent(8, 1, 1)) + Arrays.toString(kernel.ints(2)));
            }
        }
        return results;
    }

    private static String outcome(TestKernel kernel, Extent threads, Extent group) {
        var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(threads, group));
        return fault == null
                ? "none"
                : fault.kind() + " line " + fault.line() + " " + fault.position() + " " + fault.offset() + " "
                        + fault.getMessage().replaceAll("0x[0-9a-f]+", "address");
    }

    private static int[] ints(int count) {
        return new Random(count).ints(count, -99, 99).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 255, 256, 257, 5000})
    void stretchesOfALongRowEachTakeTheirPart(int threads) {
        var source = """
                kernel void k(const device int* a [[buffer(0)]], device int* out [[buffer(1)]],
                              constant int& n [[buffer(2)]], uint at [[thread_position_in_grid]],
                              uint all [[threads_per_grid]]) {
                    for (uint i = at; i < uint(n); i += all) { out[i] = a[i] * 3 + int(i); }
                }
                """;
        var count = 12_345;
        var a = ints(count);
        try (var kernel = TestKernel.of(source, FAST)) {
            kernel.bind(0, a).bind(1, new int[count + 9]).bind(2, count).run(threads, 64);
            var expected = IntStream.range(0, count + 9)
                    .map(i -> i < count ? a[i] * 3 + i : 0)
                    .toArray();
            assertThat(kernel.ints(1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 48, 64})
    void threadgroupsTakeTurnsByThemselves(int width) {
        var source = """
                kernel void k(const device int* a [[buffer(0)]], device int* out [[buffer(1)]],
                              uint local [[thread_position_in_threadgroup]], uint size [[threads_per_threadgroup]],
                              uint group [[threadgroup_position_in_grid]]) {
                    for (uint i = local; i < 100u; i += size) { out[group * 100u + i] = a[i] + int(group); }
                }
                """;
        var a = ints(100);
        try (var kernel = TestKernel.of(source, FAST)) {
            kernel.bind(0, a).bind(1, new int[500]).run(5 * width - 7, width);
            var expected =
                    IntStream.range(0, 500).map(i -> a[i % 100] + i / 100).toArray();
            assertThat(kernel.ints(1)).isEqualTo(expected);
        }
    }

    @Test
    void whatALaneStoredItReadsInItsNextTurn() {
        try (var kernel = TestKernel.of(kernel("for (int i = x; i < n; i += 8) out[i + 8] = out[i];"), FAST)) {
            kernel.bind(0, 0).bind(1, 0).bind(2, ints(58)).bind(3, 50).bind(4, 0);
            kernel.run(8, 8);
            var start = ints(58);
            assertThat(kernel.ints(2))
                    .isEqualTo(IntStream.range(0, 58).map(i -> start[i % 8]).toArray());
        }
    }

    @Test
    void sumsOfSumsAreNotWrittenOutOverAndOver() {
        var sums = IntStream.range(0, 60)
                .mapToObj(k -> "long h%d = h%d + h%d;".formatted(k + 1, k, k))
                .collect(Collectors.joining(" "));
        bodiesComputeAndFailTheSame("""
                for (int i = x; i < n; i += 8) { long h0 = i; %s out[y * 60 + i] = a[h60 - h60 + i]; }
                """.formatted(sums));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (int i = x; i < n; i += 8) out[i] = a[i + 8];",
                "for (int i = x; i < n; i += 8) out[i + 8] = a[i];",
                "for (int i = x; i < n; i += 8) out[i + 16] = a[i] + a[i + 8];",
                "for (int i = x; i < n; i += 8) out[i] = a[i] * 2 + r[2];",
            })
    void argumentsThatAreTheSameMemoryComputeTheSame(String body) {
        assertThat(inPlace(body, FAST)).isEqualTo(inPlace(body, FAST.withFast(false)));
    }

    private static int[] inPlace(String body, MslOptions options) {
        try (var arena = Arena.ofConfined();
                var kernel = TestKernel.of(kernel(body), options)) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_INT, ints(90));
            kernel.bind(0, memory).bind(1, 1, 2, 3).bind(2, memory).bind(3, 50).bind(4, 0);
            return kernel.run(8, 8).ints(2);
        }
    }

    @Test
    void aFaultIsOfTheFirstThreadThatFailsByItself() {
        try (var kernel = TestKernel.of(kernel("for (int i = x; i < n; i += 8) out[i] = a[i];"), FAST)) {
            kernel.bind(0, ints(45)).bind(1, 0).bind(2, new int[50]).bind(3, 50).bind(4, 0);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(8, 8));
            // Element 45 is the first that is missing, and thread 5's; threads 0 and 1 come first, and read 48 and 49.
            assertThat(fault.position()).contains(new Extent(0, 0, 0));
            assertThat(fault.offset()).hasValue(4 * 48);
        }
    }

    @Test
    void loopsInTurnCanBeCancelled() throws Exception {
        var endless = kernel("while (a[0] == 0) for (int i = x; i < n; i += 8) out[i] = r[y] + i;");
        try (var kernel = TestKernel.of(endless, FAST)) {
            var run = kernel.bind(0, 0)
                    .bind(1, 0)
                    .bind(2, new int[50])
                    .bind(3, 50)
                    .bind(4, 0)
                    .prepare(new Extent(8, 1, 1), new Extent(8, 1, 1));
            TestKernel.assertStops(run, KernelFault.Kind.CANCELLED);
        }
    }
}
