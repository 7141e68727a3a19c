package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that do not end, and libraries that do. */
@Timeout(60)
final class KernelLifetimeTest {
    private static final Extent ONE = new Extent(1, 1, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) { x = x * 3 + 1; }",
                "for (uint i = 0; i < 4294967295u; i++) { for (uint k = 0; k < 4294967295u; k++) { x += k ^ i; } }",
                "do { atomic_fetch_add_explicit(count, 1, memory_order_relaxed); } while (x < 100);",
                "while (simd_any(x < 100)) { x ^= 1; }",
                "for (;;) { threadgroup_barrier(mem_flags::mem_none); x++; }"
            })
    void aKernelThatDoesNotEndIsStopped(String loop) throws Exception {
        var source = """
                kernel void k(device int* out [[buffer(0)]], device atomic_int* count [[buffer(1)]]) {
                    int x = out[0];
                    out[1] = 1;
                    %s
                    out[0] = x;
                }
                """.formatted(loop);
        try (var kernel = TestKernel.of(source)) {
            var run = kernel.bind(0, 0, 0).bind(1, 0).prepare(ONE, ONE);
            TestKernel.assertStops(run, KernelFault.Kind.TIMEOUT);
        }
    }

    @Test
    void aCancelledRunLeavesOthersOfTheKernelAlone() {
        try (var kernel = TestKernel.of("""
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                    for (int i = 0; i < 10; i++) { out[gid] += i; }
                }
                """)) {
            kernel.bind(0, new int[4]);
            var cancelled = kernel.prepare(new Extent(4, 1, 1), ONE);
            cancelled.cancel(KernelFault.Kind.CANCELLED);
            assertThatThrownBy(() -> cancelled.run(0, 1)).isInstanceOf(KernelFault.class);
            assertThat(kernel.run(4, 1).ints(0)).containsOnly(45);
        }
    }

    @Test
    void theClassesOfALibraryGoWithIt() {
        var loader = new WeakReference<>(useLibrary());
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
        }
        assertThat(loader.get()).isNull();
    }

    /** The class loader of a library that ran a kernel and was closed. */
    private static ClassLoader useLibrary() {
        var loader = new ClassLoader[1];
        try (var kernel = TestKernel.of("""
                kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                    while (out[gid] < 9) { out[gid]++; }
                }
                """)) {
            kernel.bind(0, new int[4]).run(4, 1);
            var run = kernel.prepare(new Extent(400, 1, 1), ONE);
            assertThatThrownBy(() -> run.run(0, run.unitCount())).isInstanceOfSatisfying(KernelFault.class, fault -> {
                var trace = fault.getCause().getStackTrace();
                assertThat(trace).anyMatch(frame -> frame.getClassName().startsWith("msl."));
            });
            loader[0] = GeneratedClasses.loaderOf(run);
        }
        return loader[0];
    }

    @Test
    void aKernelOutlivesItsLibrary() {
        var library = MslCompiler.compile(TestKernel.HEADER + """
                        kernel void k(device int* out [[buffer(0)]], uint gid [[thread_position_in_grid]]) {
                            threadgroup_barrier(mem_flags::mem_none);
                            out[gid] = gid + 1;
                        }
                        """, MslOptions.of(LanguageVersion.METAL_3_1));
        var kernel = library.specialize("k", Map.of());
        library.close();
        for (int group : new int[] {1, 2}) {
            var out = MemorySegment.ofArray(new long[2]);
            try (var arena = Arena.ofConfined()) {
                var memory = arena.allocate(16);
                var grid = Grid.ofThreads(new Extent(4, 1, 1), new Extent(group, 1, 1));
                var run = kernel.prepare(
                        TestKernel.arguments(Map.of(0, memory), Map.of(), grid, address -> Optional.empty()));
                run.run(0, run.unitCount());
                out.copyFrom(memory);
            }
            assertThat(out.toArray(ValueLayout.JAVA_INT_UNALIGNED))
                    .as("groups of %d", group)
                    .containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aClosedLibraryMakesNoKernels() {
        var library = MslCompiler.compile(
                TestKernel.HEADER + "kernel void k(device int* out [[buffer(0)]]) { out[0] = 1; }",
                MslOptions.of(LanguageVersion.METAL_3_1));
        var kernel = library.specialize("k", Map.of());
        library.close();
        library.close();
        assertThat(kernel.name()).isEqualTo("k");
        assertThatThrownBy(() -> library.specialize("k", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("library is closed");
    }
}
