package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.wire.ControlBlock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.MessageOutcome;
import io.ringkernel.metal.wire.RingArguments;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the entry functions of all kernels share: the buffers that a kernel alone uses, and the arguments.
 *
 * <pre>
 *   buffer 0  ControlBlock
 *   buffer 1  input slots    | header 256 | payload, rounded up to 64 |
 *   buffer 2  output slots   the same, output capacity times
 *   buffer 3  outcomes       | replies u32 | error u32 |   one for each message of a batch
 *   buffer 4  state, which may be the caller's
 *   bytes  5  RingArguments
 * </pre>
 */
final class KernelBuffers implements AutoCloseable {
    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long DEST_KERNEL = MessageHeader.LAYOUT.byteOffset(PathElement.groupElement("dest_kernel"));
    private static final long PAYLOAD_SIZE = MessageHeader.LAYOUT.byteOffset(PathElement.groupElement("payload_size"));
    private static final int ARGUMENTS_INDEX = 5;

    /** State up to this size is copied before each submission, which takes less than a microsecond. */
    private static final int MOST_SAVED_BYTES = 16 << 10;

    private static final int SLOT_ALIGNMENT = 64;

    /** No buffer, and no threadgroup memory, is smaller. */
    private static final int SMALLEST = 16;

    private final KernelId id;
    private final LaunchOptions options;
    private final Start start;
    private final Shape shape;
    private final MetalPipeline pipeline;
    private final MetalDevice device;
    private final List<MetalBuffer> own = new ArrayList<>();
    private final MetalBuffer[] bound = new MetalBuffer[ARGUMENTS_INDEX];
    private final ControlBlock control;
    private final MemorySegment[] outputs;
    private final MessageOutcome outcomes;

    /** The control block, and behind it the state, before a submission; null if that cannot be taken back. */
    private final MemorySegment saved;

    private final MemorySegment controlBytes;
    private final RingArguments arguments = new RingArguments();

    /** Where a kernel counts from: its queues (0 but in tests), and the ids of the messages that it makes. */
    record Start(long queueCount, long messageIdBase) {
        /** Message ids of kernels have the highest bit, then the number of the launch, then that of the output. */
        static final int OUTPUT_BITS = 40;
    }

    /**
     * The queues' shape.
     *
     * @param inputs slots that the kernel reads; a power of two
     * @param slotBytes from one slot to the next, of inputs and outputs
     */
    record Shape(int inputs, long slotBytes) {}

    /** Allocates everything but the input slots; what was allocated is given up if that fails. */
    KernelBuffers(
            MetalDevice device, MetalPipeline pipeline, KernelId id, LaunchOptions options, Shape shape, Start start) {
        this.device = device;
        this.pipeline = pipeline;
        this.id = id;
        this.options = options;
        this.shape = shape;
        this.start = start;
        boolean isDone = false;
        try {
            controlBytes = bind(0, ControlBlock.BYTE_SIZE, "control");
            control = ControlBlock.of(controlBytes);
            outputs = slots(bind(2, shape.slotBytes * options.outputCapacity(), "outputs"), shape.slotBytes);
            outcomes = MessageOutcome.of(bind(3, (long) MessageOutcome.BYTE_SIZE * shape.inputs, "outcomes"));
            bound[4] = options.state().map(this::lent).orElseGet(this::ownState);
            saved = canRollBack() ? MemorySegment.ofArray(new byte[savedBytes()]) : null;
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
        initialize();
    }

    /** New buffers of the same kernel, as these were when they were {@linkplain #save() saved}. */
    KernelBuffers relocated() {
        var relocated = new KernelBuffers(device, pipeline, id, options, shape, start);
        relocated.arguments.copyFrom(arguments);
        relocated.saved.copyFrom(saved);
        relocated.restore();
        return relocated;
    }

    /**
     * Whether what a submission did to the kernel can be taken back: not if its state is the caller's or large, or if
     * the caller's own work follows the handler.
     */
    boolean canRollBack() {
        return options.state().isEmpty()
                && options.stateBytes() <= MOST_SAVED_BYTES
                && options.followedBy().isEmpty();
    }

    private int savedBytes() {
        return ControlBlock.BYTE_SIZE + options.stateBytes();
    }

    /** Keeps what a submission may change, where that can be taken back. */
    void save() {
        if (saved != null) {
            MemorySegment.copy(controlBytes, 0, saved, 0, ControlBlock.BYTE_SIZE);
            if (options.stateBytes() > 0) {
                MemorySegment.copy(stateBytes(), 0, saved, ControlBlock.BYTE_SIZE, options.stateBytes());
            }
        }
    }

    /** Puts back what was saved. */
    void restore() {
        MemorySegment.copy(saved, 0, controlBytes, 0, ControlBlock.BYTE_SIZE);
        if (options.stateBytes() > 0) {
            MemorySegment.copy(saved, ControlBlock.BYTE_SIZE, stateBytes(), 0, options.stateBytes());
        }
    }

    private MemorySegment stateBytes() {
        return bound[4].contents();
    }

    static long slotBytes(int maxPayloadBytes) {
        return MessageHeader.BYTE_SIZE + Math.ceilDiv((long) maxPayloadBytes, SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
    }

    static MemorySegment[] slots(MemorySegment all, long slotBytes) {
        var slots = new MemorySegment[Math.toIntExact(all.byteSize() / slotBytes)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = all.asSlice(i * slotBytes, slotBytes);
        }
        return slots;
    }

    private void initialize() {
        control.initialize(shape.inputs, outputs.length);
        arguments.kernelId(id.number());
        arguments.messageIdBase(start.messageIdBase());
        arguments.inputHead(start.queueCount());
        arguments.outputTail(start.queueCount());
        arguments.repliesPerMessage(options.repliesPerMessage());
        arguments.capacities(shape.inputs, outputs.length);
        arguments.slotBytes((int) shape.slotBytes);
        arguments.payloadCapacity(options.maxPayloadBytes());
        arguments.stateBytes(options.stateBytes());
        arguments.scratchBytes(options.threadgroupBytes());
        control.inputTail(start.queueCount());
        control.outputHead(start.queueCount());
    }

    /** Allocates a buffer that belongs to the kernel. */
    MetalBuffer allocate(long byteSize, String what) {
        long most = device.limits().maxBufferLength();
        if (byteSize > most) {
            throw new IllegalArgumentException("the " + what + " of kernel '" + id + "' take " + byteSize
                    + " bytes, and a buffer of the device has at most " + most + ": lower inputCapacity "
                    + options.inputCapacity() + ", outputCapacity " + options.outputCapacity()
                    + " or maxPayloadBytes " + options.maxPayloadBytes());
        }
        var buffer = device.newBuffer(byteSize);
        own.add(buffer);
        buffer.setLabel(id + " " + what);
        return buffer;
    }

    private MetalBuffer ownState() {
        var buffer = device.newBuffer(Math.max(SMALLEST, options.stateBytes()));
        own.add(buffer);
        buffer.setLabel("the kernel's state of " + id);
        buffer.write(0, MemorySegment.ofArray(options.initialState()));
        return buffer;
    }

    private MetalBuffer lent(MetalBuffer state) {
        if (!state.device().isSameAs(device)) {
            throw new IllegalArgumentException("state of " + id + " is on another device: " + state);
        }
        return state;
    }

    private MemorySegment bind(int index, long byteSize, String what) {
        bound[index] = allocate(byteSize, what);
        return bound[index].contents();
    }

    /** Chooses the buffer that the kernel reads its messages from. */
    void inputs(MetalBuffer buffer) {
        bound[1] = buffer;
    }

    ControlBlock control() {
        return control;
    }

    RingArguments arguments() {
        return arguments;
    }

    MessageOutcome outcomes() {
        return outcomes;
    }

    int outputCount() {
        return outputs.length;
    }

    /** An output slot; they are counted on and on. */
    MemorySegment output(long count) {
        return outputs[(int) count & outputs.length - 1];
    }

    /** Writes a batch's messages, for this kernel, into slots; returns how many bytes the GPU gets. */
    long write(Batch batch, IntFunction<MemorySegment> slots) {
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            var slot = slots.apply(i);
            clearTail(slot, batch.message(i).header().payloadSize());
            batch.message(i).writeTo(slot);
            slot.set(U64, DEST_KERNEL, id.number());
            bytes += batch.message(i).byteSize();
        }
        return bytes;
    }

    /** A handler that takes the message for a longer one must not see what the slot's last one said. */
    private static void clearTail(MemorySegment slot, int payloadSize) {
        long before = Math.min(slot.get(U64, PAYLOAD_SIZE), slot.byteSize() - MessageHeader.BYTE_SIZE);
        if (payloadSize < before) {
            slot.asSlice(MessageHeader.BYTE_SIZE + payloadSize, before - payloadSize)
                    .fill((byte) 0);
        }
    }

    /**
     * The message that the GPU wrote into a slot, with its checksum.
     *
     * @throws io.ringkernel.metal.wire.MalformedMessageException if it is no message
     */
    static MessageEnvelope read(MemorySegment slot) {
        var envelope = MessageEnvelope.readFrom(slot);
        return envelope.withHeader(envelope.header());
    }

    void setActive(boolean isActive) {
        if (isActive) {
            control.activate();
        } else {
            control.deactivate();
        }
    }

    void setTime(HlcTimestamp now) {
        arguments.hlc(now);
        control.hlc(now);
    }

    /** Sets everything that a dispatch needs. */
    void bind(MetalComputeEncoder encoder) {
        encoder.setPipeline(pipeline);
        encoder.setBuffers(0, bound);
        encoder.setBytes(ARGUMENTS_INDEX, arguments.bytes());
        encoder.setThreadgroupMemory(0, Math.max(SMALLEST, options.threadgroupBytes()));
    }

    long byteSize() {
        return own.stream().mapToLong(MetalBuffer::byteSize).sum();
    }

    @Override
    public void close() {
        own.forEach(MetalBuffer::close);
    }
}
