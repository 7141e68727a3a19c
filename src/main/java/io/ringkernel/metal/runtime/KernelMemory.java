package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.ControlBlock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers that a kernel and the host share, and the bytes in them. One thread at a time; between a commit and its
 * completion nobody but the GPU.
 *
 * <pre>
 *   buffer 0  ControlBlock
 *   buffer 1  input slots    | header 256 | payload, rounded up to 64 |   input capacity times
 *   buffer 2  output slots   the same, output capacity times
 *   buffer 3  outcomes       | replies u32 | error u32 |   one for each message of a batch
 *   buffer 4  state, which may be the caller's
 *   bytes  5  RingArguments
 * </pre>
 */
final class KernelMemory implements AutoCloseable {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** {@code RingArguments} of ring_kernel.metal. */
    static final StructLayout ARGUMENTS = MemoryLayout.structLayout(
                    U64.withName("kernel_id"),
                    U64.withName("message_id_base"),
                    U64.withName("input_head"),
                    U64.withName("output_tail"),
                    U64.withName("hlc_physical"),
                    U64.withName("hlc_logical"),
                    U32.withName("message_count"),
                    U32.withName("replies_per_message"),
                    U32.withName("input_mask"),
                    U32.withName("output_mask"),
                    U32.withName("slot_bytes"),
                    U32.withName("payload_capacity"),
                    U32.withName("state_bytes"),
                    U32.withName("scratch_bytes"))
            .withName("RingArguments");

    /** {@code MessageOutcome} of ring_kernel.metal. */
    static final StructLayout OUTCOME = MemoryLayout.structLayout(U32.withName("reply_count"), U32.withName("error"))
            .withName("MessageOutcome");

    private static final long KERNEL_ID = offset("kernel_id");
    private static final long MESSAGE_ID_BASE = offset("message_id_base");
    private static final long INPUT_HEAD = offset("input_head");
    private static final long OUTPUT_TAIL = offset("output_tail");
    private static final long HLC_PHYSICAL = offset("hlc_physical");
    private static final long HLC_LOGICAL = offset("hlc_logical");
    private static final long MESSAGE_COUNT = offset("message_count");
    private static final long REPLIES_PER_MESSAGE = offset("replies_per_message");
    private static final long INPUT_MASK = offset("input_mask");
    private static final long OUTPUT_MASK = offset("output_mask");
    private static final long SLOT_BYTES = offset("slot_bytes");
    private static final long PAYLOAD_CAPACITY = offset("payload_capacity");
    private static final long STATE_BYTES = offset("state_bytes");
    private static final long SCRATCH_BYTES = offset("scratch_bytes");
    private static final long DEST_KERNEL = MessageHeader.LAYOUT.byteOffset(PathElement.groupElement("dest_kernel"));

    private static final int STATE = 4;
    private static final int SLOT_ALIGNMENT = 64;

    private final KernelId id;
    private final LaunchOptions options;
    private final MetalPipeline pipeline;
    private final List<MetalBuffer> buffers = new ArrayList<>();
    private final MetalBuffer state;
    private final ControlBlock control;
    private final MemorySegment outcomes;
    private final MemorySegment[] inputs;
    private final MemorySegment[] outputs;
    private final MemorySegment arguments = MemorySegment.ofArray(new long[(int) ARGUMENTS.byteSize() / Long.BYTES]);

    /** Allocates and initialises everything; what was allocated is given up if that fails. */
    KernelMemory(MetalDevice device, MetalPipeline pipeline, KernelId id, LaunchOptions options, Start start) {
        this.id = id;
        this.options = options;
        this.pipeline = pipeline;
        long slotBytes = slotBytes(options);
        boolean isDone = false;
        try {
            control = ControlBlock.of(allocate(device, ControlBlock.BYTE_SIZE, "control"));
            inputs = slots(allocate(device, slotBytes * options.inputCapacity(), "inputs"), slotBytes);
            outputs = slots(allocate(device, slotBytes * options.outputCapacity(), "outputs"), slotBytes);
            outcomes = allocate(device, OUTCOME.byteSize() * options.inputCapacity(), "outcomes");
            state = options.stateMemory().on(device, id, buffers);
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
        initialize(start, slotBytes);
    }

    /** Where a kernel counts from: its queues (0 but in tests), and the ids of the messages that it makes. */
    record Start(long queueCount, long messageIdBase) {}

    private static long offset(String member) {
        return ARGUMENTS.byteOffset(PathElement.groupElement(member));
    }

    private static long slotBytes(LaunchOptions options) {
        return MessageHeader.BYTE_SIZE
                + Math.ceilDiv((long) options.maxPayloadBytes(), SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
    }

    private MemorySegment allocate(MetalDevice device, long byteSize, String what) {
        var buffer = device.newBuffer(byteSize);
        buffers.add(buffer);
        buffer.setLabel(id + " " + what);
        return buffer.contents();
    }

    private static MemorySegment[] slots(MemorySegment all, long slotBytes) {
        var slots = new MemorySegment[Math.toIntExact(all.byteSize() / slotBytes)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = all.asSlice(i * slotBytes, slotBytes);
        }
        return slots;
    }

    private void initialize(Start start, long slotBytes) {
        control.initialize(inputs.length, outputs.length);
        arguments.set(U64, KERNEL_ID, id.number());
        arguments.set(U64, MESSAGE_ID_BASE, start.messageIdBase);
        arguments.set(U64, INPUT_HEAD, start.queueCount);
        arguments.set(U64, OUTPUT_TAIL, start.queueCount);
        arguments.set(U32, REPLIES_PER_MESSAGE, options.repliesPerMessage());
        arguments.set(U32, INPUT_MASK, inputs.length - 1);
        arguments.set(U32, OUTPUT_MASK, outputs.length - 1);
        arguments.set(U32, SLOT_BYTES, (int) slotBytes);
        arguments.set(U32, PAYLOAD_CAPACITY, options.maxPayloadBytes());
        arguments.set(U32, STATE_BYTES, options.stateBytes());
        arguments.set(U32, SCRATCH_BYTES, options.threadgroupBytes());
        control.inputTail(start.queueCount);
        control.outputHead(start.queueCount);
    }

    /** Lets the GPU side handle messages, or not; not while a batch is in flight. */
    void setActive(boolean isActive) {
        if (isActive) {
            control.activate();
        } else {
            control.deactivate();
        }
    }

    /** The most messages of one batch: as many as have slots for themselves and for their replies. */
    int batchLimit() {
        int replies = options.repliesPerMessage();
        return replies == 0 ? inputs.length : Math.min(inputs.length, outputs.length / replies);
    }

    /**
     * Copies a batch into the input slots.
     *
     * @param now the host's clock, after the timestamps of all messages
     * @return the number of bytes that the GPU gets
     */
    long write(Batch batch, HlcTimestamp now) {
        long head = arguments.get(U64, INPUT_HEAD);
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            var slot = inputs[(int) (head + i) & inputs.length - 1];
            batch.message(i).writeTo(slot);
            slot.set(U64, DEST_KERNEL, id.number());
            bytes += batch.message(i).byteSize();
        }
        outcomes.asSlice(0, batch.size() * OUTCOME.byteSize()).fill((byte) 0);
        arguments.set(U32, MESSAGE_COUNT, batch.size());
        arguments.set(U64, HLC_PHYSICAL, now.physicalMicros());
        arguments.set(U64, HLC_LOGICAL, now.logical());
        control.hlc(now);
        control.inputTail(head + batch.size());
        control.messagesInFlight(batch.size());
        if (batch.isFarewell()) {
            control.requestTermination();
        }
        return bytes;
    }

    /** Encodes the dispatch of the batch that was written last. */
    void encode(MetalComputeEncoder encoder, Batch batch) {
        encoder.setPipeline(pipeline);
        for (int i = 0; i < STATE; i++) {
            encoder.setBuffer(i, buffers.get(i));
        }
        encoder.setBuffer(STATE, state);
        encoder.setBytes(STATE + 1, arguments);
        encoder.setThreadgroupMemory(0, Math.max(StateMemory.SMALLEST, options.threadgroupBytes()));
        encoder.dispatchThreadgroups(grid(batch.size()), options.blockSize());
    }

    /** No more threadgroups than messages where the grid is a line; others are dispatched as they were asked for. */
    private MetalSize grid(int messages) {
        var grid = options.gridSize();
        return grid.count() == grid.width() ? MetalSize.of(Math.clamp(messages, 1, grid.width())) : grid;
    }

    /** Whether the GPU side says that it took the whole batch that was written last. */
    boolean tookAll(Batch batch) {
        return control.inputHead() == arguments.get(U64, INPUT_HEAD) + batch.size();
    }

    /** The GPU side's clock after the batch. */
    HlcTimestamp clock() {
        return control.hlc(id.number());
    }

    /** How many outputs the handler made for a message; never more than it may. */
    int replyCount(int message) {
        int count = outcomes.get(U32, message * OUTCOME.byteSize());
        return Math.clamp(count, 0, options.repliesPerMessage());
    }

    /** What the handler reported for a message; 0 for nothing. */
    int error(int message) {
        return outcomes.get(U32, message * OUTCOME.byteSize() + Integer.BYTES);
    }

    /**
     * One output, with its checksum.
     *
     * @throws io.ringkernel.metal.wire.MalformedMessageException if it is no message
     */
    MessageEnvelope output(int message, int reply) {
        long count = arguments.get(U64, OUTPUT_TAIL) + (long) message * options.repliesPerMessage() + reply;
        var envelope = MessageEnvelope.readFrom(outputs[(int) count & outputs.length - 1]);
        return envelope.withHeader(envelope.header());
    }

    /** Gives the slots of the batch that was written last to the next one. */
    void release(Batch batch) {
        long outputs = arguments.get(U64, OUTPUT_TAIL) + (long) batch.size() * options.repliesPerMessage();
        arguments.set(U64, INPUT_HEAD, arguments.get(U64, INPUT_HEAD) + batch.size());
        arguments.set(U64, OUTPUT_TAIL, outputs);
        control.outputHead(outputs);
        control.messagesInFlight(0);
    }

    /** Whether the GPU side has said that it ended. */
    boolean hasTerminated() {
        return control.hasTerminated();
    }

    long byteSize() {
        return buffers.stream().mapToLong(MetalBuffer::byteSize).sum();
    }

    @Override
    public void close() {
        buffers.forEach(MetalBuffer::close);
    }
}
