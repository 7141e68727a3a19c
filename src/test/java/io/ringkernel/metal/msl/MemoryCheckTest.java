package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelFault.Kind;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Bad accesses end the dispatch and say where; good ones through pointers in memory work. */
final class MemoryCheckTest {
    private static final Extent ONE = new Extent(1, 1, 1);

    private static final String LIST = """
            struct Node { device Node* next; int value; int pad; };
            kernel void k(device Node* nodes [[buffer(0)]], device int* out [[buffer(1)]]) {
                device Node* node = nodes;
                int sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += node->value;
                    node = node->next;
                }
                out[0] = sum;
            }
            """;

    @Test
    void pointersInMemoryLeadToOtherBuffers() {
        try (var kernel = TestKernel.of(LIST);
                var arena = Arena.ofConfined()) {
            var first = arena.allocate(32, 16);
            var second = arena.allocate(16, 16);
            first.set(ValueLayout.JAVA_LONG, 0, second.address());
            first.set(ValueLayout.JAVA_INT, 8, 1);
            second.set(ValueLayout.JAVA_LONG, 0, first.address() + 16);
            second.set(ValueLayout.JAVA_INT, 8, 10);
            first.set(ValueLayout.JAVA_INT, 24, 100);
            kernel.bind(0, first).bind(1, 0).bind(2, second).run(1, 1);
            assertThat(kernel.ints(1)).containsExactly(111);
        }
    }

    @Test
    void aNullPointerIsNamed() {
        try (var kernel = TestKernel.of(LIST);
                var arena = Arena.ofConfined()) {
            kernel.bind(0, arena.allocate(16, 16)).bind(1, 0);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(1, 1));
            assertThat(fault.kind()).isEqualTo(Kind.NULL_POINTER);
            assertThat(fault.line()).isEqualTo(8);
            assertThat(fault.offset()).isEqualTo(OptionalLong.of(8));
            assertThat(fault).hasMessageContaining("offset 8 of a null pointer");
        }
    }

    @Test
    void anAddressWithoutABufferDangles() {
        try (var kernel = TestKernel.of(LIST);
                var arena = Arena.ofConfined()) {
            var node = arena.allocate(16, 16);
            node.set(ValueLayout.JAVA_LONG, 0, 0x123456780L);
            kernel.bind(0, node).bind(1, 0);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(1, 1));
            assertThat(fault.kind()).isEqualTo(Kind.DANGLING_POINTER);
            assertThat(fault.line()).isEqualTo(9);
            assertThat(fault).hasMessageContaining("no live buffer at address 0x123456780");
        }
    }

    @Test
    void aCastToAStricterAlignmentIsChecked() {
        var source = """
                kernel void k(device uchar* bytes [[buffer(0)]], constant uint& at [[buffer(1)]]) {
                    device uint* word = (device uint*)(bytes + at);
                    *word = 7;
                }
                """;
        try (var kernel = TestKernel.of(source);
                var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(16, 16);
            kernel.bind(0, bytes).bind(1, 4).run(1, 1);
            assertThat(bytes.get(ValueLayout.JAVA_INT, 4)).isEqualTo(7);
            kernel.bind(1, 6);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(1, 1));
            assertThat(fault.kind()).isEqualTo(Kind.MISALIGNED);
            assertThat(fault.line()).isEqualTo(4);
        }
    }

    @Test
    void argumentsAreCheckedBeforeAnyThreadRuns() {
        var source = """
                struct Settings { float4 a; int b; };
                kernel void k(constant Settings& s [[buffer(0)]], device float4* v [[buffer(1)]],
                              device int* unused [[buffer(2)]]) { v[0] = s.a; }
                """;
        try (var kernel = TestKernel.of(source);
                var arena = Arena.ofConfined()) {
            kernel.bind(1, arena.allocate(16, 16));
            assertThatThrownBy(() -> kernel.prepare(ONE, ONE))
                    .hasMessage("kernel 'k': buffer 's' at index 0 is not bound");
            kernel.bind(0, arena.allocate(16, 16));
            assertThatThrownBy(() -> kernel.prepare(ONE, ONE))
                    .hasMessage("kernel 'k': buffer 's' at index 0 has 16 bytes from its offset on, Settings takes 32");
            kernel.bind(0, arena.allocate(32, 16))
                    .bind(1, arena.allocate(32, 16).asSlice(8));
            assertThatThrownBy(() -> kernel.prepare(ONE, ONE))
                    .isInstanceOfSatisfying(
                            KernelFault.class, f -> assertThat(f.kind()).isEqualTo(Kind.MISALIGNED));
            kernel.bind(1, arena.allocate(16, 16)).run(1, 1);
            assertThatThrownBy(() -> kernel.prepare(new Extent(2000, 1, 1), new Extent(1025, 1, 1)))
                    .hasMessage("kernel 'k': threads per threadgroup not in 1..1024: 1025");
        }
    }

    @Test
    void privateMemoryThatRunsOutIsAStackOverflow() {
        var source = """
                struct Big { int v[64]; };
                static int deep(Big b, int n) { b.v[n & 63] = n; return n > 0 ? deep(b, n - 1) + b.v[n & 63] : b.v[0]; }
                kernel void k(device int* out [[buffer(0)]]) {
                    Big b;
                    out[0] = deep(b, out[0]);
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, 10);
            assertThat(kernel.run(1, 1).ints(0)).containsExactly(55);
            kernel.bind(0, 5000);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(1, 1));
            assertThat(fault.kind()).isEqualTo(Kind.STACK_OVERFLOW);
            assertThat(fault.line()).isEqualTo(4);
        }
    }

    @Test
    void aNegativeSubscriptIsCaughtToo() {
        var source = """
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                    out[gid - 1] = 1;
                }
                """;
        try (var kernel = TestKernel.of(source)) {
            kernel.bind(0, new int[4]);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(4, 4));
            assertThat(fault.kind()).isEqualTo(Kind.OUT_OF_BOUNDS);
            assertThat(fault.position()).contains(new Extent(0, 0, 0));
        }
    }
}
