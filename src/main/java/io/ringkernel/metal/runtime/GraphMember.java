package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.ControlBlock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.MetalK2KRoutingTable;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One kernel of a graph: its pipeline, its routes, and the buffers that it alone uses. One thread at a time; while a
 * submission is under way nobody but the GPU.
 */
final class GraphMember implements AutoCloseable {
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** {@code K2KLog} and {@code K2KFailure} of k2k.metal. */
    private static final int LOG_BYTES = 32;

    private static final long LOG_CLOCK = 16;

    /** {@code K2KMember} of k2k.metal. */
    private static final int MEMBER_BYTES = 1096;

    private static final long ROUND = (long) MetalK2KRoutingTable.MAX_ROUTES * Long.BYTES;
    private static final int FAILURE_BYTES = 16;
    private static final int FAILURE_CAPACITY = 4096;
    private static final long SENT = 4;

    private final KernelId id;
    private final int index;
    private final LaunchOptions options;
    private final MetalPipeline pipeline;
    private final List<Integer> successors;
    private final MemorySegment member;
    private final MemorySegment arguments =
            MemorySegment.ofArray(new long[(int) KernelMemory.ARGUMENTS.byteSize() / Long.BYTES]);
    private final List<MetalBuffer> buffers = new ArrayList<>();
    private final MetalBuffer state;
    private final ControlBlock control;
    private final MemorySegment log;

    /**
     * What a member is made of.
     *
     * @param destinations the kernels that it may send to, in the order of its routes; the host is the last
     */
    record Plan(
            KernelId id, int index, LaunchOptions options, MetalPipeline pipeline, List<Destination> destinations) {}

    /** A kernel, or the host, and its place among the inboxes. */
    record Destination(KernelId id, int index) {}

    GraphMember(MetalDevice device, Plan plan, GraphInboxes inboxes, long messageIdBase) {
        id = plan.id;
        index = plan.index;
        options = plan.options;
        pipeline = plan.pipeline;
        successors = plan.destinations.stream()
                .map(Destination::index)
                .filter(destination -> destination != inboxes.host())
                .toList();
        member = member(plan, inboxes);
        set("kernel_id", id.number());
        set("message_id_base", messageIdBase);
        arguments.set(U32, offset("replies_per_message"), options.repliesPerMessage());
        arguments.set(U32, offset("slot_bytes"), inboxes.slotBytes());
        arguments.set(U32, offset("payload_capacity"), options.maxPayloadBytes());
        arguments.set(U32, offset("state_bytes"), options.stateBytes());
        arguments.set(U32, offset("scratch_bytes"), options.threadgroupBytes());
        boolean isDone = false;
        try {
            control = ControlBlock.of(allocate(device, ControlBlock.BYTE_SIZE, "control"));
            log = allocate(device, LOG_BYTES + (long) FAILURE_CAPACITY * FAILURE_BYTES, "log");
            state = options.stateMemory().on(device, id, buffers);
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
        control.initialize(1, 1);
        control.activate();
    }

    private static long offset(String member) {
        return KernelMemory.ARGUMENTS.byteOffset(PathElement.groupElement(member));
    }

    private void set(String member, long value) {
        arguments.set(U64, offset(member), value);
    }

    private static MemorySegment member(Plan plan, GraphInboxes inboxes) {
        var segment = MemorySegment.ofArray(new long[MEMBER_BYTES / Long.BYTES]);
        var destinations = plan.destinations;
        for (int i = 0; i < destinations.size(); i++) {
            segment.setAtIndex(U64, i, destinations.get(i).id.number());
        }
        int[] numbers = {0, plan.index, inboxes.host(), inboxes.inboxBytes(), FAILURE_CAPACITY, 0};
        MemorySegment.copy(numbers, 0, segment, U32, ROUND, numbers.length);
        var indices = destinations.stream().map(Destination::index).toList();
        MetalK2KRoutingTable.graph(plan.index, 2 * inboxes.inboxBytes(), indices)
                .writeTo(segment.asSlice(MEMBER_BYTES - MetalK2KRoutingTable.BYTE_SIZE));
        return segment;
    }

    private MemorySegment allocate(MetalDevice device, long byteSize, String what) {
        var buffer = device.newBuffer(byteSize);
        buffers.add(buffer);
        buffer.setLabel(id + " " + what);
        return buffer.contents();
    }

    KernelId id() {
        return id;
    }

    int index() {
        return index;
    }

    LaunchOptions options() {
        return options;
    }

    /** Members that this one may send to. */
    List<Integer> successors() {
        return successors;
    }

    /** Before a submission. */
    void prepare(HlcTimestamp now) {
        control.hlc(now);
        log.asSlice(0, LOG_BYTES).fill((byte) 0);
        log.set(U64, LOG_CLOCK, now.physicalMicros());
        log.set(U64, LOG_CLOCK + Long.BYTES, now.logical());
    }

    void encode(MetalComputeEncoder encoder, GraphInboxes inboxes, int round) {
        encoder.setPipeline(pipeline);
        encoder.setBuffer(0, buffers.get(0));
        encoder.setBuffer(1, inboxes.buffer());
        member.set(U32, ROUND, round);
        encoder.setBytes(2, member);
        encoder.setBuffer(3, buffers.get(1));
        encoder.setBuffer(4, state);
        encoder.setBytes(5, arguments);
        encoder.setThreadgroupMemory(0, Math.max(StateMemory.SMALLEST, options.threadgroupBytes()));
        encoder.dispatchThreadgroups(MetalSize.of(1), MetalSize.of(1));
    }

    /** The kernel's clock, after everything that it has sent. */
    HlcTimestamp clock() {
        return control.hlc(id.number());
    }

    /** Messages that the kernel has handled since its start. */
    long handled() {
        return control.messagesProcessed();
    }

    /**
     * After a submission: moves the ids of messages on, and tells what failed.
     *
     * @param failed gets the message and the code; message 0 stands for one whose report had no room
     */
    void finish(BiConsumer<MessageId, Integer> failed) {
        set("message_id_base", arguments.get(U64, offset("message_id_base")) + log.get(U32, SENT));
        int count = log.get(U32, 0);
        for (int i = 0; i < count; i++) {
            if (i < FAILURE_CAPACITY) {
                long at = LOG_BYTES + (long) i * FAILURE_BYTES;
                failed.accept(new MessageId(log.get(U64, at)), log.get(U32, at + Long.BYTES));
            } else {
                failed.accept(new MessageId(0), ControlBlock.Failure.HANDLER_ERROR.ordinal());
            }
        }
    }

    @Override
    public void close() {
        buffers.forEach(MetalBuffer::close);
    }
}
