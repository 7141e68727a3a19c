package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Resources that kernels reach by addresses they find in memory. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class ResourceUseTest {
    @Test
    void severalResourcesAndHeapsAreAnnouncedAtOnce(MetalDevice device) {
        var source = """
                struct Pair { device int* left; device int* right; };
                kernel void sum(device const Pair& pair [[buffer(0)]], device int* result [[buffer(1)]]) {
                    result[0] = pair.left[0] + pair.right[0];
                }
                """;
        var one = MetalSize.of(1);
        try (var kernel = TestKernel.of(device, source);
                var left = device.newBufferOf(30);
                var right = device.newBufferOf(12);
                var pair = device.newBufferOf(left.gpuAddress(), right.gpuAddress());
                var result = device.newBuffer(4)) {
            kernel.encode(encoder -> {
                encoder.setBuffers(0, pair, result);
                encoder.useResources(MetalBinding.Access.READ_ONLY, left, right);
                encoder.useResources(MetalBinding.Access.READ_ONLY);
                encoder.useHeaps();
                encoder.dispatchThreads(one, one);
            });
            assertThat(result.readInts(0, 1)).containsExactly(42);
        }
    }

    @Test
    void resourcesOfSeveralHeapsAreReachedByTheirAddresses(MetalDevice device) {
        var source = """
                struct Pair { device int* left; device int* right; };
                kernel void sum(device Pair& pair [[buffer(0)]]) {
                    pair.right[0] = pair.left[0] + 1;
                }
                """;
        var one = MetalSize.of(1);
        var mode = device.hasUnifiedMemory() ? MetalStorageMode.SHARED : MetalStorageMode.PRIVATE;
        Assumptions.assumeTrue(mode == MetalStorageMode.SHARED, "needs heaps that the CPU sees");
        try (var kernel = TestKernel.of(device, source);
                var first = device.newHeap(1 << 16, mode);
                var second = device.newHeap(1 << 16, mode);
                var left = first.newBuffer(4);
                var right = second.newBuffer(4);
                var pair = device.newBufferOf(left.gpuAddress(), right.gpuAddress())) {
            left.write(0, 41);
            right.write(0, 0);
            kernel.encode(encoder -> {
                encoder.setBuffer(0, pair);
                encoder.useHeaps(first, second);
                encoder.dispatchThreads(one, one);
            });
            assertThat(right.readInts(0, 1)).containsExactly(42);
        }
    }

    @Test
    void aBarrierOverResourcesOrdersWhatTouchesThem(MetalDevice device) {
        var one = MetalSize.of(1);
        var source = """
                kernel void step(device int* cells [[buffer(0)]], constant int& factor [[buffer(1)]]) {
                    cells[0] = cells[0] * 10 + factor;
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBuffer(4);
                var other = device.newBuffer(4)) {
            kernel.encode(MetalDispatchType.CONCURRENT, encoder -> {
                encoder.setBuffer(0, cells);
                for (int i = 1; i <= 4; i++) {
                    encoder.setInts(1, i);
                    encoder.dispatchThreads(one, one);
                    encoder.memoryBarrier(cells, other);
                }
            });
            assertThat(cells.readInts(0, 1)).containsExactly(1234);
        }
    }
}
