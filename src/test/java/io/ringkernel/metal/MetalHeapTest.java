package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Resources in heaps: placed by the heap and by the caller, sharing memory, and kept in each way. */
@Tag("gpu")
@ExtendWith(TestDevice.class)
class MetalHeapTest {
    private static final MetalTextureDescriptor TEXELS = MetalTextureDescriptor.of2d(MetalPixelFormat.R32_UINT, 8, 8);

    private static MetalStorageMode storage(MetalDevice device) {
        return device.hasUnifiedMemory() ? MetalStorageMode.SHARED : MetalStorageMode.PRIVATE;
    }

    private static void blit(MetalDevice device, Consumer<MetalBlitEncoder> work) {
        try (var queue = device.newCommandQueue();
                var commands = queue.commandBuffer()) {
            try (var blit = commands.blitEncoder()) {
                work.accept(blit);
            }
            commands.commit().join();
        }
    }

    @Test
    void whatIsPlacedAtOnePlaceSharesItsBytes(MetalDevice device) {
        var descriptor = MetalHeapDescriptor.of(1 << 18, storage(device)).withPlacement();
        try (var heap = device.newHeap(descriptor)) {
            var needed = device.bufferSizeAndAlign(1024, descriptor.options());
            assertThat(needed.size()).isGreaterThanOrEqualTo(1024);
            assertThat(Long.bitCount(needed.alignment())).isEqualTo(1);
            try (var first = heap.newBuffer(1024, needed.alignment());
                    var second = heap.newBuffer(1024, needed.alignment());
                    var result = device.newBuffer(1024)) {
                assertThat(first.heapOffset()).isEqualTo(needed.alignment());
                blit(device, encoder -> encoder.fill(first.slice(0, 1024), (byte) 7));
                blit(device, encoder -> encoder.copy(second, result));
                assertThat(result.readInts(0, 256)).containsOnly(0x07070707);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> heap.newBuffer(16, 1));
            assertThatIllegalStateException().isThrownBy(() -> heap.newBuffer(16));
            assertThatIllegalStateException().isThrownBy(() -> heap.newTexture(TEXELS));
            assertThatThrownBy(() -> heap.newBuffer(1 << 18, needed.alignment()))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void texturesLieInHeapsToo(MetalDevice device) {
        var descriptor = MetalHeapDescriptor.of(1 << 20, storage(device));
        try (var heap = device.newHeap(descriptor);
                var placed = device.newHeap(descriptor.withPlacement());
                var texture = heap.newTexture(TEXELS);
                var other = placed.newTexture(TEXELS, 0)) {
            assertThat(heap.usedSize()).isGreaterThanOrEqualTo(8 * 8 * 4);
            assertThat(texture.storageMode()).isEqualTo(storage(device));
            assertThat(other.heapOffset()).isZero();
            if (device.hasUnifiedMemory()) {
                var texels = new int[64];
                texels[63] = 9;
                texture.write(MemorySegment.ofArray(texels));
                var back = new int[64];
                texture.read(MemorySegment.ofArray(back));
                assertThat(back).isEqualTo(texels);
            }
            assertThatIllegalStateException().isThrownBy(() -> heap.newTexture(TEXELS, 0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> heap.newTexture(TEXELS.withStorageMode(MetalStorageMode.MANAGED)));
        }
    }

    @Test
    void anAliasableBufferGivesItsPlaceToTheNext(MetalDevice device) {
        try (var heap = device.newHeap(MetalHeapDescriptor.of(1 << 16, storage(device)));
                var first = heap.newBuffer(1 << 15)) {
            assertThat(first.isAliasable()).isFalse();
            first.makeAliasable();
            assertThat(first.isAliasable()).isTrue();
            try (var second = heap.newBuffer(1 << 15)) {
                assertThat(second.heapOffset()).isEqualTo(first.heapOffset());
            }
        }
        try (var alone = device.newBuffer(16)) {
            assertThatIllegalStateException().isThrownBy(alone::makeAliasable);
        }
    }

    @Test
    void memoryIsKeptAsTheOptionsSay(MetalDevice device) {
        var options = MetalResourceOptions.of(MetalStorageMode.SHARED)
                .withCpuCacheMode(MetalCpuCacheMode.WRITE_COMBINED)
                .withHazardTracking(MetalHazardTracking.UNTRACKED);
        try (var buffer = device.newBuffer(64, options);
                var usual = device.newBuffer(64);
                var heap = device.newHeap(MetalHeapDescriptor.of(1 << 16, storage(device)));
                var untracked = heap.newBuffer(64);
                var trackingHeap = device.newHeap(1 << 16, storage(device));
                var tracked = trackingHeap.newBuffer(64)) {
            assertThat(buffer.hazardTracking()).isEqualTo(MetalHazardTracking.UNTRACKED);
            assertThat(usual.hazardTracking()).isEqualTo(MetalHazardTracking.TRACKED);
            assertThat(untracked.hazardTracking()).isEqualTo(MetalHazardTracking.UNTRACKED);
            assertThat(tracked.hazardTracking()).isEqualTo(MetalHazardTracking.TRACKED);
            assertThat(usual.setPurgeableState(MetalPurgeableState.VOLATILE))
                    .isEqualTo(MetalPurgeableState.NON_VOLATILE);
            assertThat(usual.setPurgeableState(MetalPurgeableState.NON_VOLATILE))
                    .isIn(MetalPurgeableState.VOLATILE, MetalPurgeableState.EMPTY);
            assertThat(heap.setPurgeableState(MetalPurgeableState.NON_VOLATILE))
                    .isEqualTo(MetalPurgeableState.NON_VOLATILE);
        }
    }
}
