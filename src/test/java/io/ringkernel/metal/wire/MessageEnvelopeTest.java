package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageEnvelopeTest {
    private static final HlcTimestamp NOW = new HlcTimestamp(1_000, 2, 3);
    private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

    /** CRC-32C of "123456789": the check value that RFC 3720 and every catalogue of CRCs give. */
    private static final int CRC_OF_DIGITS = 0xE3069283;

    private static MessageEnvelope digits() {
        return MessageEnvelope.of(MessageHeader.of(5, NOW), DIGITS);
    }

    @Test
    void thePayloadFollowsTheHeaderAndItsSizeAndChecksumStandThere() {
        var bytes = digits().toBytes();
        var little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes).hasSize(256 + 9);
        assertThat(little.getInt(12)).isEqualTo(1);
        assertThat(little.getLong(64)).isEqualTo(9);
        assertThat(little.getInt(72)).isEqualTo(CRC_OF_DIGITS);
        assertThat(Arrays.copyOfRange(bytes, 256, 265)).isEqualTo(DIGITS);
    }

    @Test
    void whatWasWrittenIsRead() {
        var envelope = digits();
        var read = MessageEnvelope.fromBytes(envelope.toBytes());
        assertThat(read.header()).isEqualTo(envelope.header());
        assertThat(read.payloadBytes()).isEqualTo(DIGITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536})
    void payloadsFromNoneToTheMaximumComeBackThroughNativeMemory(int size) {
        var payload = new byte[size];
        new Random(size).nextBytes(payload);
        var envelope = MessageEnvelope.of(MessageHeader.of(5, NOW), payload);
        try (var arena = Arena.ofConfined()) {
            var slot = arena.allocate(256 + 65_536 + 8, 64);
            slot.fill((byte) 0x77);
            envelope.writeTo(slot);
            assertThat(slot.get(ValueLayout.JAVA_BYTE, 256 + size)).isEqualTo((byte) 0x77);
            var read = MessageEnvelope.readFrom(slot);
            assertThat(read.header()).isEqualTo(envelope.header());
            assertThat(read.payloadBytes()).isEqualTo(payload);
        }
    }

    @Test
    void aPayloadBeyondTheMaximumIsRefused() {
        assertThatThrownBy(() -> MessageEnvelope.of(MessageHeader.of(5, NOW), new byte[65_537]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload size not in 0..65536: 65537");
    }

    @Test
    void aSlotThatIsTooSmallIsRefusedAndLeftAlone() {
        var slot = new byte[256 + 8];
        assertThatThrownBy(() -> digits().writeTo(MemorySegment.ofArray(slot)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segment.byteSize() below 265: 264");
        assertThat(slot).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 260, 264})
    void aChangedPayloadIsRefused(int offset) {
        var bytes = digits().toBytes();
        bytes[offset] ^= 1;
        assertThatThrownBy(() -> MessageEnvelope.fromBytes(bytes))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.field()).isEqualTo("checksum"))
                .hasMessageEndingWith(": 0xe3069283");
    }

    @Test
    void aChecksumThatIsNotDeclaredValidIsNotLookedAt() {
        var bytes = digits().toBytes();
        bytes[12] = 0;
        bytes[256] ^= 1;
        var read = MessageEnvelope.fromBytes(bytes);
        assertThat(read.payloadBytes()[0]).isEqualTo((byte) ('1' ^ 1));
        assertThat(read.header().flags()).isZero();
    }

    @Test
    void aTruncatedMessageIsRefused() {
        var bytes = digits().toBytes();
        assertThatThrownBy(() -> MessageEnvelope.fromBytes(Arrays.copyOf(bytes, 264)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("payload_size not 8: 9");
        assertThatThrownBy(() -> MessageEnvelope.fromBytes(Arrays.copyOf(bytes, 266)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("payload_size not 10: 9");
        assertThatThrownBy(() -> MessageEnvelope.fromBytes(Arrays.copyOf(bytes, 255)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("header has fewer than 256 bytes: 255");
    }

    @Test
    void anEnvelopeKeepsNoHoldOnTheCallersArray() {
        var payload = DIGITS.clone();
        var envelope = MessageEnvelope.of(MessageHeader.of(5, NOW), payload);
        payload[0] = 0;
        envelope.payloadBytes()[0] = 0;
        assertThat(envelope.payloadBytes()).isEqualTo(DIGITS);
        assertThat(envelope.payload().isReadOnly()).isTrue();
    }

    @Test
    void anotherHeaderKeepsSizeAndChecksumOfThePayload() {
        var other = MessageHeader.of(9, NOW).withPriority(Priority.CRITICAL);
        var envelope = digits().withHeader(other);
        assertThat(envelope.header().messageType()).isEqualTo(9);
        assertThat(envelope.header().payloadSize()).isEqualTo(9);
        assertThat(envelope.header().checksum()).isEqualTo(CRC_OF_DIGITS);
        assertThat(MessageEnvelope.fromBytes(envelope.toBytes()).payloadBytes()).isEqualTo(DIGITS);
    }

    @Test
    void aNewHeaderOverAnUncheckedPayloadSealsIt() {
        var bytes = digits().toBytes();
        bytes[12] = 0;
        bytes[72] = 0;
        var envelope = MessageEnvelope.fromBytes(bytes).withHeader(MessageHeader.of(9, NOW));
        assertThat(envelope.header().flags()).isEqualTo(MessageHeader.CHECKSUM_VALID);
        assertThat(envelope.header().checksum()).isEqualTo(CRC_OF_DIGITS);
    }

    record Tick(long at) {}

    record Urgent(int x) implements RingMessage {
        @Override
        public Priority messagePriority() {
            return Priority.CRITICAL;
        }

        @Override
        public CorrelationId messageCorrelation() {
            return new CorrelationId(x);
        }
    }

    @Test
    void aRecordTravelsAsItsCodecSays() {
        var codec = RecordCodec.of(Tick.class);
        var envelope = MessageEnvelope.of(codec, new Tick(77), NOW);
        assertThat(envelope.header().messageType()).isEqualTo(codec.messageType());
        assertThat(envelope.header().priority()).isEqualTo(Priority.NORMAL);
        assertThat(envelope.header().timestamp()).isEqualTo(NOW);
        assertThat(MessageEnvelope.fromBytes(envelope.toBytes()).decode(codec)).isEqualTo(new Tick(77));
    }

    @Test
    void aRingMessageChoosesPriorityAndCorrelation() {
        var header = MessageEnvelope.of(RecordCodec.of(Urgent.class), new Urgent(12), NOW)
                .header();
        assertThat(header.priority()).isEqualTo(Priority.CRITICAL);
        assertThat(header.correlationId()).isEqualTo(new CorrelationId(12));
    }

    @Test
    void aMessageOfAnotherTypeIsNotDecoded() {
        var envelope = MessageEnvelope.of(RecordCodec.of(Tick.class), new Tick(77), NOW);
        assertThatThrownBy(() -> envelope.decode(RecordCodec.of(Urgent.class)))
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        e -> assertThat(e.field()).isEqualTo("message_type"))
                .hasMessage("message_type not " + Urgent.class.getName() + ": " + Tick.class.getName());
    }

    @Test
    void aHeaderOfAnotherTypeIsNotPutBeforeARecord() {
        assertThatThrownBy(() -> MessageEnvelope.of(MessageHeader.of(1, NOW), RecordCodec.of(Tick.class), new Tick(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("messageType not that of " + Tick.class.getName() + ": message type 0x0000000000000001");
    }

    private static final MessageCodec<String> TEXT = new MessageCodec<>() {
        @Override
        public long messageType() {
            return 42;
        }

        @Override
        public int byteSize(String message) {
            return message.length();
        }

        @Override
        public void encode(String message, MemorySegment target) {
            MemorySegment.copy(
                    message.getBytes(StandardCharsets.US_ASCII), 0, target, ValueLayout.JAVA_BYTE, 0, message.length());
        }

        @Override
        public String decode(MemorySegment payload) {
            return new String(payload.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"", "123456789"})
    void aCustomCodecIsAsGood(String text) {
        var envelope = MessageEnvelope.of(TEXT, text, NOW);
        assertThat(envelope.header().messageType()).isEqualTo(42);
        assertThat(envelope.payloadBytes()).isEqualTo(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(MessageEnvelope.fromBytes(envelope.toBytes()).decode(TEXT)).isEqualTo(text);
    }

    @Test
    void aCustomCodecThatNeedsTooMuchIsRefused() {
        assertThatThrownBy(() -> MessageEnvelope.of(TEXT, "x".repeat(65_537), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload size not in 0..65536: 65537");
    }
}
