package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.AbstractObjectAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a kernel does wrong becomes an error of its command buffer that says where, and harms nothing else. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class KernelFaultTest {
    private static final int TIMEOUT = 2;
    private static final int PAGE_FAULT = 3;
    private static final int STACK_OVERFLOW = 12;

    private static AbstractObjectAssert<?, CommandFailedException> assertFails(TestKernel kernel, Runnable run) {
        return assertThatThrownBy(run::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.error().domain()).isEqualTo("MTLCommandBufferErrorDomain");
                    assertThat(failure)
                            .hasMessageContaining("kernel '" + kernel.pipeline().label() + "'");
                });
    }

    @Test
    void anAccessBeyondTheBufferNamesKernelLineAndThread(MetalDevice device, SoftwareMetal software) {
        var source = """
                kernel void stray(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    int before = cells[i];
                    cells[i + 4] = before;
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBufferOf(1, 2, 3, 4, 5)) {
            assertFails(kernel, () -> kernel.run(2, cells))
                    .satisfies(failure -> assertThat(failure.error().code()).isEqualTo(PAGE_FAULT))
                    .satisfies(failure -> assertThat(failure)
                            .hasMessageContaining("line 5")
                            .hasMessageContaining("(1, 0, 0)")
                            .hasMessageContaining("20"));
            assertThat(cells.readInts(0, 4)).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aNullPointerIsNamed(MetalDevice device, SoftwareMetal software) {
        var source = """
                struct Link { device int* cells; };
                kernel void follow(device const Link* links [[buffer(0)]]) { links[0].cells[0] = 1; }
                """;
        try (var kernel = TestKernel.of(device, source);
                var links = device.newBuffer(16)) {
            assertFails(kernel, () -> kernel.run(1, links))
                    .satisfies(failure -> assertThat(failure.error().code()).isEqualTo(PAGE_FAULT))
                    .satisfies(failure ->
                            assertThat(failure).hasMessageContaining("line 4").hasMessageContaining("null"));
        }
    }

    @Test
    void aMisalignedPointerIsNamed(MetalDevice device, SoftwareMetal software) {
        var source = """
                struct Link { device int* cells; };
                kernel void follow(device const Link* links [[buffer(0)]]) { links[0].cells[0] = 1; }
                """;
        try (var kernel = TestKernel.of(device, source);
                var links = device.newBuffer(16)) {
            links.contents().set(ValueLayout.JAVA_LONG, 0, links.gpuAddress() + 6);
            assertFails(kernel, () -> kernel.run(1, links))
                    .satisfies(failure -> assertThat(failure.error().code()).isEqualTo(PAGE_FAULT))
                    .satisfies(failure ->
                            assertThat(failure).hasMessageContaining("line 4").hasMessageContaining("multiple of 4"));
        }
    }

    @Test
    void anAccessBeyondThreadgroupMemoryIsNamed(MetalDevice device, SoftwareMetal software) {
        var source = """
                kernel void stray(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    threadgroup int row[4];
                    row[cells[0]] = 1;
                    cells[i] = row[i];
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBufferOf(4, 0, 0, 0)) {
            assertFails(kernel, () -> kernel.run(1, cells))
                    .satisfies(failure -> assertThat(failure).hasMessageContaining("line 5"));
        }
    }

    @Test
    void aDivergentBarrierIsNamed(MetalDevice device, SoftwareMetal software) {
        var source = """
                kernel void diverge(device int* cells [[buffer(0)]], uint i [[thread_index_in_threadgroup]]) {
                    if (cells[i] > 1) {
                        threadgroup_barrier(mem_flags::mem_threadgroup);
                    }
                    cells[i] = 0;
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBufferOf(1, 2, 3, 4)) {
            assertFails(kernel, () -> kernel.run(4, cells))
                    .satisfies(failure ->
                            assertThat(failure).hasMessageContaining("line 5").hasMessageContaining("barrier"));
        }
    }

    @Test
    void recursionWithoutEndIsAnError(MetalDevice device, SoftwareMetal software) {
        var source = """
                int deeper(int depth) { return depth < 0 ? 0 : deeper(depth + 1) + 1; }
                kernel void recurse(device int* cells [[buffer(0)]]) { cells[0] = deeper(cells[0]); }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBufferOf(1, 2)) {
            assertFails(kernel, () -> kernel.run(1, cells))
                    .satisfies(failure -> assertThat(failure.error().code()).isEqualTo(STACK_OVERFLOW));
        }
    }

    @Test
    void aKernelThatDoesNotEndTimesOut() {
        var impatient = GpuConfiguration.unified().withKernelTimeout(Duration.ofMillis(200));
        var source = """
                kernel void endless(device atomic_int* cells [[buffer(0)]]) {
                    while (atomic_load_explicit(cells, memory_order_relaxed) >= 0) {
                        atomic_fetch_and_explicit(cells, 0, memory_order_relaxed);
                    }
                }
                """;
        try (var software = SoftwareMetal.of(impatient);
                var device = MetalDevice.of(software);
                var kernel = TestKernel.of(device, source);
                var cells = device.newBuffer(16)) {
            assertFails(kernel, () -> kernel.run(64, cells))
                    .satisfies(failure -> assertThat(failure.error().code()).isEqualTo(TIMEOUT))
                    .satisfies(failure -> assertThat(failure).hasMessageContaining("GPU Timeout"));
            cells.write(0, -1);
            kernel.run(1, cells);
            assertThat(software.violations()).isEmpty();
        }
    }

    @Test
    void aDivisionByZeroIsNoFault(MetalDevice device, SoftwareMetal software) {
        var source = """
                kernel void divide(device int* cells [[buffer(0)]]) { cells[1] = cells[1] / cells[0]; cells[2] = 7; }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBufferOf(0, 5, 0)) {
            kernel.run(1, cells);
            assertThat(cells.readInts(8, 1)).containsExactly(7);
        }
    }

    @Test
    void whatFollowsInTheQueueIsNotHarmed(MetalDevice device, SoftwareMetal software) {
        var source = msl("""
                kernel void stray(device int* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    cells[i + 1 + cells[0]] = 1;
                }
                """);
        try (var library = device.newLibrary(source);
                var function = library.function("stray");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var bad = device.newBufferOf(1_000_000, 0, 0);
                var good = device.newBufferOf(0, 0, 0)) {
            var failing = queue.run(pipeline, MetalSize.of(1), bad);
            var following = queue.run(pipeline, MetalSize.of(2), good);
            following.join();
            assertThat(good.readInts(0, 3)).containsExactly(0, 1, 1);
            assertThatThrownBy(failing::join).hasCauseInstanceOf(CommandFailedException.class);
        }
    }

    @Test
    void anAddressOfABufferThatWasNotDeclaredSaysWhatToCall() {
        var software = SoftwareMetal.noting(GpuConfiguration.unified());
        try (var device = MetalDevice.of(software);
                var library = device.newLibrary("struct A { device int* p; };"
                        + " kernel void k(device A* a [[buffer(0)]]) { a[0].p[0] = 4; }");
                var function = library.function("k");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var target = device.newBuffer(16);
                var pointer = device.newBuffer(8)) {
            target.setLabel("target");
            pointer.contents().set(ValueLayout.JAVA_LONG, 0, target.gpuAddress());
            assertThatThrownBy(
                            () -> queue.run(pipeline, MetalSize.of(1), pointer).join())
                    .hasMessageContaining(
                            "of the buffer 'target', which is neither bound nor declared: call useResource");
        }
        software.close();
    }
}
