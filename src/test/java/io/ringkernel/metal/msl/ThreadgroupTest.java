package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers and threadgroup memory, against plain loops. */
final class ThreadgroupTest {

    private static int[] iota(int count) {
        return IntStream.range(0, count).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 32, 33, 64})
    void aScanWithBarriersInALoopIsAPrefixSum(int size) {
        var source = """
                kernel void scan(device int* data [[buffer(0)]], uint lid [[thread_position_in_threadgroup]],
                                 uint gid [[thread_position_in_grid]], uint size [[threads_per_threadgroup]]) {
                    threadgroup int a[64];
                    a[lid] = data[gid];
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    for (uint step = 1; step < size; step *= 2) {
                        int left = lid >= step ? a[lid - step] : 0;
                        threadgroup_barrier(mem_flags::mem_threadgroup);
                        a[lid] += left;
                        threadgroup_barrier(mem_flags::mem_threadgroup);
                    }
                    data[gid] = a[lid];
                }
                """;
        var expected = new int[size];
        for (int i = 0, sum = 0; i < size; i++) {
            expected[i] = sum += i * 3 + 1;
        }
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, IntStream.range(0, size).map(i -> i * 3 + 1).toArray());
            assertThat(kernel.run(size, size).ints(0)).isEqualTo(expected);
        }
    }

    @Test
    void barriersInsideCalledFunctionsSeparateTheirHalves() {
        var source = """
                static int exchange(threadgroup int* a, uint lid, uint size, int value) {
                    a[lid] = value;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    int other = a[size - 1 - lid];
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    if (other < 0) return 0;
                    return other;
                }
                kernel void k(device int* data [[buffer(0)]], uint lid [[thread_position_in_threadgroup]],
                              uint size [[threads_per_threadgroup]]) {
                    threadgroup int a[16];
                    int once = exchange(a, lid, size, int(lid)) * 100;
                    data[lid] = once + exchange(a, lid, size, once + 1);
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[16]).run(16, 16);
            var expected = IntStream.range(0, 16).map(i -> (15 - i) * 100 + i * 100 + 1);
            assertThat(kernel.ints(0)).isEqualTo(expected.toArray());
        }
    }

    @Test
    void privateVariablesSurviveBarriersPerThread() {
        var source = """
                kernel void k(device int* data [[buffer(0)]], device int* out [[buffer(1)]],
                              uint lid [[thread_position_in_threadgroup]], uint size [[threads_per_threadgroup]]) {
                    int mine = data[lid];
                    int history[3];
                    history[0] = mine;
                    for (int round = 1; round < 3; round++) {
                        threadgroup_barrier(mem_flags::mem_device);
                        data[lid] = mine * 2;
                        threadgroup_barrier(mem_flags::mem_device);
                        mine = data[(lid + 1) % size];
                        history[round] = mine;
                    }
                    out[lid] = history[0] * 10000 + history[1] * 100 + history[2];
                }
                """;
        var size = 5;
        var data = iota(size);
        var expected = new int[size];
        for (int i = 0; i < size; i++) {
            var second = (i + 1) % size * 2;
            var third = (i + 2) % size * 4;
            expected[i] = i * 10000 + second * 100 + third;
        }
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, data).bind(1, new int[size]).run(size, size);
            assertThat(kernel.ints(1)).isEqualTo(expected);
        }
    }

    @Test
    void edgeGroupsHaveTheirActualSize() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint3 gid [[thread_position_in_grid]],
                              uint index [[thread_index_in_threadgroup]], uint3 size [[threads_per_threadgroup]],
                              uint3 nominal [[dispatch_threads_per_threadgroup]], uint3 grid [[threads_per_grid]],
                              uint3 groups [[threadgroups_per_grid]]) {
                    threadgroup atomic_int count;
                    if (index == 0) atomic_store_explicit(&count, 0, memory_order_relaxed);
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    int n = atomic_load_explicit(&count, memory_order_relaxed);
                    int i = (gid.z * grid.y + gid.y) * grid.x + gid.x;
                    out[i] = n * 1000000 + size.x * 100000 + size.y * 10000 + size.z * 1000 + nominal.x * 100
                            + groups.x * 10 + int(index);
                }
                """;
        var grid = new Extent(7, 3, 2);
        var group = new Extent(3, 2, 2);
        var expected = new int[42];
        for (int i = 0; i < 42; i++) {
            int x = i % 7;
            int y = i / 7 % 3;
            int z = i / 21;
            int w = Math.min(3, 7 - x / 3 * 3);
            int h = Math.min(2, 3 - y / 2 * 2);
            int index = (z * h + y % 2) * w + x % 3;
            expected[i] = w * h * 2 * 1000000 + w * 100000 + h * 10000 + 2 * 1000 + 300 + 30 + index;
        }
        try (var kernel = TestKernel.of(source)) {
            assertThat(kernel.bind(0, new int[42]).run(grid, group).ints(0)).isEqualTo(expected);
        }
    }

    @Test
    void aBarrierUnderAConditionThatAllThreadsShareIsReached() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], constant int& mode [[buffer(1)]],
                              device const int* flags [[buffer(2)]], uint lid [[thread_position_in_threadgroup]]) {
                    threadgroup int a[8];
                    a[lid] = lid;
                    if (mode > 0) {
                        threadgroup_barrier(mem_flags::mem_threadgroup);
                        out[lid] = a[7 - lid];
                        if (flags[0] == 3) {
                            threadgroup_barrier(mem_flags::mem_device);
                            out[lid] += 10;
                        }
                    } else {
                        out[lid] = -1;
                    }
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[8]).bind(1, 1).bind(2, 3).run(8, 8);
            assertThat(kernel.ints(0)).containsExactly(17, 16, 15, 14, 13, 12, 11, 10);
            kernel.bind(1, 0).run(8, 8);
            assertThat(kernel.ints(0)).containsOnly(-1);
        }
    }

    @Test
    void aConditionThatDiffersByThreadAndYetIsTakenByAllIsNoDivergence() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint lid [[thread_position_in_threadgroup]]) {
                    if (lid < 100) {
                        out[lid] = 1;
                        threadgroup_barrier(mem_flags::mem_device);
                        out[lid] += out[(lid + 1) % 4] > 0 ? 1 : 0;
                    }
                    if (lid >= 100) return;
                    threadgroup_barrier(mem_flags::mem_device);
                    out[lid] += 5;
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            assertThat(kernel.bind(0, new int[4]).run(4, 4).ints(0)).containsOnly(7);
        }
    }

    @Test
    void groupsOfWhichNoThreadGoesOnMayReturnBeforeABarrier() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]],
                              uint group [[threadgroup_position_in_grid]]) {
                    if (gid >= 8) return;
                    threadgroup_barrier(mem_flags::mem_device);
                    out[gid] = out[group] + 1;
                    for (int i = 0; ; i++) {
                        if (i == 3) break;
                        threadgroup_barrier(mem_flags::mem_device);
                        out[gid] += i;
                    }
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[8]).run(16, 4);
            assertThat(kernel.ints(0)).hasSize(8);
        }
    }

    @Test
    void loopsThatThreadsLeaveOneByOneDivergeAtTheirBarrier() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint lid [[thread_position_in_threadgroup]]) {
                    for (uint i = 0; i < lid; i++) {
                        out[lid] += 1;
                        threadgroup_barrier(mem_flags::mem_device);
                    }
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[4]);
            assertThatThrownBy(() -> kernel.run(4, 4)).isInstanceOfSatisfying(KernelFault.class, fault -> {
                assertThat(fault.kind()).isEqualTo(KernelFault.Kind.DIVERGENT_BARRIER);
                assertThat(fault.line()).isEqualTo(6);
                assertThat(fault.position()).contains(new Extent(0, 0, 0));
            });
        }
    }

    @Test
    void switchesWithBarriersFallThrough() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], constant int& mode [[buffer(1)]],
                              uint lid [[thread_position_in_threadgroup]]) {
                    int x = 0;
                    switch (mode) {
                        case 0: x += 1; threadgroup_barrier(mem_flags::mem_none);
                        case 1: x += 10; break;
                        default: x += 100; threadgroup_barrier(mem_flags::mem_none);
                        case 3: x += 1000;
                    }
                    out[lid] = x;
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[3]);
            int[] expected = {11, 10, 1100, 1000};
            for (int mode = 0; mode < 4; mode++) {
                assertThat(kernel.bind(1, mode).run(3, 3).ints(0)).containsOnly(expected[mode]);
            }
        }
    }

    @Test
    void threadgroupMemoryOfDispatchLengthIsShared() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], threadgroup int* a [[threadgroup(0)]],
                              threadgroup float* b [[threadgroup(1)]], uint lid [[thread_position_in_threadgroup]],
                              uint gid [[thread_position_in_grid]]) {
                    a[lid] = gid;
                    b[lid] = 0.5f;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[gid] = a[lid ^ 1] + int(b[lid ^ 1] * 2);
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[8]).threadgroupLength(0, 16).threadgroupLength(1, 16);
            assertThat(kernel.run(8, 4).ints(0)).containsExactly(2, 1, 4, 3, 6, 5, 8, 7);
        }
    }

    @Test
    void accessBehindThreadgroupMemoryIsAFault() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], threadgroup int* a [[threadgroup(0)]],
                              uint lid [[thread_position_in_threadgroup]]) {
                    a[lid] = 1;
                    out[lid] = a[lid];
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[8]).threadgroupLength(0, 16);
            assertThatThrownBy(() -> kernel.run(8, 8))
                    .isInstanceOf(KernelFault.class)
                    .hasMessageContaining("thread (4, 0, 0)")
                    .hasMessageContaining("at offset 16 of threadgroup memory 'a' of 16 bytes");
        }
    }

    @Test
    void aFaultOfWhatAThreadgroupDoesAsOneIsOfItsFirstThread() {
        var source = """
                kernel void k(const device int* a [[buffer(0)]], device int* out [[buffer(1)]],
                              uint2 local [[thread_position_in_threadgroup]], uint2 at [[thread_position_in_grid]],
                              uint2 group [[threadgroup_position_in_grid]]) {
                    threadgroup int tile[2];
                    if (local.x == 0) { tile[local.y] = int(group.x) * 5; }
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    int all = a[tile[1]];
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[at.y * 30 + at.x] = all;
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[10]).bind(1, new int[60]);
            var fault = catchThrowableOfType(
                    KernelFault.class, () -> kernel.run(new Extent(30, 2, 1), new Extent(10, 2, 1)));
            assertThat(fault.position()).contains(new Extent(20, 0, 0));
            assertThat(fault.offset()).hasValue(4 * 10);
        }
    }
}
