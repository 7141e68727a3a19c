package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices of a SIMD-group against plain loops over rows and columns, by both ways of making code. */
final class SimdgroupMatrixTest {
    private static final int SIZE = 8;

    private static TestKernel kernel(boolean fast, String source) {
        return TestKernel.of(source, MslOptions.of(LanguageVersion.METAL_3_1).withFast(fast));
    }

    /** Small integers, which every element type has. */
    private static float[] integers(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-9, 10);
        }
        return values;
    }

    /** The value of an element type that is nearest to a float. */
    private static float rounded(String type, float value) {
        return switch (type) {
            case "half" -> Float.float16ToFloat(Float.floatToFloat16(value));
            case "bfloat" -> {
                var bits = Float.floatToRawIntBits(value);
                yield Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
            }
            default -> value;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "float, float, float, float",
        "half, half, half, half",
        "bfloat, bfloat, bfloat, bfloat",
        "float, half, half, float",
        "float, bfloat, bfloat, float",
        "float, float, half, float",
        "half, float, bfloat, half"
    })
    void productsAreSumsOverColumnsAndRowsRoundedOnce(String d, String a, String b, String c) {
        var random = new Random(5);
        var as = integers(random, 64);
        var bs = integers(random, 64);
        var cs = integers(random, 64);
        var expected = new float[64];
        for (int i = 0; i < 64; i++) {
            var sum = cs[i];
            for (int k = 0; k < SIZE; k++) {
                sum += as[i / SIZE * SIZE + k] * bs[k * SIZE + i % SIZE];
            }
            expected[i] = rounded(d, sum);
        }
        var source = """
                kernel void k(device const float* a [[buffer(0)]], device const float* b [[buffer(1)]],
                              device const float* c [[buffer(2)]], device float* d [[buffer(3)]],
                              uint lane [[thread_index_in_simdgroup]]) {
                    threadgroup %2$s ta[64]; threadgroup %3$s tb[64]; threadgroup %4$s tc[64]; threadgroup %1$s td[64];
                    for (uint i = lane; i < 64; i += 32) {
                        ta[i] = %2$s(a[i]); tb[i] = %3$s(b[i]); tc[i] = %4$s(c[i]);
                    }
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    simdgroup_matrix<%2$s, 8, 8> ma; simdgroup_matrix<%3$s, 8, 8> mb;
                    simdgroup_matrix<%4$s, 8, 8> mc; simdgroup_matrix<%1$s, 8, 8> md;
                    simdgroup_load(ma, ta);
                    simdgroup_load(mb, tb, 8);
                    simdgroup_load(mc, tc, 8, 0);
                    simdgroup_multiply_accumulate(md, ma, mb, mc);
                    simdgroup_store(md, td);
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    for (uint i = lane; i < 64; i += 32) d[i] = float(td[i]);
                }
                """.formatted(d, a, b, c);
        for (var fast : new boolean[] {true, false}) {
            try (var kernel = kernel(fast, source)) {
                kernel.bind(0, as)
                        .bind(1, bs)
                        .bind(2, cs)
                        .bind(3, new float[64])
                        .run(32, 32);
                assertThat(kernel.floats(3)).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadsAndStoresFollowStrideOriginAndTransposition(boolean fast) {
        var source = """
                kernel void k(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                              constant uint* how [[buffer(2)]]) {
                    simdgroup_float8x8 m;
                    simdgroup_load(m, in, how[0], ulong2(how[1], how[2]), how[3] != 0);
                    simdgroup_store(m, out, how[4], ulong2(how[5], how[6]), how[7] != 0);
                }
                """;
        var random = new Random(7);
        try (var kernel = kernel(fast, source)) {
            for (int round = 0; round < 12; round++) {
                var how = IntStream.of(13, 6, 6, 2, 13, 6, 6, 2)
                        .map(random::nextInt)
                        .toArray();
                how[0] = Math.max(how[0], SIZE);
                how[4] = Math.max(how[4], SIZE);
                var in = integers(random, 256);
                var expected = new float[256];
                for (int i = 0; i < SIZE * SIZE; i++) {
                    expected[place(how, 4, i / SIZE, i % SIZE)] = in[place(how, 0, i / SIZE, i % SIZE)];
                }
                kernel.bind(0, in).bind(1, new float[256]).bind(2, how).run(32, 32);
                assertThat(kernel.floats(1)).isEqualTo(expected);
            }
        }
    }

    private static int place(int[] how, int at, int row, int column) {
        return how[at + 3] == 0
                ? (how[at + 2] + row) * how[at] + how[at + 1] + column
                : (how[at + 2] + column) * how[at] + how[at + 1] + row;
    }

    /** The lane's row and column as shaders compute them. */
    private static final String COORDINATES = """
            static uint2 place(uint lane) {
                const short qid = lane / 4;
                const short fm = (qid & 4) + ((lane / 2) % 4);
                const short fn = (qid & 2) * 2 + (lane % 2) * 2;
                return uint2(fn, fm);
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lanesHoldTheElementsThatShadersCountOn(boolean fast) {
        var source = COORDINATES + """
                kernel void k(device const half* in [[buffer(0)]], device float* out [[buffer(1)]],
                              uint lane [[thread_index_in_simdgroup]]) {
                    simdgroup_half8x8 m;
                    for (uint i = 0; i < 2; i++) m.thread_elements()[i] = half(10 * place(lane).y + place(lane).x + i);
                    reinterpret_cast<thread vec<half, 2>&>(m.thread_elements()) *= half(2);
                    simdgroup_float8x8 one(1.0f);
                    simdgroup_float8x8 product;
                    simdgroup_multiply(product, m, one);
                    simdgroup_store(product, out);
                }
                """;
        var expected = new float[64];
        for (int i = 0; i < 64; i++) {
            expected[i] = 2 * (10 * (i / 8) + i % 8);
        }
        try (var kernel = kernel(fast, source)) {
            assertThat(kernel.bind(1, new float[64]).run(32, 32).floats(1)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void matricesAreValuesInArraysStructsTemplatesAndFunctions(boolean fast) {
        var source = """
                template <typename T> struct Tile { simdgroup_matrix<T, 8, 8> m[2]; };
                template <typename T, int C, int R>
                static void scale(thread simdgroup_matrix<T, C, R>& m, simdgroup_matrix<T, C, R> by) {
                    simdgroup_multiply(m, m, by);
                }
                template <typename M> static M sum(M a, const M b) {
                    M one = M(1);
                    M r;
                    simdgroup_multiply_accumulate(r, a, one, b);
                    return r;
                }
                kernel void k(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                              uint group [[simdgroup_index_in_threadgroup]]) {
                    Tile<float> tile;
                    for (int i = 0; i < 2; i++) simdgroup_load(tile.m[i], in + 64 * i, 8);
                    scale(tile.m[0], simdgroup_float8x8(2));
                    scale(tile.m[1], make_filled_simdgroup_matrix<float, 8>(0.5f));
                    simdgroup_float8x8 t[2][1] = {{sum(tile.m[0], tile.m[1])}, {tile.m[0] * tile.m[1]}};
                    const simdgroup_float8x8 chosen = t[group][0];
                    simdgroup_store(chosen, out + 64 * group);
                }
                """;
        var in = integers(new Random(3), 128);
        var expected = new float[128];
        for (int i = 0; i < 64; i++) {
            var filled = 0f;
            var product = 0f;
            for (int k = 0; k < SIZE; k++) {
                filled += in[64 + i / 8 * 8 + k] / 2;
                var row = 0f;
                for (int l = 0; l < SIZE; l++) {
                    row += in[64 + k * 8 + l] / 2;
                }
                product += 2 * in[i / 8 * 8 + k] * row;
            }
            expected[i] = 2 * in[i] + filled;
            expected[64 + i] = product;
        }
        try (var kernel = kernel(fast, source)) {
            assertThat(kernel.bind(0, in).bind(1, new float[128]).run(64, 64).floats(1))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everySimdgroupGoesItsOwnWay(boolean fast) {
        var source = """
                kernel void k(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                              uint group [[simdgroup_index_in_threadgroup]]) {
                    if (group == 1) return;
                    simdgroup_float8x8 a, sum = simdgroup_float8x8(0);
                    simdgroup_load(a, in);
                    for (uint i = 0; i <= group; i++) {
                        if (i == 2) continue;
                        simdgroup_multiply_accumulate(sum, simdgroup_float8x8(i + 1), a, sum);
                    }
                    simdgroup_store(sum, out + 64 * group);
                }
                """;
        var in = integers(new Random(4), 64);
        var expected = new float[256];
        for (int i = 0; i < 64; i++) {
            expected[i] = in[i];
            expected[128 + i] = 3 * in[i];
            expected[192 + i] = 7 * in[i];
        }
        try (var kernel = kernel(fast, source)) {
            assertThat(kernel.bind(0, in).bind(1, new float[256]).run(128, 128).floats(1))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'simdgroup_load(m, out)', true",
        "'simdgroup_store(m, out)', true",
        "'simdgroup_multiply(m, m, m)', true",
        "'simdgroup_multiply_accumulate(m, m, m, m)', false",
        "'simdgroup_load(m, out)', false"
    })
    void aPartOfASimdgroupFails(String call, boolean fast) {
        var source = """
                kernel void k(device float* out [[buffer(0)]], uint lane [[thread_index_in_simdgroup]],
                              constant uint& limit [[buffer(1)]]) {
                    simdgroup_float8x8 m(1);
                    if (lane < limit) {
                        %s;
                    }
                }
                """.formatted(call);
        try (var kernel = kernel(fast, source)) {
            kernel.bind(0, new float[64]);
            kernel.bind(1, 32).run(64, 64);
            assertFails(kernel.bind(1, 31), 64, "reached by 31 of the 32 threads");
            assertFails(kernel.bind(1, 32), 40, "reached by 8 of the 32 threads");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'float, 4, 4', has 8 columns and 8 rows",
        "'int, 8, 8', 'are half, bfloat or float'",
    })
    void onlyEightByEightFloatsAreAMatrix(String arguments, String message) {
        assertThatThrownBy(() -> kernel(true, "kernel void k() { simdgroup_matrix<%s> m; }".formatted(arguments)))
                .isInstanceOf(MslCompilationException.class)
                .hasMessageContaining(message);
    }

    private static void assertFails(TestKernel kernel, int threads, String message) {
        assertThatThrownBy(() -> kernel.run(threads, threads))
                .isInstanceOf(KernelFault.class)
                .hasMessageContaining(message);
    }
}
