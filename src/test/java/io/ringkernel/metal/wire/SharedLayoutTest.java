package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedLayoutTest {
    static final List<Arguments> LAYOUTS = List.of(
            Arguments.of(ControlBlock.LAYOUT, 128, 128, """
                    is_active 0 should_terminate 4 has_terminated 8 reserved0 12 messages_processed 16
                    messages_in_flight 24 input_head 32 input_tail 40 output_head 48 output_tail 56 input_capacity 64
                    output_capacity 68 input_mask 72 output_mask 76 hlc_physical 80 hlc_logical 88 last_error 96
                    error_count 100 reserved1 104"""),
            Arguments.of(MessageHeader.LAYOUT, 256, 64, """
                    magic 0 version 8 flags 12 message_id 16 correlation_id 24 source_kernel 32 dest_kernel 40
                    message_type 48 priority 56 reserved0 57 payload_size 64 checksum 72 reserved1 76 timestamp 80
                    deadline 104 reserved2 128"""),
            Arguments.of(MetalK2KInboxHeader.LAYOUT, 64, 64, """
                    message_count 0 max_messages 4 head 8 tail 12 last_source 16 lock 20 sequence 24 reserved 28"""),
            Arguments.of(MetalK2KRouteEntry.LAYOUT, 32, 4, """
                    dest_threadgroup 0 inbox_offset 4 is_active 8 hops 12 bandwidth_hint 16 priority 20 reserved 24"""),
            Arguments.of(MetalK2KRoutingTable.LAYOUT, 864, 4, """
                    self_id 0 route_count 4 grid_dim_x 8 grid_dim_y 12 grid_dim_z 16 reserved 20 routes 32"""),
            Arguments.of(MetalHaloMessage.LAYOUT, 32, 4, """
                    source 0 direction 4 width 8 height 12 depth 16 element_size 20 sequence 24 flags 28"""));

    @ParameterizedTest
    @FieldSource("LAYOUTS")
    void sizesAlignmentsAndOffsetsAreThoseOfTheWire(StructLayout layout, int size, int alignment, String offsets) {
        assertThat(layout.byteSize()).isEqualTo(size);
        assertThat(layout.byteAlignment()).isEqualTo(alignment);
        var words = offsets.strip().split("\\s+");
        assertThat(layout.memberLayouts()).hasSize(words.length / 2);
        for (int i = 0; i < words.length; i += 2) {
            assertThat(layout.byteOffset(PathElement.groupElement(words[i])))
                    .as(words[i])
                    .isEqualTo(Long.parseLong(words[i + 1]));
        }
    }

    private static ByteBuffer little(MemorySegment segment) {
        return segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aControlBlockReadsEveryMemberFromItsOffset() {
        try (var arena = Arena.ofConfined()) {
            var segment = arena.allocate(128, 128);
            var bytes = little(segment);
            for (int offset = 0; offset < 128; offset += 4) {
                bytes.putInt(offset, 0x100 + offset);
            }
            bytes.putInt(96, 3);
            var block = ControlBlock.of(segment);
            assertThat(block.isActive()).isTrue();
            assertThat(block.shouldTerminate()).isTrue();
            assertThat(block.hasTerminated()).isTrue();
            assertThat(block.messagesProcessed()).isEqualTo(0x114_0000_0110L);
            assertThat(block.messagesInFlight()).isEqualTo(0x11C_0000_0118L);
            assertThat(block.inputHead()).isEqualTo(0x124_0000_0120L);
            assertThat(block.inputTail()).isEqualTo(0x12C_0000_0128L);
            assertThat(block.outputHead()).isEqualTo(0x134_0000_0130L);
            assertThat(block.outputTail()).isEqualTo(0x13C_0000_0138L);
            assertThat(block.inputCapacity()).isEqualTo(0x140);
            assertThat(block.outputCapacity()).isEqualTo(0x144);
            assertThat(block.hlc(7)).isEqualTo(new HlcTimestamp(0x154_0000_0150L, 0x15C_0000_0158L, 7));
            assertThat(block.lastError()).isEqualTo(ControlBlock.Failure.INVALID_MESSAGE);
            assertThat(block.errorCount()).isEqualTo(0x164);
        }
    }

    @Test
    void aControlBlockWritesEveryMemberToItsOffset() {
        var raw = new byte[128];
        Arrays.fill(raw, (byte) -1);
        var block = ControlBlock.of(MemorySegment.ofArray(raw));
        block.initialize(8, 1);
        block.activate();
        block.requestTermination();
        block.messagesInFlight(1L << 33);
        block.inputTail(5_000_000_000L);
        block.outputHead(6_000_000_000L);
        block.hlc(new HlcTimestamp(123, 456, 789));
        var expected = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        expected.putInt(0, 1).putInt(4, 1).putLong(24, 1L << 33).putLong(40, 5_000_000_000L);
        expected.putLong(48, 6_000_000_000L)
                .putInt(64, 8)
                .putInt(68, 1)
                .putInt(72, 7)
                .putInt(76, 0);
        expected.putLong(80, 123).putLong(88, 456);
        assertThat(raw).isEqualTo(expected.array());
        block.deactivate();
        assertThat(block.isActive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, Integer.MIN_VALUE})
    void aCapacityThatIsNoPowerOfTwoIsRefused(int capacity) {
        var block = ControlBlock.of(MemorySegment.ofArray(new byte[128]));
        assertThatThrownBy(() -> block.initialize(8, capacity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputCapacity not a power of two: " + capacity);
    }

    @Test
    void anErrorNumberOfAHandlersOwnIsAHandlerError() {
        var raw = new byte[128];
        raw[96] = 99;
        var block = ControlBlock.of(MemorySegment.ofArray(raw));
        assertThat(block.lastError()).isEqualTo(ControlBlock.Failure.HANDLER_ERROR);
        assertThat(block.lastErrorCode()).isEqualTo(99);
        block.clearErrors();
        assertThat(block.lastError()).isEqualTo(ControlBlock.Failure.NONE);
    }

    @Test
    void aViewOverTooFewBytesIsRefused() {
        assertThatThrownBy(() -> ControlBlock.of(MemorySegment.ofArray(new byte[127])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segment.byteSize() below 128: 127");
    }

    @Test
    void anInboxHeaderStandsWhereItShould() {
        var raw = new byte[64];
        Arrays.fill(raw, (byte) -1);
        var inbox = MetalK2KInboxHeader.of(MemorySegment.ofArray(raw));
        inbox.initialize(16);
        inbox.messageCount(3);
        inbox.head(-2);
        inbox.tail(5);
        var expected = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        expected.putInt(0, 3).putInt(4, 16).putInt(8, -2).putInt(12, 5);
        assertThat(raw).isEqualTo(expected.array());
        raw[16] = 9;
        raw[24] = 4;
        assertThat(inbox.lastSource()).isEqualTo(9);
        assertThat(inbox.sequence()).isEqualTo(4);
        assertThat(List.of(inbox.messageCount(), inbox.maxMessages(), inbox.head(), inbox.tail()))
                .containsExactly(3, 16, -2, 5);
    }

    @Test
    void aHaloMessageStandsWhereItShould() {
        var raw = new byte[32];
        var message = new MetalHaloMessage(1, 2, 3, 4, 5, 6, 7, -1);
        message.writeTo(MemorySegment.ofArray(raw));
        var expected = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        expected.putInt(1)
                .putInt(2)
                .putInt(3)
                .putInt(4)
                .putInt(5)
                .putInt(6)
                .putInt(7)
                .putInt(-1);
        assertThat(raw).isEqualTo(expected.array());
        assertThat(MetalHaloMessage.readFrom(MemorySegment.ofArray(raw))).isEqualTo(message);
    }

    @Test
    void aRouteEntryStandsWhereItShould() {
        var raw = new byte[32];
        Arrays.fill(raw, (byte) -1);
        var entry = new MetalK2KRouteEntry(7, 0xFFFF_FFFEL, true, 3, 4, Priority.CRITICAL);
        entry.writeTo(MemorySegment.ofArray(raw));
        var expected = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        expected.putInt(7).putInt(-2).putInt(1).putInt(3).putInt(4).putInt(3);
        assertThat(raw).isEqualTo(expected.array());
        assertThat(MetalK2KRouteEntry.readFrom(MemorySegment.ofArray(raw))).isEqualTo(entry);
    }
}
