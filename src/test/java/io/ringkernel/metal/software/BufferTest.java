package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Buffers and heaps: memory, storage modes, budgets. */
final class BufferTest {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    @Test
    void aSharedBufferIsZeroedAndPageAligned() {
        try (var client = new TestClient()) {
            var contents = client.contents(client.buffer(1000, TestClient.SHARED));
            assertThat(contents.address() % 16_384).isZero();
            assertThat(contents.toArray(BYTE)).containsOnly(0).hasSize(1000);
        }
    }

    @Test
    void aBufferFromBytesHoldsACopy() {
        try (var client = new TestClient()) {
            var source = client.bytes((byte) 1, (byte) 2, (byte) 3);
            var buffer = client.owned(client.send(
                    "MTLDevice_newBufferWithBytes_length_options", client.device, source, 3L, TestClient.SHARED));
            source.set(BYTE, 0, (byte) 9);
            assertThat(client.contents(buffer).toArray(BYTE)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aPrivateBufferHasNoContents() {
        try (var client = new TestClient()) {
            var buffer = client.buffer(64, TestClient.PRIVATE);
            assertThat(client.<MemorySegment>send("MTLBuffer_contents", buffer).address())
                    .isZero();
            assertThat(client.<Long>send("MTLResource_storageMode", buffer)).isEqualTo(Mtl.MTLStorageModePrivate());
        }
    }

    @Test
    void aManagedBufferShowsAForgottenDidModifyRange() {
        try (var client = new TestClient(GpuConfiguration.discrete())) {
            var managed = client.buffer(8, TestClient.MANAGED);
            var shared = client.buffer(8, TestClient.SHARED);
            client.contents(managed).fill((byte) 5);
            client.send("MTLBuffer_didModifyRange", managed, client.range(0, 4));
            copy(client, managed, shared, 8);
            assertThat(client.contents(shared).toArray(BYTE)).containsExactly(5, 5, 5, 5, 0, 0, 0, 0);
        }
    }

    @Test
    void aManagedBufferShowsAForgottenSynchronize() {
        try (var client = new TestClient(GpuConfiguration.discrete())) {
            var managed = client.buffer(4, TestClient.MANAGED);
            var queue = client.queue();
            var fill = client.commandBuffer(queue);
            var encoder = client.blit(fill);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, managed, client.range(0, 4), 7);
            client.end(encoder);
            client.finish(fill);
            assertThat(client.contents(managed).toArray(BYTE)).containsOnly(0);
            var synchronize = client.commandBuffer(queue);
            encoder = client.blit(synchronize);
            client.send("MTLBlitCommandEncoder_synchronizeResource", encoder, managed);
            client.end(encoder);
            client.finish(synchronize);
            assertThat(client.contents(managed).toArray(BYTE)).containsOnly(7);
        }
    }

    @Test
    void unifiedMemoryHasNoManagedBuffers() {
        try (var client = new TestClient()) {
            assertThat(client.<MemorySegment>send(
                                    "MTLDevice_newBufferWithLength_options", client.device, 64L, TestClient.MANAGED)
                            .address())
                    .isZero();
            client.assertViolations(ViolationKind.STORAGE_MODE);
        }
    }

    @Test
    void aBufferWithoutCopyUsesTheClientsPagesAndGivesThemBack() {
        try (var client = new TestClient()) {
            var pages = client.arena().allocate(32_768, 16_384);
            var freed = new AtomicInteger();
            MemorySegment buffer;
            try (var block = client.metal.blocks().ofFreedBytes(freed::incrementAndGet)) {
                buffer = client.send(
                        "MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator",
                        client.device,
                        pages,
                        32_768L,
                        TestClient.SHARED,
                        block.literal());
            }
            assertThat(client.contents(buffer).address()).isEqualTo(pages.address());
            assertThat(freed).hasValue(0);
            client.metal.release(buffer);
            assertThat(freed).hasValue(1);
        }
    }

    @Test
    void pagesMustBeAligned() {
        try (var client = new TestClient()) {
            var pages = client.arena().allocate(65_536, 16_384);
            noCopy(client, pages.asSlice(64), 16_384);
            noCopy(client, pages, 1000);
            client.assertViolations(ViolationKind.MISALIGNED, ViolationKind.MISALIGNED);
        }
    }

    private static void noCopy(TestClient client, MemorySegment pages, long length) {
        MemorySegment none = client.send(
                "MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator",
                client.device,
                pages,
                length,
                TestClient.SHARED,
                MemorySegment.NULL);
        assertThat(none.address()).isZero();
    }

    @Test
    void aBufferOfNoOrTooMuchLengthIsAViolation() {
        try (var client = new TestClient()) {
            for (long length : new long[] {0, -1, 1L << 40}) {
                MemorySegment none =
                        client.send("MTLDevice_newBufferWithLength_options", client.device, length, TestClient.SHARED);
                assertThat(none.address()).isZero();
            }
            client.assertViolations(ViolationKind.BAD_ARGUMENT, ViolationKind.BAD_ARGUMENT, ViolationKind.BAD_ARGUMENT);
        }
    }

    @Test
    void memoryThatRunsOutGivesNilAndComesBackWithRelease() {
        try (var client = new TestClient(GpuConfiguration.unified().withMemory(100_000))) {
            MemorySegment first = client.send("MTLDevice_newBufferWithLength_options", client.device, 60_000L, 0L);
            MemorySegment none = client.send("MTLDevice_newBufferWithLength_options", client.device, 60_000L, 0L);
            assertThat(none.address()).isZero();
            assertThat(client.<Long>send("MTLDevice_currentAllocatedSize", client.device))
                    .isEqualTo(65_536);
            client.metal.release(first);
            assertThat(client.<Long>send("MTLDevice_currentAllocatedSize", client.device))
                    .isZero();
            client.buffer(60_000, TestClient.SHARED);
        }
    }

    @Test
    void anInjectedFailureHitsOneAllocation() {
        try (var client = new TestClient()) {
            client.faults().failNextAllocations(1);
            MemorySegment none = client.send("MTLDevice_newBufferWithLength_options", client.device, 64L, 0L);
            assertThat(none.address()).isZero();
            client.buffer(64, TestClient.SHARED);
        }
    }

    @Test
    void addressesOfBuffersDoNotOverlap() {
        try (var client = new TestClient()) {
            long one = client.send("MTLBuffer_gpuAddress", client.buffer(100, TestClient.SHARED));
            long other = client.send("MTLBuffer_gpuAddress", client.buffer(100, TestClient.PRIVATE));
            assertThat(Math.abs(one - other)).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void aHeapGivesMemoryOnceAndTakesItBack() {
        try (var client = new TestClient()) {
            var heap = heap(client, 1024, Mtl.MTLHeapTypeAutomatic());
            MemorySegment first = client.send("MTLHeap_newBufferWithLength_options", heap, 512L, TestClient.SHARED);
            MemorySegment second = client.send("MTLHeap_newBufferWithLength_options", heap, 300L, TestClient.SHARED);
            assertThat(client.<Long>send("MTLHeap_usedSize", heap)).isEqualTo(1024);
            assertThat(client.<Long>send("MTLResource_heapOffset", second)).isEqualTo(512);
            MemorySegment none = client.send("MTLHeap_newBufferWithLength_options", heap, 1L, TestClient.SHARED);
            assertThat(none.address()).isZero();
            client.metal.release(first);
            assertThat(client.<Long>send("MTLHeap_maxAvailableSizeWithAlignment", heap, 256L))
                    .isEqualTo(512);
            client.owned(client.send("MTLHeap_newBufferWithLength_options", heap, 400L, TestClient.SHARED));
            client.metal.release(second);
        }
    }

    @Test
    void aPlacementHeapLetsBuffersOverlap() {
        try (var client = new TestClient()) {
            var heap = heap(client, 1024, Mtl.MTLHeapTypePlacement());
            var one = client.owned(
                    client.send("MTLHeap_newBufferWithLength_options_offset", heap, 256L, TestClient.SHARED, 256L));
            var same = client.owned(
                    client.send("MTLHeap_newBufferWithLength_options_offset", heap, 256L, TestClient.SHARED, 256L));
            client.contents(one).fill((byte) 3);
            assertThat(client.contents(same).toArray(BYTE)).containsOnly(3);
            MemorySegment none =
                    client.send("MTLHeap_newBufferWithLength_options_offset", heap, 256L, TestClient.SHARED, 896L);
            assertThat(none.address()).isZero();
            client.assertViolations(ViolationKind.MISALIGNED);
        }
    }

    private static MemorySegment heap(TestClient client, long size, long type) {
        var descriptor = client.newObject("MTLHeapDescriptor");
        client.send("MTLHeapDescriptor_setSize", descriptor, size);
        client.send("MTLHeapDescriptor_setStorageMode", descriptor, Mtl.MTLStorageModeShared());
        client.send("MTLHeapDescriptor_setType", descriptor, type);
        return client.owned(client.send("MTLDevice_newHeapWithDescriptor", client.device, descriptor));
    }

    private static void copy(TestClient client, MemorySegment from, MemorySegment to, long size) {
        var commands = client.commandBuffer(client.queue());
        var encoder = client.blit(commands);
        client.send(
                "MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size",
                encoder,
                from,
                0L,
                to,
                0L,
                size);
        client.end(encoder);
        client.finish(commands);
    }
}
