package io.ringkernel.metal.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A message: header and payload.
 *
 * <p><b>Shape.</b> On the wire the 256 bytes of the {@link MessageHeader} and then the payload, nothing after it. The
 * header always tells the payload's size; its checksum is set by every envelope that is built here, and checked by
 * every envelope that is read and whose header says that it is valid.
 *
 * <p><b>Lifetime.</b> Immutable, on the Java heap. Reading copies the payload out of the segment it stands in.
 */
public final class MessageEnvelope {
    private static final byte[] NO_BYTES = {};

    private final MessageHeader header;
    private final byte[] payload;

    private MessageEnvelope(MessageHeader header, byte[] payload) {
        this.header = header;
        this.payload = payload;
    }

    /**
     * An envelope around a copy of {@code payload}; the payload's size and checksum replace those in {@code header}.
     *
     * @throws IllegalArgumentException if the payload has more than {@link MessageHeader#MAX_PAYLOAD_SIZE} bytes
     */
    public static MessageEnvelope of(MessageHeader header, byte[] payload) {
        return sealed(header, payload.clone());
    }

    /**
     * An envelope around an encoded message, with a new id.
     *
     * @param timestamp when the message is sent
     * @throws IllegalArgumentException if the message needs more than {@link MessageHeader#MAX_PAYLOAD_SIZE} bytes, or
     *     {@code codec} cannot encode it
     */
    public static <T> MessageEnvelope of(MessageCodec<T> codec, T message, HlcTimestamp timestamp) {
        var payload = encode(codec, message);
        var header = new MessageHeader(
                MessageId.generate(),
                codec.correlation(message),
                0,
                0,
                codec.messageType(),
                codec.priority(message),
                payload.length,
                MessageHeader.CHECKSUM_VALID,
                checksum(payload),
                timestamp,
                HlcTimestamp.ZERO);
        return new MessageEnvelope(header, payload);
    }

    /**
     * An envelope with the given header around an encoded message; the codec's type and the payload's size and checksum
     * replace those in {@code header}.
     *
     * @throws IllegalArgumentException if the message needs more than {@link MessageHeader#MAX_PAYLOAD_SIZE} bytes,
     *     {@code header} is of another message type, or {@code codec} cannot encode the message
     */
    public static <T> MessageEnvelope of(MessageHeader header, MessageCodec<T> codec, T message) {
        if (header.messageType() != codec.messageType()) {
            throw new IllegalArgumentException("messageType not that of " + nameOf(codec) + ": " + nameOfType(header));
        }
        return sealed(header, encode(codec, message));
    }

    @SuppressWarnings("unchecked") // a record codec for T is one for T, whatever the compiler knows of its bound
    private static <T> byte[] encode(MessageCodec<T> codec, T message) {
        if (codec instanceof MslRecordCodec<?> own) {
            return ((MslRecordCodec<Record>) own).encode((Record) message);
        }
        int size = codec.byteSize(message);
        checkSize(size);
        var payload = size == 0 ? NO_BYTES : new byte[size];
        codec.encode(message, MemorySegment.ofArray(payload));
        return payload;
    }

    private static MessageEnvelope sealed(MessageHeader header, byte[] payload) {
        checkSize(payload.length);
        return new MessageEnvelope(header.withPayload(payload.length, checksum(payload)), payload);
    }

    /** The header; size and checksum are those of the payload. */
    public MessageHeader header() {
        return header;
    }

    /** This message under another header; size and checksum stay those of the payload. */
    public MessageEnvelope withHeader(MessageHeader other) {
        boolean isSealed = (header.flags() & MessageHeader.CHECKSUM_VALID) != 0;
        return new MessageEnvelope(
                other.withPayload(payload.length, isSealed ? header.checksum() : checksum(payload)), payload);
    }

    /** The payload, read-only. */
    public MemorySegment payload() {
        return MemorySegment.ofArray(payload).asReadOnly();
    }

    /** A copy of the payload. */
    public byte[] payloadBytes() {
        return payload.clone();
    }

    /** Size of header and payload, in bytes. */
    public int byteSize() {
        return MessageHeader.BYTE_SIZE + payload.length;
    }

    /**
     * The message that the payload encodes.
     *
     * @throws MalformedMessageException if the header is of another message type than {@code codec}, or the payload
     *     does not encode such a message
     */
    public <T> T decode(MessageCodec<T> codec) {
        if (header.messageType() != codec.messageType()) {
            throw new MalformedMessageException("message_type", "not " + nameOf(codec), nameOfType(header));
        }
        return decode(codec, payload);
    }

    private static String nameOf(MessageCodec<?> codec) {
        return codec instanceof RecordCodec<?> record
                ? record.type().getName()
                : RecordCodec.nameOfType(codec.messageType());
    }

    /** Number 0 is what a handler's {@code reply} and {@code send} give a struct that is no record of the source. */
    private static String nameOfType(MessageHeader header) {
        return header.messageType() == 0
                ? "0, as a struct has whose record was not given to the kernel's source"
                : RecordCodec.nameOfType(header.messageType());
    }

    @SuppressWarnings("unchecked") // as in encode
    private static <T> T decode(MessageCodec<T> codec, byte[] payload) {
        return codec instanceof MslRecordCodec<?> own
                ? (T) own.decode(payload)
                : codec.decode(MemorySegment.ofArray(payload));
    }

    /** The bytes of header and payload. */
    public byte[] toBytes() {
        var bytes = new byte[byteSize()];
        writeTo(MemorySegment.ofArray(bytes));
        return bytes;
    }

    /**
     * Writes header and payload to the start of {@code slot}, such as a place in a queue that the GPU reads, and leaves
     * the bytes behind them alone.
     *
     * @param slot at least {@link #byteSize()} bytes, of any alignment
     * @throws IllegalArgumentException if {@code slot} is smaller; nothing is written then
     */
    public void writeTo(MemorySegment slot) {
        Wire.checkRoom(slot, byteSize());
        header.writeTo(slot);
        MemorySegment.copy(payload, 0, slot, JAVA_BYTE, MessageHeader.BYTE_SIZE, payload.length);
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws MalformedMessageException if the header is malformed, the payload is shorter or longer than it says, or
     *     the checksum is not that of the payload
     */
    public static MessageEnvelope fromBytes(byte[] bytes) {
        var envelope = readFrom(MemorySegment.ofArray(bytes));
        if (envelope.byteSize() != bytes.length) {
            throw wrongPayloadSize(bytes.length - MessageHeader.BYTE_SIZE, envelope.payload.length);
        }
        return envelope;
    }

    /**
     * Reads a message from the start of {@code slot}; bytes behind the payload are not looked at.
     *
     * @throws MalformedMessageException if {@code slot} is too small for a header or for the payload that the header
     *     tells, the header is malformed, or the checksum is not that of the payload
     */
    public static MessageEnvelope readFrom(MemorySegment slot) {
        Objects.requireNonNull(slot, "slot");
        if (slot.byteSize() < MessageHeader.BYTE_SIZE) {
            throw new MalformedMessageException("header", "has fewer than 256 bytes", Long.toString(slot.byteSize()));
        }
        var header = MessageHeader.readFrom(slot);
        int size = header.payloadSize();
        if (slot.byteSize() - MessageHeader.BYTE_SIZE < size) {
            throw wrongPayloadSize(slot.byteSize() - MessageHeader.BYTE_SIZE, size);
        }
        var payload = size == 0 ? NO_BYTES : new byte[size];
        MemorySegment.copy(slot, JAVA_BYTE, MessageHeader.BYTE_SIZE, payload, 0, size);
        if ((header.flags() & MessageHeader.CHECKSUM_VALID) != 0) {
            int actual = checksum(payload);
            if (actual != header.checksum()) {
                throw new MalformedMessageException(
                        "checksum", "not 0x%08x".formatted(actual), "0x%08x".formatted(header.checksum()));
            }
        }
        return new MessageEnvelope(header, payload);
    }

    private static MalformedMessageException wrongPayloadSize(long actual, int told) {
        return new MalformedMessageException("payload_size", "not " + actual, Integer.toString(told));
    }

    private static void checkSize(int size) {
        if (size < 0 || size > MessageHeader.MAX_PAYLOAD_SIZE) {
            throw new IllegalArgumentException(
                    "payload size not in 0.." + MessageHeader.MAX_PAYLOAD_SIZE + ": " + size);
        }
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }

    @Override
    public String toString() {
        return "MessageEnvelope[" + header + "]";
    }
}
