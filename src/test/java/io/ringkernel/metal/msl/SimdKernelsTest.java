package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels as libraries of machine learning write them for SIMD-groups, against plain loops in Java. */
final class SimdKernelsTest {

    private static TestKernel kernel(String file, String name, boolean fast) {
        try (var stream = SimdKernelsTest.class.getResourceAsStream("/msl/kernels/" + file + ".metal")) {
            var source = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return TestKernel.of(
                    source, name, MslOptions.of(LanguageVersion.METAL_3_1).withFast(fast));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] floats(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-64, 65) / 32f;
        }
        return values;
    }

    private static MemorySegment halves(float[] values) {
        var memory = Arena.ofAuto().allocate(2L * values.length, 16);
        for (int i = 0; i < values.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(values[i]));
        }
        return memory;
    }

    private static MemorySegment memory(boolean half, float[] values) {
        return half ? halves(values) : Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, values);
    }

    private static float[] read(boolean half, MemorySegment memory) {
        if (!half) {
            return memory.toArray(ValueLayout.JAVA_FLOAT);
        }
        var values = new float[(int) memory.byteSize() / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
        return values;
    }

    private static void assertClose(float[] actual, double[] expected, double precision) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("element %d", i)
                    .isCloseTo(expected[i], Offset.offset(precision * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @CsvSource({"half, 32, true", "half, 32, false", "float, 64, true", "float, 64, false"})
    void attentionWeighsValuesByTheSoftmaxOfScores(String type, int size, boolean fast) {
        var queries = 16;
        var keys = 40;
        var random = new Random(1);
        var q = floats(random, queries * size);
        var k = floats(random, keys * size);
        var v = floats(random, keys * size);
        var expected = new double[queries * size];
        for (int i = 0; i < queries; i++) {
            attend(Arrays.copyOfRange(q, i * size, (i + 1) * size), k, v, expected, i * size);
        }
        var half = type.equals("half");
        try (var kernel = kernel("attention", "attention_" + type + "_" + size, fast)) {
            kernel.bind(0, memory(half, q)).bind(1, memory(half, k)).bind(2, memory(half, v));
            kernel.bind(3, new float[expected.length]).bind(4, keys).bind(5, 0.25f);
            assertClose(kernel.run(queries / 8 * 32, 32).floats(3), expected, 1e-5);
        }
    }

    private static void attend(float[] query, float[] keys, float[] values, double[] out, int at) {
        var size = query.length;
        var weights = new double[keys.length / size];
        for (int i = 0; i < keys.length; i++) {
            weights[i / size] += 0.25 * query[i % size] * keys[i];
        }
        var highest = Arrays.stream(weights).max().orElseThrow();
        var exponentials =
                Arrays.stream(weights).map(w -> Math.exp(w - highest)).toArray();
        var total = Arrays.stream(exponentials).sum();
        for (int i = 0; i < values.length; i++) {
            out[at + i % size] += exponentials[i / size] / total * values[i];
        }
    }

    @ParameterizedTest
    @CsvSource({
        "half_2_2, 64, 64, 32, true",
        "half_2_2, 37, 45, 19, false",
        "half_2_2, 37, 45, 19, true",
        "float_1_2, 33, 70, 40, true",
        "float_1_2, 33, 31, 7, false"
    })
    void tiledProductsAgreeAtTheEdgesToo(String name, int m, int n, int k, boolean fast) {
        var random = new Random(m);
        var a = floats(random, m * k);
        var b = floats(random, k * n);
        var d = floats(random, m * n);
        var expected = new double[m * n];
        for (int i = 0; i < m * n; i++) {
            var sum = 0.0;
            for (int l = 0; l < k; l++) {
                sum += a[i / n * k + l] * b[l * n + i % n];
            }
            expected[i] = 2 * sum - 0.5 * d[i];
        }
        var half = name.startsWith("half");
        var rows = half ? 32 : 16;
        var threads = half ? 128 : 64;
        var result = memory(half, d);
        var parameters = Arena.ofAuto().allocate(20, 4);
        MemorySegment.copy(new int[] {m, n, k}, 0, parameters, ValueLayout.JAVA_INT, 0, 3);
        MemorySegment.copy(new float[] {2, -0.5f}, 0, parameters, ValueLayout.JAVA_FLOAT, 12, 2);
        try (var kernel = kernel("gemm", "gemm_" + name, fast)) {
            kernel.bind(0, memory(half, a)).bind(1, memory(half, b)).bind(2, result);
            kernel.bind(3, parameters);
            kernel.run(new Extent((n + 31) / 32 * threads, (m + rows - 1) / rows, 1), new Extent(threads, 1, 1));
            assertClose(read(half, result), expected, half ? 1e-3 : 1e-6);
        }
    }

    /** Blocks of quantised weights, byte by byte, and what they mean. */
    private record Weights(MemorySegment blocks, float[] values) {

        static Weights ofFourBits(Random random, int count) {
            var blocks = Arena.ofAuto().allocate(count / 32 * 18L, 16);
            var values = new float[count];
            for (int b = 0; b < count / 32; b++) {
                var scale = scale(random, blocks, b * 18L);
                for (int i = 0; i < 16; i++) {
                    var packed = random.nextInt(256);
                    blocks.set(ValueLayout.JAVA_BYTE, b * 18L + 2 + i, (byte) packed);
                    values[b * 32 + i] = scale * ((packed & 15) - 8);
                    values[b * 32 + 16 + i] = scale * ((packed >> 4) - 8);
                }
            }
            return new Weights(blocks, values);
        }

        static Weights ofEightBits(Random random, int count) {
            var blocks = Arena.ofAuto().allocate(count / 32 * 34L, 16);
            var values = new float[count];
            for (int b = 0; b < count / 32; b++) {
                var scale = scale(random, blocks, b * 34L);
                for (int i = 0; i < 32; i++) {
                    var value = (byte) random.nextInt(-127, 128);
                    blocks.set(ValueLayout.JAVA_BYTE, b * 34L + 2 + i, value);
                    values[b * 32 + i] = scale * value;
                }
            }
            return new Weights(blocks, values);
        }

        /** Eight parts of 32, each with a scale and a least value of six bits. */
        static Weights ofSuperBlocks(Random random, int count) {
            var blocks = Arena.ofAuto().allocate(count / 256 * 144L, 16);
            var values = new float[count];
            for (int b = 0; b < count / 256; b++) {
                var at = b * 144L;
                var scale = scale(random, blocks, at);
                var least = scale(random, blocks, at + 2);
                var scales =
                        IntStream.generate(() -> random.nextInt(64)).limit(8).toArray();
                var leasts =
                        IntStream.generate(() -> random.nextInt(64)).limit(8).toArray();
                for (int j = 0; j < 4; j++) {
                    var low = scales[j] | scales[j + 4] >> 4 << 6;
                    var high = leasts[j] | leasts[j + 4] >> 4 << 6;
                    var both = scales[j + 4] & 15 | (leasts[j + 4] & 15) << 4;
                    blocks.set(ValueLayout.JAVA_BYTE, at + 4 + j, (byte) low);
                    blocks.set(ValueLayout.JAVA_BYTE, at + 8 + j, (byte) high);
                    blocks.set(ValueLayout.JAVA_BYTE, at + 12 + j, (byte) both);
                }
                for (int i = 0; i < 128; i++) {
                    var packed = random.nextInt(256);
                    var part = i / 32 * 2;
                    blocks.set(ValueLayout.JAVA_BYTE, at + 16 + i, (byte) packed);
                    var first = b * 256 + i / 32 * 64 + i % 32;
                    values[first] = scale * scales[part] * (packed & 15) - least * leasts[part];
                    values[first + 32] = scale * scales[part + 1] * (packed >> 4) - least * leasts[part + 1];
                }
            }
            return new Weights(blocks, values);
        }

        private static float scale(Random random, MemorySegment blocks, long at) {
            var bits = Float.floatToFloat16(random.nextFloat(0.01f, 0.5f));
            blocks.set(ValueLayout.JAVA_SHORT, at, bits);
            return Float.float16ToFloat(bits);
        }
    }

    @ParameterizedTest
    @CsvSource({"q4_0, true", "q4_0, false", "q8_0, true", "q8_0, false", "q4_K, true", "q4_K, false"})
    void productsWithQuantisedMatricesAreThoseOfTheirValues(String format, boolean fast) {
        var columns = 768;
        var rows = 16;
        var random = new Random(9);
        var weights = switch (format) {
            case "q4_0" -> Weights.ofFourBits(random, rows * columns);
            case "q8_0" -> Weights.ofEightBits(random, rows * columns);
            default -> Weights.ofSuperBlocks(random, rows * columns);
        };
        var y = floats(random, columns);
        var expected = new double[rows];
        for (int i = 0; i < rows * columns; i++) {
            expected[i / columns] += (double) weights.values[i] * y[i % columns];
        }
        try (var kernel = kernel("quantised", "mul_mv_" + format + "_f32", fast)) {
            kernel.bind(0, weights.blocks).bind(1, y).bind(2, new float[rows]);
            kernel.bind(3, (long) columns).bind(4, (long) rows);
            var groups = format.equals("q4_0") ? 2 : rows;
            var threads = format.equals("q4_0") ? 64 : 32;
            assertClose(kernel.run(groups * threads, threads).floats(2), expected, 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"32, true", "96, true", "96, false", "128, false"})
    void rowsAreNormalised(int threads, boolean fast) {
        var columns = 300;
        var x = floats(new Random(2), 3 * columns);
        var norms = new double[x.length];
        var weights = new double[x.length];
        for (int row = 0; row < x.length; row += columns) {
            var squares = 0.0;
            var sum = 0.0;
            for (int i = row; i < row + columns; i++) {
                squares += x[i] * x[i];
                sum += Math.exp(0.5 * x[i]);
            }
            for (int i = row; i < row + columns; i++) {
                norms[i] = x[i] / Math.sqrt(squares / columns + 1e-5);
                weights[i] = Math.exp(0.5 * x[i]) / sum;
            }
        }
        try (var kernel = kernel("rows", "rms_norm", fast)) {
            assertClose(rows(kernel, x, columns, 1e-5f, threads), norms, 1e-5);
        }
        try (var kernel = kernel("rows", "soft_max", fast)) {
            assertClose(rows(kernel, x, columns, 0.5f, threads), weights, 1e-6);
        }
    }

    private static float[] rows(TestKernel kernel, float[] x, int columns, float number, int threads) {
        kernel.bind(0, x).bind(1, new float[x.length]).bind(2, columns).bind(3, number);
        return kernel.threadgroupLength(0, 128).run(3 * threads, threads).floats(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void positionsTurnPairs(boolean fast) {
        var half = 16;
        var length = 5;
        var x = floats(new Random(8), 2 * length * 2 * half);
        var expected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            var within = i % (2 * half);
            var d = within % half;
            var theta = (3 + i / (2 * half) % length) * Math.pow(2, -d / (double) half * 13);
            var first = x[i - within + d];
            var second = x[i - within + d + half];
            expected[i] = within < half
                    ? first * Math.cos(theta) - second * Math.sin(theta)
                    : first * Math.sin(theta) + second * Math.cos(theta);
        }
        try (var kernel = kernel("rows", "rope_float", fast)) {
            kernel.bind(0, x).bind(1, new float[x.length]).bind(2, 13f).bind(3, 3);
            kernel.run(new Extent(half, length, 2), new Extent(half, 1, 1));
            assertClose(kernel.floats(1), expected, 1e-5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void indicesComeInTheOrderOfTheirValues(boolean fast) {
        var columns = 50;
        var x = new Random(4).ints(0, 100_000).distinct().limit(3 * columns).toArray();
        var values = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = x[i];
        }
        var expected = new int[x.length];
        for (int row = 0; row < 3; row++) {
            var at = row * columns;
            var order = IntStream.range(0, columns)
                    .boxed()
                    .sorted(Comparator.comparing(i -> values[at + i]))
                    .mapToInt(i -> i)
                    .toArray();
            System.arraycopy(order, 0, expected, at, columns);
        }
        try (var kernel = kernel("sorting", "argsort", fast)) {
            kernel.bind(0, values).bind(1, new int[x.length]).bind(2, columns).threadgroupLength(0, 256);
            assertThat(kernel.run(3 * 64, 64).ints(1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 64, true", "70, 128, true", "1000, 96, false"})
    void sumsRunOverGroupsAndStretches(int n, int threads, boolean fast) {
        var in = new Random(6).ints(n).toArray();
        var expected = in.clone();
        Arrays.parallelPrefix(expected, Integer::sum);
        try (var kernel = kernel("sorting", "scan", fast)) {
            kernel.bind(0, in).bind(1, new int[n]).bind(2, n);
            assertThat(kernel.run(threads, threads).ints(1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void digitsSortKeys(boolean fast) {
        var keys = new Random(7).ints(500).toArray();
        var expected = Arrays.stream(keys)
                .boxed()
                .sorted(Integer::compareUnsigned)
                .mapToInt(i -> i)
                .toArray();
        try (var kernel = kernel("sorting", "radix_sort", fast)) {
            kernel.bind(0, keys).bind(1, new int[keys.length]).bind(2, keys.length);
            assertThat(kernel.run(32, 32).ints(0)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lanesFoldAndAtomicsCombine(boolean fast) {
        var in = new Random(3).ints(3000, -1000, 1000).toArray();
        try (var kernel = kernel("sorting", "reduce", fast)) {
            kernel.bind(0, in).bind(1, 0, Integer.MIN_VALUE).bind(2, in.length);
            assertThat(kernel.run(256, 64).ints(1))
                    .containsExactly(
                            Arrays.stream(in).sum(), Arrays.stream(in).max().orElseThrow());
        }
    }
}
