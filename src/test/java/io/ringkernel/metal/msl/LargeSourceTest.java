package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources as large, as deep and as empty as they come. */
@Timeout(60)
final class LargeSourceTest {
    private static final String KERNEL =
            "kernel void k(device int* o [[buffer(0)]], device int* in [[buffer(1)]]) {%s}";

    private static String repeated(int count, String statement) {
        return IntStream.range(0, count)
                .mapToObj(i -> statement.replace("#", Integer.toString(i)))
                .collect(Collectors.joining("\n"));
    }

    /** What one thread leaves in eight elements of {@code o}, where {@code in} holds 3, 4, 5 ... */
    private static int[] run(String declarations, String body) {
        var in = IntStream.range(3, 70).toArray();
        try (var kernel = TestKernel.of(declarations + KERNEL.replace("%s", body))) {
            return kernel.bind(0, new int[8]).bind(1, in).run(1, 1).ints(0);
        }
    }

    @Test
    void blocksWithLocalArraysAndManyStatementsRun() {
        int[] expected = new int[8];
        IntStream.range(0, 400).forEach(i -> expected[i & 7] += i);
        assertThat(run("", repeated(400, "{ int a[4]; a[in[0] & 3] = #; o[# & 7] += a[in[8] & 3]; }")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel void k(threadgroup float* a [[threadgroup(0)]]) {}",
                "kernel void k() {}",
                "kernel void k() { threadgroup_barrier(mem_flags::mem_none); }",
                "kernel void k() { simdgroup_barrier(mem_flags::mem_none); return; }",
                "kernel void k() { threadgroup int a[4]; }",
                "kernel void k(uint i [[thread_position_in_grid]]) { if (i > 5) {} }",
                "kernel void k(threadgroup int* a [[threadgroup(0)]]) { for (;;) { break; } }",
                "kernel void k(threadgroup int* a [[threadgroup(0)]], uint i [[thread_position_in_grid]])"
                        + " { switch (i) {} if (i) return; }"
            })
    void aKernelMayDoNothing(String source) {
        try (var kernel = TestKernel.of(source)) {
            assertThat(kernel.threadgroupLength(0, 64).run(4, 2).kernel().name())
                    .isEqualTo("k");
        }
    }

    @Test
    void namesMayBeLongerThanAClassFileHolds() {
        var name = "n".repeat(70_000);
        var source = "int f%1$s(int x) { int s = 0; %2$s return s; } kernel void k%1$s(device int* o [[buffer(0)]]) {"
                .formatted(name, repeated(20, "for (int i = 0; i < x; i++) s += i;"));
        try (var kernel = TestKernel.of("#line 7 \"" + name + "\"\n" + source + "o[0] = f" + name + "(o[0]); }")) {
            assertThat(kernel.kernel().name()).isEqualTo("k" + name);
            assertThat(kernel.bind(0, 3).run(1, 1).ints(0)).containsExactly(60);
        }
    }
}
