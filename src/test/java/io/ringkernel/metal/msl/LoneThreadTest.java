package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threadgroups of one thread, for which there is code of its own: a barrier waits for nobody. */
final class LoneThreadTest {
    private static final Extent ONE = new Extent(1, 1, 1);

    private static TestKernel kernel(boolean isFast, String source) {
        return TestKernel.of(source, MslOptions.of(LanguageVersion.METAL_3_1).withFast(isFast));
    }

    /** A prefix sum in threadgroup memory, of as many elements as {@code n} says, by threads of any number. */
    private static final String PREFIX_SUM = """
            kernel void k(const device int* in [[buffer(0)]], device int* out [[buffer(1)]],
                          constant uint& n [[buffer(2)]], threadgroup int* bound [[threadgroup(0)]],
                          uint group [[threadgroup_position_in_grid]], uint lid [[thread_index_in_threadgroup]],
                          uint threads [[threads_per_threadgroup]]) {
                threadgroup int sums[16];
                for (uint i = lid; i < n; i += threads) {
                    bound[i] = in[group * n + i];
                }
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint i = lid; i < n; i += threads) {
                    int sum = 0;
                    for (uint k = 0; k <= i; k++) { sum += bound[k]; }
                    sums[i] = sum;
                }
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint i = lid; i < n; i += threads) {
                    out[group * n + i] = sums[n - 1 - i] * 100 + int(lid);
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThreadDoesTheWorkOfMany(boolean isFast) {
        int n = 16;
        int groups = 5;
        int[] in = new int[groups * n];
        Arrays.setAll(in, i -> i * i % 23 - 7);
        try (var kernel = kernel(isFast, PREFIX_SUM)) {
            for (int threads : new int[] {1, 4, 1}) {
                kernel.bind(0, in).bind(1, new int[in.length]).bind(2, n).threadgroupLength(0, n * Integer.BYTES);
                int[] out = kernel.run(groups * threads, threads).ints(1);
                assertThat(out).as("%d threads", threads).containsExactly(backwards(in, n, threads));
            }
        }
    }

    private static int[] backwards(int[] in, int n, int threads) {
        int[] expected = new int[in.length];
        for (int at = 0; at < in.length; at++) {
            int first = at / n * n;
            int last = first + n - 1 - at % n;
            expected[at] = Arrays.stream(in, first, last + 1).sum() * 100 + at % n % threads;
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyGroupKnowsItsPlace(boolean isFast) {
        try (var kernel = kernel(isFast, """
                kernel void k(device int* out [[buffer(0)]], uint3 at [[thread_position_in_grid]],
                              uint3 group [[threadgroup_position_in_grid]], uint3 groups [[threadgroups_per_grid]],
                              uint3 local [[thread_position_in_threadgroup]], uint lane [[thread_index_in_simdgroup]],
                              uint index [[thread_index_in_threadgroup]]) {
                    threadgroup uint place;
                    place = (group.z * groups.y + group.y) * groups.x + group.x;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    bool isAlone = all(local == uint3(0)) && lane == 0 && index == 0 && all(at == group);
                    out[place] = isAlone ? int(place) + 1 : -1;
                }
                """)) {
            int[] expected = new int[24];
            Arrays.setAll(expected, i -> i + 1);
            kernel.bind(0, new int[24]);
            var run = kernel.prepare(new Extent(3, 4, 2), ONE);
            run.run(0, run.unitCount());
            assertThat(kernel.ints(0)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void exchangesBetweenLanesGiveTheThreadItsOwnValue(boolean isFast) {
        try (var kernel = kernel(isFast, """
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                    int x = int(gid) + 3;
                    for (int i = 0; i < 2; i++) {
                        threadgroup_barrier(mem_flags::mem_none);
                        x = simd_sum(x) * 2 + simd_shuffle(x, 0) + quad_broadcast(x, 0);
                    }
                    out[gid] = x;
                }
                """)) {
            assertThat(kernel.bind(0, new int[3]).run(3, 1).ints(0)).containsExactly(3 * 16, 4 * 16, 5 * 16);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatReturnsAtABarrierEndsAlone(boolean isFast) {
        try (var kernel = kernel(isFast, """
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                    out[gid] = 1;
                    threadgroup_barrier(mem_flags::mem_device);
                    if (gid == 1) { return; }
                    out[gid] = 2;
                    threadgroup_barrier(mem_flags::mem_device);
                    out[gid] += 1;
                }
                """)) {
            assertThat(kernel.bind(0, new int[3]).run(3, 1).ints(0)).containsExactly(3, 1, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFaultSaysWhichThread(boolean isFast) {
        try (var kernel = kernel(isFast, """
                kernel void k(device int* out [[buffer(0)]], uint2 at [[thread_position_in_grid]]) {
                    threadgroup int own[2];
                    own[0] = int(at.y * 10 + at.x);
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[own[0]] = 1;
                }
                """)) {
            kernel.bind(0, new int[12]);
            var run = kernel.prepare(new Extent(3, 2, 1), ONE);
            assertThatThrownBy(() -> run.run(0, run.unitCount())).isInstanceOfSatisfying(KernelFault.class, fault -> {
                assertThat(fault.kind()).isEqualTo(KernelFault.Kind.OUT_OF_BOUNDS);
                assertThat(fault.position()).contains(new Extent(2, 1, 0));
            });
        }
    }
}
