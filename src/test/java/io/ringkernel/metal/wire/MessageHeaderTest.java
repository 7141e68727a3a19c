package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageHeaderTest {
    private static final MessageHeader HEADER = new MessageHeader(
            new MessageId(0x1101),
            new CorrelationId(0x2202),
            0x3303,
            0x4404,
            0x5505,
            Priority.HIGH,
            65_536,
            MessageHeader.CHECKSUM_VALID,
            0xCAFEBABE,
            new HlcTimestamp(0x6606, 0x7707, 0x8808),
            new HlcTimestamp(0x9909, 0xAA0A, 0xBB0B));

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void everyFieldStandsAtItsOffset() {
        var expected = little(new byte[256]);
        expected.put(0, "NREKGNIR".getBytes(StandardCharsets.US_ASCII));
        expected.putInt(8, 1)
                .putInt(12, 1)
                .putLong(16, 0x1101)
                .putLong(24, 0x2202)
                .putLong(32, 0x3303);
        expected.putLong(40, 0x4404).putLong(48, 0x5505).put(56, (byte) 2).putLong(64, 65_536);
        expected.putInt(72, 0xCAFEBABE).putLong(80, 0x6606).putLong(88, 0x7707).putLong(96, 0x8808);
        expected.putLong(104, 0x9909).putLong(112, 0xAA0A).putLong(120, 0xBB0B);
        assertThat(HEADER.toBytes()).isEqualTo(expected.array());
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(MessageHeader.fromBytes(HEADER.toBytes())).isEqualTo(HEADER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHeaderComesBack(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var header = new MessageHeader(
                    new MessageId(random.nextLong()),
                    new CorrelationId(random.nextLong()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextLong(),
                    Priority.ofLevel(random.nextInt(4)),
                    random.nextInt(65_537),
                    random.nextInt(2),
                    random.nextInt(),
                    new HlcTimestamp(random.nextLong(), random.nextLong(), random.nextLong()),
                    new HlcTimestamp(random.nextLong(), random.nextLong(), random.nextLong()));
            assertThat(MessageHeader.fromBytes(header.toBytes())).isEqualTo(header);
        }
    }

    @Test
    void reservedBytesAreWrittenAsZeroAndIgnoredWhenRead() {
        var dirty = new byte[300];
        Arrays.fill(dirty, (byte) 0x5A);
        HEADER.writeTo(MemorySegment.ofArray(dirty));
        assertThat(Arrays.copyOf(dirty, 256)).isEqualTo(HEADER.toBytes());
        assertThat(Arrays.copyOfRange(dirty, 256, 300)).containsOnly(0x5A);
        Arrays.fill(dirty, 57, 64, (byte) 1);
        Arrays.fill(dirty, 128, 256, (byte) 1);
        assertThat(MessageHeader.readFrom(MemorySegment.ofArray(dirty))).isEqualTo(HEADER);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, magic, 'magic not 0x52494e474b45524e: 0x52494e474b455200'",
        "8, 2, version, 'version not 1: 2'",
        "12, 3, flags, 'flags not in 0..1: 3'",
        "15, 128, flags, 'flags not in 0..1: 2147483649'",
        "56, 4, priority, 'priority not in 0..3: 4'",
        "56, 255, priority, 'priority not in 0..3: 255'",
        "64, 1, payload_size, 'payload_size not in 0..65536: 65537'",
        "71, 255, payload_size, 'payload_size not in 0..65536: 18374686479671689216'"
    })
    void aMalformedHeaderIsRefusedWithFieldAndValue(int offset, int value, String field, String message) {
        var bytes = HEADER.toBytes();
        bytes[offset] = (byte) value;
        assertThatThrownBy(() -> MessageHeader.fromBytes(bytes))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.field()).isEqualTo(field))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 255, 257})
    void anotherNumberOfBytesIsRefused(int length) {
        assertThatThrownBy(() -> MessageHeader.fromBytes(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes.length not 256: " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_537})
    void aPayloadSizeOutOfRangeIsRefused(int size) {
        assertThatThrownBy(() -> new MessageHeader(
                        new MessageId(1),
                        CorrelationId.NONE,
                        0,
                        0,
                        0,
                        Priority.LOW,
                        size,
                        0,
                        0,
                        HlcTimestamp.ZERO,
                        HlcTimestamp.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payloadSize not in 0..65536: " + size);
    }

    @Test
    void aReplyGoesBackToTheSenderAndNamesTheRequest() {
        var reply = HEADER.reply(77, new HlcTimestamp(1, 2, 3));
        assertThat(reply.correlationId().value()).isEqualTo(HEADER.messageId().value());
        assertThat(reply.sourceKernel()).isEqualTo(HEADER.destKernel());
        assertThat(reply.destKernel()).isEqualTo(HEADER.sourceKernel());
        assertThat(reply.priority()).isEqualTo(Priority.HIGH);
        assertThat(reply.messageType()).isEqualTo(77);
        assertThat(reply.messageId()).isNotEqualTo(HEADER.messageId());
        assertThat(reply.deadline()).isEqualTo(HlcTimestamp.ZERO);
    }

    @Test
    void aMessageExpiresAtItsDeadline() {
        var deadline = new HlcTimestamp(100, 0, 0);
        var header = HEADER.withDeadline(deadline);
        assertThat(header.isExpiredAt(new HlcTimestamp(99, 9, 9))).isFalse();
        assertThat(header.isExpiredAt(deadline)).isTrue();
        assertThat(header.isExpiredAt(new HlcTimestamp(101, 0, 0))).isTrue();
        assertThat(header.withDeadline(HlcTimestamp.ZERO).isExpiredAt(new HlcTimestamp(-1, 0, 0)))
                .isFalse();
    }
}
