package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;
import static io.ringkernel.metal.wire.Wire.u8;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * What stands before the payload of every message.
 *
 * <p><b>Shape.</b> 256 bytes, aligned to 64, little-endian:
 *
 * <pre>
 *     0  u64  magic 0x52494E474B45524E       72  u32  checksum (CRC-32C of the payload)
 *     8  u32  version 1                      76  u32  reserved
 *    12  u32  flags (bit 0: checksum valid)  80  u64  timestamp.physical, µs
 *    16  u64  message_id                     88  u64  timestamp.logical
 *    24  u64  correlation_id (0 none)        96  u64  timestamp.node_id
 *    32  u64  source_kernel (0 host)        104  u64  deadline.physical, µs
 *    40  u64  dest_kernel (0 host)          112  u64  deadline.logical
 *    48  u64  message_type                  120  u64  deadline.node_id (all 0: no deadline)
 *    56  u8   priority 0..3                 128  128 bytes reserved
 *    57  7 bytes reserved                   256
 *    64  u64  payload_size, at most 65536
 * </pre>
 *
 * <p>The record has more components than a method should have parameters because the struct has them: build one with
 * {@link #of(long, HlcTimestamp)} and the {@code with…} methods.
 *
 * @param messageId identifies this message
 * @param correlationId the request that this message answers, or {@link CorrelationId#NONE}
 * @param sourceKernel number of the sender, see {@link KernelId#number()}
 * @param destKernel number of the receiver
 * @param messageType tells receivers how to read the payload
 * @param priority how urgent the message is
 * @param payloadSize bytes of payload, 0 to {@link #MAX_PAYLOAD_SIZE}
 * @param flags {@link #CHECKSUM_VALID} or 0
 * @param checksum CRC-32C of the payload if {@code flags} says so
 * @param timestamp when the message was sent
 * @param deadline when the message becomes worthless, or {@link HlcTimestamp#ZERO} for never
 */
public record MessageHeader(
        MessageId messageId,
        CorrelationId correlationId,
        long sourceKernel,
        long destKernel,
        long messageType,
        Priority priority,
        int payloadSize,
        int flags,
        int checksum,
        HlcTimestamp timestamp,
        HlcTimestamp deadline) {
    /** Size of a header, in bytes. */
    public static final int BYTE_SIZE = 256;

    /** "RINGKERN" as a big-endian number. */
    public static final long MAGIC = 0x52494E474B45524EL;

    /** The version of this layout. */
    public static final int VERSION = 1;

    /** The flag that says that {@link #checksum()} is that of the payload. */
    public static final int CHECKSUM_VALID = 1;

    /** The most bytes of payload that a message may have. */
    public static final int MAX_PAYLOAD_SIZE = 65_536;

    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u64("magic"),
                    u32("version"),
                    u32("flags"),
                    u64("message_id"),
                    u64("correlation_id"),
                    u64("source_kernel"),
                    u64("dest_kernel"),
                    u64("message_type"),
                    u8("priority"),
                    bytes("reserved0", 7),
                    u64("payload_size"),
                    u32("checksum"),
                    u32("reserved1"),
                    Wire.HLC_TIMESTAMP.withName("timestamp"),
                    Wire.HLC_TIMESTAMP.withName("deadline"),
                    bytes("reserved2", 128))
            .withByteAlignment(64)
            .withName("MessageHeader");

    private static final long MAGIC_AT = Wire.offset(LAYOUT, "magic");
    private static final long VERSION_AT = Wire.offset(LAYOUT, "version");
    private static final long FLAGS_AT = Wire.offset(LAYOUT, "flags");
    private static final long MESSAGE_ID_AT = Wire.offset(LAYOUT, "message_id");
    private static final long CORRELATION_ID_AT = Wire.offset(LAYOUT, "correlation_id");
    private static final long SOURCE_KERNEL_AT = Wire.offset(LAYOUT, "source_kernel");
    private static final long DEST_KERNEL_AT = Wire.offset(LAYOUT, "dest_kernel");
    private static final long MESSAGE_TYPE_AT = Wire.offset(LAYOUT, "message_type");
    private static final long PRIORITY_AT = Wire.offset(LAYOUT, "priority");
    private static final long PAYLOAD_SIZE_AT = Wire.offset(LAYOUT, "payload_size");
    private static final long CHECKSUM_AT = Wire.offset(LAYOUT, "checksum");
    private static final long TIMESTAMP_AT = Wire.offset(LAYOUT, "timestamp");
    private static final long DEADLINE_AT = Wire.offset(LAYOUT, "deadline");

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if {@code payloadSize} is not in 0..65536, or {@code flags} has unknown bits
     */
    public MessageHeader {
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(deadline, "deadline");
        if (payloadSize < 0 || payloadSize > MAX_PAYLOAD_SIZE) {
            throw new IllegalArgumentException("payloadSize not in 0.." + MAX_PAYLOAD_SIZE + ": " + payloadSize);
        }
        if ((flags & ~CHECKSUM_VALID) != 0) {
            throw new IllegalArgumentException("flags not in 0..1: " + Integer.toUnsignedString(flags));
        }
    }

    /** A header for a new message of the given type: new id, from host to host, normal priority, no deadline. */
    public static MessageHeader of(long messageType, HlcTimestamp timestamp) {
        return new MessageHeader(
                MessageId.generate(),
                CorrelationId.NONE,
                0,
                0,
                messageType,
                Priority.NORMAL,
                0,
                0,
                0,
                timestamp,
                HlcTimestamp.ZERO);
    }

    /** A header for the answer to this message: new id, correlated, back to its sender, with its priority. */
    public MessageHeader reply(long replyType, HlcTimestamp replyTimestamp) {
        return of(replyType, replyTimestamp)
                .withCorrelationId(CorrelationId.of(messageId))
                .withRoute(destKernel, sourceKernel)
                .withPriority(priority);
    }

    /** Whether the message is worthless at {@code now}: its deadline is not after it. */
    public boolean isExpiredAt(HlcTimestamp now) {
        return !deadline.isZero() && !deadline.isAfter(now);
    }

    /** This header with another message id. */
    public MessageHeader withMessageId(MessageId other) {
        return new MessageHeader(
                other,
                correlationId,
                sourceKernel,
                destKernel,
                messageType,
                priority,
                payloadSize,
                flags,
                checksum,
                timestamp,
                deadline);
    }

    /** This header with another correlation id. */
    public MessageHeader withCorrelationId(CorrelationId other) {
        return new MessageHeader(
                messageId,
                other,
                sourceKernel,
                destKernel,
                messageType,
                priority,
                payloadSize,
                flags,
                checksum,
                timestamp,
                deadline);
    }

    /** This header from and to other kernels, given by {@link KernelId#number()}. */
    public MessageHeader withRoute(long source, long destination) {
        return new MessageHeader(
                messageId,
                correlationId,
                source,
                destination,
                messageType,
                priority,
                payloadSize,
                flags,
                checksum,
                timestamp,
                deadline);
    }

    /** This header with another priority. */
    public MessageHeader withPriority(Priority other) {
        return new MessageHeader(
                messageId,
                correlationId,
                sourceKernel,
                destKernel,
                messageType,
                other,
                payloadSize,
                flags,
                checksum,
                timestamp,
                deadline);
    }

    /** This header with another timestamp. */
    public MessageHeader withTimestamp(HlcTimestamp other) {
        return new MessageHeader(
                messageId,
                correlationId,
                sourceKernel,
                destKernel,
                messageType,
                priority,
                payloadSize,
                flags,
                checksum,
                other,
                deadline);
    }

    /** This header with another deadline; {@link HlcTimestamp#ZERO} takes it away. */
    public MessageHeader withDeadline(HlcTimestamp other) {
        return new MessageHeader(
                messageId,
                correlationId,
                sourceKernel,
                destKernel,
                messageType,
                priority,
                payloadSize,
                flags,
                checksum,
                timestamp,
                other);
    }

    /** This header over another payload. */
    MessageHeader withPayload(int size, int crc) {
        return new MessageHeader(
                messageId,
                correlationId,
                sourceKernel,
                destKernel,
                messageType,
                priority,
                size,
                CHECKSUM_VALID,
                crc,
                timestamp,
                deadline);
    }

    /** The 256 bytes of this header. */
    public byte[] toBytes() {
        var bytes = new byte[BYTE_SIZE];
        writeTo(MemorySegment.ofArray(bytes));
        return bytes;
    }

    /**
     * Writes all 256 bytes, the reserved ones as zero.
     *
     * @param to at least 256 bytes, of any alignment; the first 256 are written
     * @throws IllegalArgumentException if {@code to} is smaller
     */
    public void writeTo(MemorySegment to) {
        Wire.checkRoom(to, BYTE_SIZE);
        Wire.zero(to, BYTE_SIZE);
        u64(to, MAGIC_AT, MAGIC);
        u32(to, VERSION_AT, VERSION);
        u32(to, FLAGS_AT, flags);
        u64(to, MESSAGE_ID_AT, messageId.value());
        u64(to, CORRELATION_ID_AT, correlationId.value());
        u64(to, SOURCE_KERNEL_AT, sourceKernel);
        u64(to, DEST_KERNEL_AT, destKernel);
        u64(to, MESSAGE_TYPE_AT, messageType);
        to.set(Wire.U8, PRIORITY_AT, (byte) priority.level());
        u64(to, PAYLOAD_SIZE_AT, payloadSize);
        u32(to, CHECKSUM_AT, checksum);
        write(to, TIMESTAMP_AT, timestamp);
        write(to, DEADLINE_AT, deadline);
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException if there are not exactly 256 bytes
     * @throws MalformedMessageException if magic, version, flags, priority or payload size are not those of a header
     */
    public static MessageHeader fromBytes(byte[] bytes) {
        if (bytes.length != BYTE_SIZE) {
            throw new IllegalArgumentException("bytes.length not " + BYTE_SIZE + ": " + bytes.length);
        }
        return readFrom(MemorySegment.ofArray(bytes));
    }

    /**
     * Reads a header from the start of {@code from}.
     *
     * @param from at least 256 bytes, of any alignment
     * @throws IllegalArgumentException if {@code from} is smaller
     * @throws MalformedMessageException if magic, version, flags, priority or payload size are not those of a header
     */
    public static MessageHeader readFrom(MemorySegment from) {
        Wire.checkRoom(from, BYTE_SIZE);
        long magic = u64(from, MAGIC_AT);
        if (magic != MAGIC) {
            throw new MalformedMessageException("magic", "not 0x52494e474b45524e", "0x%016x".formatted(magic));
        }
        int version = u32(from, VERSION_AT);
        if (version != VERSION) {
            throw new MalformedMessageException("version", "not 1", Integer.toUnsignedString(version));
        }
        int flags = u32(from, FLAGS_AT);
        if ((flags & ~CHECKSUM_VALID) != 0) {
            throw new MalformedMessageException("flags", "not in 0..1", Integer.toUnsignedString(flags));
        }
        int priority = Byte.toUnsignedInt(from.get(Wire.U8, PRIORITY_AT));
        if (priority >= Priority.COUNT) {
            throw new MalformedMessageException("priority", "not in 0..3", Integer.toString(priority));
        }
        long payloadSize = u64(from, PAYLOAD_SIZE_AT);
        if (Long.compareUnsigned(payloadSize, MAX_PAYLOAD_SIZE) > 0) {
            throw new MalformedMessageException(
                    "payload_size", "not in 0.." + MAX_PAYLOAD_SIZE, Long.toUnsignedString(payloadSize));
        }
        return new MessageHeader(
                new MessageId(u64(from, MESSAGE_ID_AT)),
                new CorrelationId(u64(from, CORRELATION_ID_AT)),
                u64(from, SOURCE_KERNEL_AT),
                u64(from, DEST_KERNEL_AT),
                u64(from, MESSAGE_TYPE_AT),
                Priority.ofLevel(priority),
                (int) payloadSize,
                flags,
                u32(from, CHECKSUM_AT),
                readTimestamp(from, TIMESTAMP_AT),
                readTimestamp(from, DEADLINE_AT));
    }

    private static void write(MemorySegment to, long offset, HlcTimestamp timestamp) {
        u64(to, offset, timestamp.physicalMicros());
        u64(to, offset + 8, timestamp.logical());
        u64(to, offset + 16, timestamp.nodeId());
    }

    private static HlcTimestamp readTimestamp(MemorySegment from, long offset) {
        return new HlcTimestamp(u64(from, offset), u64(from, offset + 8), u64(from, offset + 16));
    }

    /** Ids in hexadecimal, all numbers unsigned, and what is zero left out. */
    @Override
    public String toString() {
        return "MessageHeader[" + messageId + (correlationId.isNone() ? "" : ", " + correlationId)
                + ", from 0x%016x to 0x%016x, ".formatted(sourceKernel, destKernel)
                + RecordCodec.nameOfType(messageType) + ", " + priority + ", " + payloadSize + " bytes, sent "
                + timestamp + (deadline.isZero() ? "" : ", until " + deadline) + "]";
    }
}
