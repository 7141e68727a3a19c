package io.ringkernel.metal.wire;

import static io.ringkernel.metal.wire.Wire.bytes;
import static io.ringkernel.metal.wire.Wire.u32;
import static io.ringkernel.metal.wire.Wire.u64;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * The state that a ring kernel's host side and its GPU side share: a view over 128 bytes.
 *
 * <p><b>Shape.</b> 128 bytes, aligned to 128, little-endian. The last column tells who writes the member:
 *
 * <pre>
 *     0  u32 atomic  is_active            host      56  u64  output_tail      GPU
 *     4  u32 atomic  should_terminate     host      64  u32  input_capacity   host
 *     8  u32 atomic  has_terminated       GPU       68  u32  output_capacity  host
 *    12  u32         reserved                       72  u32  input_mask       host
 *    16  u64         messages_processed   GPU       76  u32  output_mask      host
 *    24  u64         messages_in_flight   host      80  u64  hlc_physical     host before a dispatch, GPU after
 *    32  u64         input_head           GPU       88  u64  hlc_logical      host before a dispatch, GPU after
 *    40  u64         input_tail           host      96  u32 atomic  last_error    GPU
 *    48  u64         output_head          host     100  u32 atomic  error_count   GPU
 *                                                  104  24 bytes reserved for cursors of the GPU
 * </pre>
 *
 * <p>Heads and tails count messages and never wrap; the slot is the count masked by {@code capacity - 1}.
 *
 * <p><b>Threads.</b> Plain reads and writes. Host and GPU see each other's across command-buffer boundaries; threads of
 * the host order themselves.
 */
public final class ControlBlock {
    /** Every member, with the names that {@code msl/wire.metal} uses. */
    public static final StructLayout LAYOUT = MemoryLayout.structLayout(
                    u32("is_active"),
                    u32("should_terminate"),
                    u32("has_terminated"),
                    u32("reserved0"),
                    u64("messages_processed"),
                    u64("messages_in_flight"),
                    u64("input_head"),
                    u64("input_tail"),
                    u64("output_head"),
                    u64("output_tail"),
                    u32("input_capacity"),
                    u32("output_capacity"),
                    u32("input_mask"),
                    u32("output_mask"),
                    u64("hlc_physical"),
                    u64("hlc_logical"),
                    u32("last_error"),
                    u32("error_count"),
                    bytes("reserved1", 24))
            .withByteAlignment(128)
            .withName("ControlBlock");

    /** Size of a control block, in bytes. */
    public static final int BYTE_SIZE = 128;

    private static final long IS_ACTIVE = Wire.offset(LAYOUT, "is_active");
    private static final long SHOULD_TERMINATE = Wire.offset(LAYOUT, "should_terminate");
    private static final long HAS_TERMINATED = Wire.offset(LAYOUT, "has_terminated");
    private static final long MESSAGES_PROCESSED = Wire.offset(LAYOUT, "messages_processed");
    private static final long MESSAGES_IN_FLIGHT = Wire.offset(LAYOUT, "messages_in_flight");
    private static final long INPUT_HEAD = Wire.offset(LAYOUT, "input_head");
    private static final long INPUT_TAIL = Wire.offset(LAYOUT, "input_tail");
    private static final long OUTPUT_HEAD = Wire.offset(LAYOUT, "output_head");
    private static final long OUTPUT_TAIL = Wire.offset(LAYOUT, "output_tail");
    private static final long INPUT_CAPACITY = Wire.offset(LAYOUT, "input_capacity");
    private static final long OUTPUT_CAPACITY = Wire.offset(LAYOUT, "output_capacity");
    private static final long INPUT_MASK = Wire.offset(LAYOUT, "input_mask");
    private static final long OUTPUT_MASK = Wire.offset(LAYOUT, "output_mask");
    private static final long HLC_PHYSICAL = Wire.offset(LAYOUT, "hlc_physical");
    private static final long HLC_LOGICAL = Wire.offset(LAYOUT, "hlc_logical");
    private static final long LAST_ERROR = Wire.offset(LAYOUT, "last_error");
    private static final long ERROR_COUNT = Wire.offset(LAYOUT, "error_count");

    private final MemorySegment segment;

    private ControlBlock(MemorySegment segment) {
        this.segment = segment;
    }

    /** What the GPU side reports in {@code last_error}; the number on the wire is the ordinal. */
    public enum Failure {
        /** Nothing went wrong. */
        NONE,
        /** A message did not fit into an input queue. */
        INPUT_OVERFLOW,
        /** A reply did not fit into the output queue. */
        OUTPUT_OVERFLOW,
        /** A message was not what its header says. */
        INVALID_MESSAGE,
        /** A handler raised an error. */
        HANDLER_ERROR
    }

    /**
     * A view over the first 128 bytes of {@code segment}, as they are.
     *
     * @throws IllegalArgumentException if {@code segment} is smaller
     */
    public static ControlBlock of(MemorySegment segment) {
        return new ControlBlock(Wire.first(segment, BYTE_SIZE));
    }

    /**
     * Sets every byte to zero, then the capacities and masks of the two queues.
     *
     * @throws IllegalArgumentException if a capacity is not a power of two, at least 1
     */
    public void initialize(int inputCapacity, int outputCapacity) {
        checkCapacity("inputCapacity", inputCapacity);
        checkCapacity("outputCapacity", outputCapacity);
        segment.fill((byte) 0);
        u32(segment, INPUT_CAPACITY, inputCapacity);
        u32(segment, OUTPUT_CAPACITY, outputCapacity);
        u32(segment, INPUT_MASK, inputCapacity - 1);
        u32(segment, OUTPUT_MASK, outputCapacity - 1);
    }

    private static void checkCapacity(String name, int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < 0) {
            throw new IllegalArgumentException(name + " not a power of two: " + capacity);
        }
    }

    /** Whether the host lets the kernel handle messages. */
    public boolean isActive() {
        return u32(segment, IS_ACTIVE) != 0;
    }

    /** Lets the kernel handle messages. */
    public void activate() {
        u32(segment, IS_ACTIVE, 1);
    }

    /** Stops the kernel from handling messages. */
    public void deactivate() {
        u32(segment, IS_ACTIVE, 0);
    }

    /** Whether the host asked the kernel to end. */
    public boolean shouldTerminate() {
        return u32(segment, SHOULD_TERMINATE) != 0;
    }

    /** Asks the kernel to end. */
    public void requestTermination() {
        u32(segment, SHOULD_TERMINATE, 1);
    }

    /** Whether the kernel ended. */
    public boolean hasTerminated() {
        return u32(segment, HAS_TERMINATED) != 0;
    }

    /** How many messages the kernel has handled. */
    public long messagesProcessed() {
        return u64(segment, MESSAGES_PROCESSED);
    }

    /** How many messages are on their way through the kernel, by the host's account. */
    public long messagesInFlight() {
        return u64(segment, MESSAGES_IN_FLIGHT);
    }

    /** Sets {@link #messagesInFlight()}. */
    public void messagesInFlight(long count) {
        u64(segment, MESSAGES_IN_FLIGHT, count);
    }

    /** The count of the next message that the kernel reads. */
    public long inputHead() {
        return u64(segment, INPUT_HEAD);
    }

    /** The count of the next message that the host writes. */
    public long inputTail() {
        return u64(segment, INPUT_TAIL);
    }

    /** Sets {@link #inputTail()}. */
    public void inputTail(long count) {
        u64(segment, INPUT_TAIL, count);
    }

    /** The count of the next reply that the host reads. */
    public long outputHead() {
        return u64(segment, OUTPUT_HEAD);
    }

    /** Sets {@link #outputHead()}. */
    public void outputHead(long count) {
        u64(segment, OUTPUT_HEAD, count);
    }

    /** The count of the next reply that the kernel writes. */
    public long outputTail() {
        return u64(segment, OUTPUT_TAIL);
    }

    /** Slots of the input queue, a power of two. */
    public int inputCapacity() {
        return u32(segment, INPUT_CAPACITY);
    }

    /** Slots of the output queue, a power of two. */
    public int outputCapacity() {
        return u32(segment, OUTPUT_CAPACITY);
    }

    /** The kernel's hybrid logical time, as a timestamp of the node {@code nodeId}. */
    public HlcTimestamp hlc(long nodeId) {
        return new HlcTimestamp(u64(segment, HLC_PHYSICAL), u64(segment, HLC_LOGICAL), nodeId);
    }

    /** Hands the kernel a hybrid logical time to count on from. */
    public void hlc(HlcTimestamp timestamp) {
        u64(segment, HLC_PHYSICAL, timestamp.physicalMicros());
        u64(segment, HLC_LOGICAL, timestamp.logical());
    }

    /** The number of the last error, see {@link Failure}; a handler may report numbers beyond those, unsigned. */
    public int lastErrorCode() {
        return u32(segment, LAST_ERROR);
    }

    /** The last error; {@link Failure#HANDLER_ERROR} for numbers that a handler chose itself. */
    public Failure lastError() {
        int code = lastErrorCode();
        var known = Failure.values();
        return code >= 0 && code < known.length ? known[code] : Failure.HANDLER_ERROR;
    }

    /** How many errors the kernel reported, unsigned; wraps at 2<sup>32</sup>. */
    public int errorCount() {
        return u32(segment, ERROR_COUNT);
    }

    /** Forgets all errors. */
    public void clearErrors() {
        u32(segment, LAST_ERROR, 0);
        u32(segment, ERROR_COUNT, 0);
    }
}
