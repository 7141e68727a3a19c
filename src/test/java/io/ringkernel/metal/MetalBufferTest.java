package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("gpu")
@ExtendWith(TestDevice.class)
final class MetalBufferTest {
    @Test
    void aNewBufferIsAllZero(MetalDevice device) {
        try (var buffer = device.newBuffer(1000)) {
            assertThat(buffer.byteSize()).isEqualTo(1000);
            assertThat(buffer.contents().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(new byte[1000]);
        }
    }

    @Test
    void whatIsWrittenIsReadBack(MetalDevice device) {
        try (var buffer = device.newBuffer(64)) {
            buffer.write(8, 1.5f, -2f);
            buffer.write(16, 7, -9);
            assertThat(buffer.readFloats(8, 2)).containsExactly(1.5f, -2f);
            assertThat(buffer.readInts(16, 2)).containsExactly(7, -9);
            assertThat(buffer.readInts(0, 2)).containsExactly(0, 0);
        }
    }

    @Test
    void arraysOfEveryScalarTypeAreReadBackAsTheyWereWritten(MetalDevice device) {
        try (var buffer = device.newBuffer(80)) {
            buffer.write(1, (byte) 1, Byte.MIN_VALUE, Byte.MAX_VALUE);
            buffer.write(4, Short.MIN_VALUE, Short.MAX_VALUE);
            buffer.write(8, Integer.MIN_VALUE, Integer.MAX_VALUE);
            buffer.write(16, Long.MIN_VALUE, Long.MAX_VALUE);
            buffer.write(32, Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
            assertThat(buffer.readBytes(1, 3)).containsExactly(1, Byte.MIN_VALUE, Byte.MAX_VALUE);
            assertThat(buffer.readShorts(4, 2)).containsExactly(Short.MIN_VALUE, Short.MAX_VALUE);
            assertThat(buffer.readInts(8, 2)).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
            assertThat(buffer.readLongs(16, 2)).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
            assertThat(buffer.readFloats(32, 2)).containsExactly(Float.MIN_VALUE, Float.NEGATIVE_INFINITY);
            assertThat(buffer.readBytes(0, 1)).containsExactly(0);
        }
    }

    @Test
    void halvesAreRoundedToTheNearestAndTakeTwoBytesEach(MetalDevice device) {
        try (var buffer = device.newBuffer(12)) {
            // From 2048 on halves are 2 apart, and a tie goes to the even one; 65520 is the first to overflow.
            buffer.writeHalves(2, 1.5f, 2049, 65519, 65520, -0f);
            assertThat(buffer.readHalves(2, 5)).containsExactly(1.5f, 2048, 65504, Float.POSITIVE_INFINITY, -0f);
            assertThat(buffer.readShorts(2, 1)).containsExactly((short) 0x3e00);
            assertThat(buffer.readShorts(0, 1)).containsExactly((short) 0);
        }
    }

    @Test
    void arraysThatDoNotFitAreRefused(MetalDevice device) {
        try (var buffer = device.newBuffer(16)) {
            assertThatThrownBy(() -> buffer.write(9, 1L)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.writeHalves(14, 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.readLongs(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.readHalves(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(buffer.readLongs(0, 2)).containsExactly(0, 0);
        }
    }

    @Test
    void aBufferFromDataHoldsACopy(MetalDevice device) {
        var values = new float[] {1, 2, 3};
        try (var buffer = device.newBufferOf(values)) {
            values[0] = 99;
            assertThat(buffer.readFloats(0, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void contentsAreTheBytesThemselves(MetalDevice device) {
        try (var buffer = device.newBuffer(16)) {
            buffer.contents().set(ValueLayout.JAVA_INT, 4, 42);
            assertThat(buffer.readInts(4, 1)).containsExactly(42);
            assertThat(buffer.contents()).isSameAs(buffer.contents());
            assertThat(buffer.contents().byteSize()).isEqualTo(16);
        }
    }

    @Test
    void theSegmentDiesWithTheBuffer(MetalDevice device) {
        var buffer = device.newBuffer(16);
        var contents = buffer.contents();
        buffer.close();
        assertThatThrownBy(() -> contents.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::contents).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(buffer::gpuAddress).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingTwiceDoesNothing(MetalDevice device) {
        var buffer = device.newBuffer(16);
        buffer.contents();
        buffer.close();
        buffer.close();
        assertThat(buffer.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void aSizeOutOfRangeIsRefusedWithRuleAndValue(long byteSize, MetalDevice device) {
        long most = device.limits().maxBufferLength();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.newBuffer(byteSize))
                .withMessage("byteSize not in 1.." + most + ": " + byteSize);
    }

    @Test
    void anAccessOutsideOfTheBufferIsRefused(MetalDevice device) {
        try (var buffer = device.newBuffer(16)) {
            assertThatThrownBy(() -> buffer.write(13, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.readFloats(-4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> buffer.slice(8, 9)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void theCpuDoesNotSeeAPrivateBuffer(MetalDevice device) {
        try (var buffer = device.newBuffer(16, MetalStorageMode.PRIVATE)) {
            assertThat(buffer.storageMode()).isEqualTo(MetalStorageMode.PRIVATE);
            assertThatThrownBy(buffer::contents).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aBufferOverMemoryOfTheCallerCopiesNothing(MetalDevice device) {
        try (var arena = Arena.ofShared()) {
            long page = device.pageSize();
            var memory = arena.allocate(2 * page, page);
            memory.set(ValueLayout.JAVA_INT, 8, 11);
            try (var buffer = device.newBufferNoCopy(memory)) {
                assertThat(buffer.readInts(8, 1)).containsExactly(11);
                buffer.write(12, 22);
                assertThat(memory.get(ValueLayout.JAVA_INT, 12)).isEqualTo(22);
            }
        }
    }

    @Test
    void memoryThatIsNotWholePagesIsRefused(MetalDevice device) {
        try (var arena = Arena.ofShared()) {
            long page = device.pageSize();
            var memory = arena.allocate(2 * page, page);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newBufferNoCopy(memory.asSlice(16, page)))
                    .withMessageContaining("aligned to " + page);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newBufferNoCopy(memory.asReadOnly()))
                    .withMessageContaining("writable");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newBufferNoCopy(memory.asSlice(0, page + 4)))
                    .withMessageContaining("multiple of " + page);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newBufferNoCopy(MemorySegment.ofArray(new byte[(int) page])));
        }
    }

    @Test
    void aLabelIsKept(MetalDevice device) {
        try (var buffer = device.newBuffer(16)) {
            assertThat(buffer.label()).isEmpty();
            buffer.setLabel("höhe\u0000π");
            assertThat(buffer.label()).isEqualTo("höhe\u0000π");
        }
    }

    @Test
    void addressesOfBuffersDoNotOverlap(MetalDevice device) {
        try (var first = device.newBuffer(1000);
                var second = device.newBuffer(1000)) {
            long distance = Math.abs(first.gpuAddress() - second.gpuAddress());
            assertThat(distance).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void managedStorageIsForDiscreteGpus(MetalDevice device, SoftwareMetal software) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.newBuffer(16, MetalStorageMode.MANAGED))
                .withMessageContaining("unified memory");
        try (var other = SoftwareMetal.of(GpuConfiguration.discrete());
                var discrete = MetalDevice.of(other);
                var queue = discrete.newCommandQueue();
                var managed = discrete.newBuffer(16, MetalStorageMode.MANAGED)) {
            managed.write(0, 1, 2, 3, 4);
            try (var commands = queue.commandBuffer()) {
                try (var blit = commands.blitEncoder()) {
                    blit.fill(managed.slice(4, 4), (byte) 1);
                    blit.synchronize(managed);
                }
                commands.commit().join();
            }
            assertThat(managed.readInts(0, 4)).containsExactly(1, 0x01010101, 3, 4);
            assertThat(other.violations()).isEmpty();
        }
    }

    @Test
    void aFailedAllocationSaysHowMuch(MetalDevice device, SoftwareMetal software) {
        software.faults(0).failNextAllocations(1);
        assertThatThrownBy(() -> device.newBuffer(4096))
                .isInstanceOf(OutOfMemoryException.class)
                .hasMessageContaining("4096 bytes");
        try (var buffer = device.newBuffer(4096)) {
            assertThat(buffer.byteSize()).isEqualTo(4096);
        }
    }

    @Test
    void aHeapGivesBuffersUntilItIsFull(MetalDevice device) {
        try (var heap = device.newHeap(1 << 20, MetalStorageMode.SHARED)) {
            assertThat(heap.byteSize()).isGreaterThanOrEqualTo(1 << 20);
            assertThat(heap.maxAvailableSize(256)).isGreaterThanOrEqualTo(1 << 19);
            try (var buffer = heap.newBuffer(1 << 19)) {
                buffer.write(0, 5);
                assertThat(buffer.readInts(0, 1)).containsExactly(5);
                assertThat(heap.usedSize()).isGreaterThanOrEqualTo(1 << 19);
                assertThatThrownBy(() -> heap.newBuffer(1 << 20)).isInstanceOf(OutOfMemoryException.class);
            }
            assertThatIllegalArgumentException().isThrownBy(() -> heap.newBuffer(0));
            assertThatIllegalArgumentException().isThrownBy(() -> heap.maxAvailableSize(3));
        }
    }

    @Test
    void aGpuWithMemoryOfItsOwnHasNoSharedHeap() {
        try (var software = SoftwareMetal.of(GpuConfiguration.discrete());
                var device = MetalDevice.of(software)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newHeap(1 << 16, MetalStorageMode.SHARED))
                    .withMessageContaining("unified memory");
            device.newHeap(1 << 16, MetalStorageMode.PRIVATE).close();
        }
    }

    @Test
    void aBufferOutlivesItsHeap(MetalDevice device) {
        var heap = device.newHeap(1 << 16, MetalStorageMode.SHARED);
        heap.setLabel("heap");
        assertThat(heap.label()).isEqualTo("heap");
        var buffer = heap.newBuffer(256);
        heap.close();
        buffer.write(0, 7);
        assertThat(buffer.readInts(0, 1)).containsExactly(7);
        buffer.close();
    }
}
