package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is in a residency set is reached by address, and only once that was committed. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalResidencySetTest {
    private static final MetalSize ONE = MetalSize.of(1);

    private static final String FOLLOW = """
            struct Link { device int* cell; };
            kernel void follow(device const Link& link [[buffer(0)]]) {
                link.cell[0] += 1;
            }
            """;

    private static MetalResidencySet newSet(MetalDevice device) {
        Assumptions.assumeTrue(device.supportsResidencySets(), "needs macOS 15");
        return device.newResidencySet("cells", 4);
    }

    private static void run(TestKernel kernel, MetalBuffer link, MetalResidencySet... sets) {
        try (var commands = kernel.queue().commandBuffer()) {
            for (var set : sets) {
                commands.useResidencySet(set);
            }
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(kernel.pipeline());
                encoder.setBuffer(0, link);
                encoder.dispatchThreads(ONE, ONE);
            }
            commands.commit();
            commands.waitUntilCompleted();
        }
    }

    @Test
    void aSetOfACommandBufferOrOfItsQueueMakesResourcesReachable(MetalDevice device) {
        try (var set = newSet(device);
                var kernel = TestKernel.of(device, FOLLOW);
                var cell = device.newBuffer(4);
                var link = device.newBufferOf(cell.gpuAddress())) {
            assertThat(set.label()).isEqualTo("cells");
            set.add(cell);
            set.commit();
            set.requestResidency();
            run(kernel, link, set);
            kernel.queue().addResidencySet(set);
            run(kernel, link);
            kernel.queue().removeResidencySet(set);
            set.endResidency();
            assertThat(cell.readInts(0, 1)).containsExactly(2);
        }
    }

    @Test
    void aSetHoldsWhatWasAddedAndNotRemoved(MetalDevice device) {
        try (var set = newSet(device);
                var cell = device.newBuffer(4);
                var other = device.newBuffer(4);
                var heap = device.newHeap(1 << 16, MetalStorageMode.PRIVATE)) {
            set.add(cell, other);
            set.add(heap);
            set.add(cell);
            assertThat(set.count()).isEqualTo(3);
            set.remove(other);
            assertThat(set.contains(cell)).isTrue();
            assertThat(set.contains(other)).isFalse();
            assertThat(set.contains(heap)).isTrue();
            set.commit();
            assertThat(set.allocatedSize()).isGreaterThanOrEqualTo(1 << 16);
            set.remove(heap);
            set.removeAll();
            assertThat(set.count()).isZero();
        }
    }

    @Test
    void resourcesOfAHeapInASetAreReachable(MetalDevice device) {
        Assumptions.assumeTrue(device.hasUnifiedMemory(), "needs heaps that the CPU sees");
        try (var set = newSet(device);
                var kernel = TestKernel.of(device, FOLLOW);
                var heap = device.newHeap(1 << 16, MetalStorageMode.SHARED);
                var cell = heap.newBuffer(4);
                var link = device.newBufferOf(cell.gpuAddress())) {
            cell.write(0, 41);
            set.add(heap);
            set.commit();
            run(kernel, link, set);
            assertThat(cell.readInts(0, 1)).containsExactly(42);
        }
    }

    @Test
    void whatWasNotCommittedOrWasRemovedIsOutOfReach(SoftwareMetal metal, MetalDevice device) {
        try (var set = newSet(device);
                var kernel = TestKernel.of(device, FOLLOW);
                var cell = device.newBuffer(4);
                var link = device.newBufferOf(cell.gpuAddress())) {
            set.add(cell);
            assertThatThrownBy(() -> run(kernel, link, set)).isInstanceOf(CommandFailedException.class);
            set.commit();
            run(kernel, link, set);
            set.remove(cell);
            run(kernel, link, set);
            set.commit();
            assertThatThrownBy(() -> run(kernel, link, set)).isInstanceOf(CommandFailedException.class);
            assertThat(metal.drainViolations()).hasSize(2);
            assertThat(cell.readInts(0, 1)).containsExactly(2);
        }
    }

    @Test
    void aSetKeepsWhatIsInItAlive(MetalDevice device) {
        try (var set = newSet(device);
                var kernel = TestKernel.of(device, FOLLOW);
                var link = device.newBuffer(8)) {
            try (var cell = device.newBuffer(4)) {
                link.write(0, cell.gpuAddress());
                set.add(cell);
                set.commit();
            }
            kernel.queue().addResidencySet(set);
            run(kernel, link);
            assertThat(set.count()).isOne();
        }
    }
}
