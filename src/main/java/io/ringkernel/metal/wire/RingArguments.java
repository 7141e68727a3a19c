package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * What the entry function of a ring kernel gets with each dispatch: 80 bytes of the host's own memory, which are copied
 * into the command buffer.
 *
 * <p><b>Shape.</b> 80 bytes, little-endian, all numbers unsigned:
 *
 * <pre>
 *     0  u64  kernel_id          32  u64  hlc_physical           56  u32  input_mask         72  u32  state_bytes
 *     8  u64  message_id_base    40  u64  hlc_logical            60  u32  output_mask        76  u32  scratch_bytes
 *    16  u64  input_head         48  u32  message_count          64  u32  slot_bytes
 *    24  u64  output_tail        52  u32  replies_per_message    68  u32  payload_capacity
 * </pre>
 *
 * <p><b>Threads.</b> One at a time.
 */
public final class RingArguments {
    /** Every member, with the names that {@code msl/ring_kernel.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u64("kernel_id"),
                    u64("message_id_base"),
                    u64("input_head"),
                    u64("output_tail"),
                    u64("hlc_physical"),
                    u64("hlc_logical"),
                    u32("message_count"),
                    u32("replies_per_message"),
                    u32("input_mask"),
                    u32("output_mask"),
                    u32("slot_bytes"),
                    u32("payload_capacity"),
                    u32("state_bytes"),
                    u32("scratch_bytes"))
            .withName("RingArguments");

    /** Size of the arguments, in bytes. */
    public static final int BYTE_SIZE = 80;

    private static final long KERNEL_ID = Wire.offset(LAYOUT, "kernel_id");
    private static final long MESSAGE_ID_BASE = Wire.offset(LAYOUT, "message_id_base");
    private static final long INPUT_HEAD = Wire.offset(LAYOUT, "input_head");
    private static final long OUTPUT_TAIL = Wire.offset(LAYOUT, "output_tail");
    private static final long HLC_PHYSICAL = Wire.offset(LAYOUT, "hlc_physical");
    private static final long HLC_LOGICAL = Wire.offset(LAYOUT, "hlc_logical");
    private static final long MESSAGE_COUNT = Wire.offset(LAYOUT, "message_count");
    private static final long REPLIES_PER_MESSAGE = Wire.offset(LAYOUT, "replies_per_message");
    private static final long INPUT_MASK = Wire.offset(LAYOUT, "input_mask");
    private static final long OUTPUT_MASK = Wire.offset(LAYOUT, "output_mask");
    private static final long SLOT_BYTES = Wire.offset(LAYOUT, "slot_bytes");
    private static final long PAYLOAD_CAPACITY = Wire.offset(LAYOUT, "payload_capacity");
    private static final long STATE_BYTES = Wire.offset(LAYOUT, "state_bytes");
    private static final long SCRATCH_BYTES = Wire.offset(LAYOUT, "scratch_bytes");

    private final MemorySegment segment = MemorySegment.ofArray(new long[BYTE_SIZE / Long.BYTES]);

    /** Starts with zeros. */
    public RingArguments() {}

    /** The bytes, which change with the arguments. */
    public MemorySegment bytes() {
        return segment.asReadOnly();
    }

    /** Takes over all of another one's. */
    public void copyFrom(RingArguments other) {
        segment.copyFrom(other.segment);
    }

    /** Sets the number of the kernel. */
    public void kernelId(long value) {
        u64(segment, KERNEL_ID, value);
    }

    /** Sets what the ids of outputs count from: output n has the message id base + n. */
    public void messageIdBase(long value) {
        u64(segment, MESSAGE_ID_BASE, value);
    }

    /** The number of the first message. */
    public long inputHead() {
        return u64(segment, INPUT_HEAD);
    }

    /** Sets {@link #inputHead()}. */
    public void inputHead(long value) {
        u64(segment, INPUT_HEAD, value);
    }

    /** The number of the first output. */
    public long outputTail() {
        return u64(segment, OUTPUT_TAIL);
    }

    /** Sets {@link #outputTail()}. */
    public void outputTail(long value) {
        u64(segment, OUTPUT_TAIL, value);
    }

    /** Sets the host's clock, which is past every message of the batch. */
    public void hlc(HlcTimestamp now) {
        u64(segment, HLC_PHYSICAL, now.physicalMicros());
        u64(segment, HLC_LOGICAL, now.logical());
    }

    /** Messages of the batch. */
    public int messageCount() {
        return u32(segment, MESSAGE_COUNT);
    }

    /** Sets {@link #messageCount()}. */
    public void messageCount(int value) {
        u32(segment, MESSAGE_COUNT, value);
    }

    /** Sets how many outputs each message has room for. */
    public void repliesPerMessage(int value) {
        u32(segment, REPLIES_PER_MESSAGE, value);
    }

    /** Sets how many slots there are, powers of two. */
    public void capacities(int inputs, int outputs) {
        u32(segment, INPUT_MASK, inputs - 1);
        u32(segment, OUTPUT_MASK, outputs - 1);
    }

    /** Sets how many bytes lie from one slot to the next. */
    public void slotBytes(int value) {
        u32(segment, SLOT_BYTES, value);
    }

    /** Sets how many bytes of payload a slot has room for. */
    public void payloadCapacity(int value) {
        u32(segment, PAYLOAD_CAPACITY, value);
    }

    /** Sets the size of the state. */
    public void stateBytes(int value) {
        u32(segment, STATE_BYTES, value);
    }

    /** Sets the size of the threadgroup memory. */
    public void scratchBytes(int value) {
        u32(segment, SCRATCH_BYTES, value);
    }
}
