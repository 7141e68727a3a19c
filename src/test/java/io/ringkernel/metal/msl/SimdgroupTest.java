package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIMD-group and quad functions over 70 threads (two whole SIMD-groups and six threads), against plain loops. */
final class SimdgroupTest {
    private static final int THREADS = 70;

    private static int value(int thread) {
        return (thread * 37 + 11) % 101 - 40;
    }

    private static int[] run(String expression) {
        var source = """
                kernel void k(device const int* in [[buffer(0)]], device int* out [[buffer(1)]],
                              uint lid [[thread_index_in_threadgroup]], uint lane [[thread_index_in_simdgroup]]) {
                    int v = in[lid];
                    out[lid] = %s;
                }
                """.formatted(expression);
        try (var kernel = TestKernel.of(source)) {
            return kernel.bind(
                            0,
                            IntStream.range(0, THREADS)
                                    .map(SimdgroupTest::value)
                                    .toArray())
                    .bind(1, new int[THREADS])
                    .run(THREADS, THREADS)
                    .ints(1);
        }
    }

    private static int[] expect(IntUnaryOperator byThread) {
        return IntStream.range(0, THREADS).map(byThread).toArray();
    }

    private static IntStream group(int thread, int width) {
        var from = thread / width * width;
        return IntStream.range(from, Math.min(THREADS, from + width)).map(SimdgroupTest::value);
    }

    @Test
    void reductionsCombineTheLanesOfASimdgroup() {
        assertThat(run("simd_sum(v)")).isEqualTo(expect(i -> group(i, 32).sum()));
        assertThat(run("simd_min(v)")).isEqualTo(expect(i -> group(i, 32).min().orElseThrow()));
        assertThat(run("simd_max(v)")).isEqualTo(expect(i -> group(i, 32).max().orElseThrow()));
        assertThat(run("simd_and(v)")).isEqualTo(expect(i -> group(i, 32).reduce(-1, (a, b) -> a & b)));
        assertThat(run("simd_or(v)")).isEqualTo(expect(i -> group(i, 32).reduce(0, (a, b) -> a | b)));
        assertThat(run("simd_xor(v)")).isEqualTo(expect(i -> group(i, 32).reduce(0, (a, b) -> a ^ b)));
        assertThat(run("simd_product(v | 1)"))
                .isEqualTo(expect(i -> group(i, 32).map(x -> x | 1).reduce(1, (a, b) -> a * b)));
    }

    @Test
    void unsignedExtremaCompareUnsigned() {
        assertThat(run("int(simd_max(uint(v)))"))
                .isEqualTo(expect(i -> group(i, 32)
                        .reduce((a, b) -> Integer.compareUnsigned(a, b) >= 0 ? a : b)
                        .orElseThrow()));
        assertThat(run("int(simd_min(uint(v)))"))
                .isEqualTo(expect(i -> group(i, 32)
                        .reduce((a, b) -> Integer.compareUnsigned(a, b) <= 0 ? a : b)
                        .orElseThrow()));
    }

    @Test
    void quadsAreFourLanesWide() {
        assertThat(run("quad_sum(v)")).isEqualTo(expect(i -> group(i, 4).sum()));
        assertThat(run("quad_max(v)")).isEqualTo(expect(i -> group(i, 4).max().orElseThrow()));
        assertThat(run("quad_broadcast(v, ushort(1))")).isEqualTo(expect(i -> value(i / 4 * 4 + 1)));
    }

    @Test
    void prefixSumsStopAtTheLane() {
        assertThat(run("simd_prefix_inclusive_sum(v)"))
                .isEqualTo(expect(i -> group(i, 32).limit(i % 32 + 1).sum()));
        assertThat(run("simd_prefix_exclusive_sum(v)"))
                .isEqualTo(expect(i -> group(i, 32).limit(i % 32).sum()));
        assertThat(run("simd_prefix_exclusive_product(v | 1)"))
                .isEqualTo(
                        expect(i -> group(i, 32).limit(i % 32).map(x -> x | 1).reduce(1, (a, b) -> a * b)));
    }

    @Test
    void shufflesReadTheLaneTheyName() {
        assertThat(run("simd_shuffle_xor(v, ushort(1))")).isEqualTo(expect(i -> value(i ^ 1)));
        assertThat(run("simd_broadcast(v, ushort(3))")).isEqualTo(expect(i -> value(i / 32 * 32 + 3)));
        assertThat(run("simd_broadcast_first(v)")).isEqualTo(expect(i -> value(i / 32 * 32)));
        assertThat(run("lane < 31 && lid < 69 ? simd_shuffle_down(v, ushort(1)) : 0"))
                .isEqualTo(expect(i -> i % 32 < 31 && i < 69 ? value(i % 32 == 30 || i == 68 ? i : i + 1) : 0));
        assertThat(run("simd_shuffle(v, ushort((lane * 3) % 6))"))
                .isEqualTo(expect(i -> value(i / 32 * 32 + i % 32 * 3 % 6)));
        assertThat(run("lid < 64 ? simd_shuffle_rotate_down(v, ushort(5)) : 0"))
                .isEqualTo(expect(i -> i < 64 ? value(i / 32 * 32 + (i + 5) % 32) : 0));
    }

    @Test
    void fillingShufflesTakeFromTheSecondOperandAtTheEnd() {
        assertThat(run("lid < 64 ? simd_shuffle_and_fill_up(v, v * 1000, ushort(3)) : 0"))
                .isEqualTo(expect(i -> {
                    var from = i % 32 - 3;
                    var base = i / 32 * 32;
                    return i >= 64 ? 0 : from >= 0 ? value(base + from) : value(base + 32 + from) * 1000;
                }));
        assertThat(run("lid < 64 ? simd_shuffle_and_fill_down(v, v * 1000, ushort(2), ushort(8)) : 0"))
                .isEqualTo(expect(i -> {
                    var from = i % 8 + 2;
                    var base = i / 8 * 8;
                    return i >= 64 ? 0 : from < 8 ? value(base + from) : value(base + from - 8) * 1000;
                }));
    }

    @Test
    void theModuloOfAFillingShuffleMayBeKnownAtRunTimeOnly() {
        assertThat(run("lid < 64 ? simd_shuffle_and_fill_up(v, v * 1000, ushort(1), ushort(lid < 32 ? 4 : 16)) : 0"))
                .isEqualTo(expect(i -> {
                    var modulo = i < 32 ? 4 : 16;
                    var isFilled = i % modulo == 0;
                    return i >= 64 ? 0 : isFilled ? value(i + modulo - 1) * 1000 : value(i - 1);
                }));
        assertThat(run("lid < 64 ? simd_shuffle_and_fill_up(v, v * 1000, ushort(1), ushort(lid - lid)) : 0"))
                .isEqualTo(expect(i -> i >= 64 ? 0 : value(i)));
    }

    @Test
    void onlyRunningLanesTakePart() {
        assertThat(run("(lid % 3 == 0) ? simd_sum(v) : -1"))
                .isEqualTo(expect(i -> i % 3 != 0
                        ? -1
                        : IntStream.range(i / 32 * 32, Math.min(THREADS, i / 32 * 32 + 32))
                                .filter(k -> k % 3 == 0)
                                .map(SimdgroupTest::value)
                                .sum()));
        assertThat(run("lane > 4 ? (simd_is_first() ? 1 : 0) : 9"))
                .isEqualTo(expect(i -> i % 32 <= 4 ? 9 : i % 32 == 5 ? 1 : 0));
    }

    @Test
    void votesAreTheSameForAllLanes() {
        assertThat(run("simd_any(v == 60) ? 1 : 0"))
                .isEqualTo(expect(i -> group(i, 32).anyMatch(x -> x == 60) ? 1 : 0));
        assertThat(run("simd_all(v > -41) ? 1 : 0")).isEqualTo(expect(i -> 1));
    }

    private static int lanes(int thread, int width, IntPredicate votes) {
        var from = thread / width * width;
        return IntStream.range(from, Math.min(THREADS, from + width))
                .filter(votes)
                .map(i -> 1 << i - from)
                .sum();
    }

    @Test
    void aBallotHasABitForEachLaneThatRunsAndAgrees() {
        IntPredicate isOdd = i -> (value(i) & 1) != 0;
        assertThat(run("int((simd_vote::vote_t)simd_ballot((v & 1) != 0))"))
                .isEqualTo(expect(i -> lanes(i, 32, isOdd)));
        assertThat(run("int(static_cast<quad_vote::vote_t>(quad_ballot((v & 1) != 0)))"))
                .isEqualTo(expect(i -> lanes(i, 4, isOdd)));
        assertThat(run("lid % 3 == 0 ? as_type<int2>((simd_vote::vote_t)simd_ballot((v & 1) != 0)).x : 7"))
                .isEqualTo(expect(i -> i % 3 != 0 ? 7 : lanes(i, 32, k -> k % 3 == 0 && isOdd.test(k))));
        assertThat(run("lid % 3 == 0 ? int(simd_vote::vote_t(simd_active_threads_mask())) : 7"))
                .isEqualTo(expect(i -> i % 3 != 0 ? 7 : lanes(i, 32, k -> k % 3 == 0)));
        assertThat(run("lid % 3 == 0 ? int(quad_vote::vote_t(quad_active_threads_mask())) : 7"))
                .isEqualTo(expect(i -> i % 3 != 0 ? 7 : lanes(i, 4, k -> k % 3 == 0)));
    }

    @Test
    void aVoteAsksEveryLaneThoughItDoesNotRun() {
        assertThat(run("simd_ballot(true).all() ? 1 : 0")).isEqualTo(expect(i -> i < 64 ? 1 : 0));
        assertThat(run("lid != 3 && simd_ballot(true).all() ? 1 : 0")).isEqualTo(expect(i -> i / 32 == 1 ? 1 : 0));
        assertThat(run("simd_ballot(v == 60).any() ? 1 : 0"))
                .isEqualTo(expect(i -> group(i, 32).anyMatch(x -> x == 60) ? 1 : 0));
        assertThat(run("quad_ballot(lid > 5).all() ? 1 : 0")).isEqualTo(expect(i -> i >= 8 && i < 68 ? 1 : 0));
        assertThat(run("simd_vote(0xffffffff).all() && !simd_vote().any() && quad_vote(0x2f).all() ? 1 : 0"))
                .isEqualTo(expect(i -> 1));
        assertThat(run("int((quad_vote::vote_t)quad_vote(0x35))")).isEqualTo(expect(i -> 5));
    }

    @Test
    void quadsExchangeSixtyFourBits() {
        assertThat(run("int(quad_sum(long(v) << 33) >> 33)"))
                .isEqualTo(expect(i -> group(i, 4).sum()));
        assertThat(run("int(quad_shuffle_xor(ulong(v) << 32, ushort(1)) >> 32)"))
                .isEqualTo(expect(i -> value(i ^ 1)));
        assertThat(run("int(quad_prefix_exclusive_sum(long2(v, v + 1)).y)"))
                .isEqualTo(expect(i -> group(i, 4).limit(i % 4).map(x -> x + 1).sum()));
        assertThat(run("int(quad_max(ulong(long(v))))"))
                .isEqualTo(expect(i -> group(i, 4)
                        .reduce((a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b)
                        .orElseThrow()));
    }

    @Test
    void lanesLeaveAWhileLoopOneByOne() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint lid [[thread_index_in_threadgroup]]) {
                    int rounds = 0;
                    int left = lid % 5;
                    while (simd_any(left > 0)) {
                        if (left > 0) { left--; rounds += simd_sum(1); }
                        if (rounds > 1000) break;
                    }
                    out[lid] = rounds;
                }
                """;
        var expected = new int[40];
        for (int group = 0; group < 40; group += 32) {
            for (int round = 0; round < 4; round++) {
                var running = 0;
                for (int i = group; i < Math.min(40, group + 32); i++) {
                    running += i % 5 > round ? 1 : 0;
                }
                for (int i = group; i < Math.min(40, group + 32); i++) {
                    expected[i] += i % 5 > round ? running : 0;
                }
            }
        }
        try (var kernel = TestKernel.of(source)) {
            assertThat(kernel.bind(0, new int[40]).run(40, 40).ints(0)).isEqualTo(expected);
        }
    }
}
