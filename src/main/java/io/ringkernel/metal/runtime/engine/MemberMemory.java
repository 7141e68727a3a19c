package io.ringkernel.metal.runtime.engine;

import static io.ringkernel.metal.runtime.engine.KernelBuffers.U64;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.K2KFailure;
import io.ringkernel.metal.wire.K2KProgress;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The memory of a kernel that is a member of a graph: its inbox, into which host and kernels write, and in a buffer of
 * its own what it gives to the host. What it was sent and did not handle in a submission stays in the inbox for the
 * next one, but never a message of the host: no more of those are written than the first round handles.
 */
final class MemberMemory implements KernelMemory {
    private static final long MESSAGE_ID = MessageHeader.LAYOUT.byteOffset(PathElement.groupElement("message_id"));
    private static final long OUTPUT_MASK = (1L << KernelBuffers.Start.OUTPUT_BITS) - 1;

    private final KernelId id;
    private final LaunchOptions options;
    private final GraphRounds rounds;
    private final GraphRoutes routes;
    private final KernelBuffers buffers;
    private final MetalBuffer failures;
    private final Inbox inbox;
    private final K2KProgress progress;

    private List<MessageEnvelope> abandoned = List.of();
    private HlcTimestamp time = HlcTimestamp.ZERO;
    private long start;
    private int head;
    private long firstOfBatch;
    private int waiting;
    private int dispatches;
    private boolean takes;

    /** Whether the submission has ended and its results have not been taken. */
    private boolean ended;

    private boolean isReady;

    /** The inbox of a kernel: its head, and its slots. */
    record Inbox(MetalK2KInboxHeader header, MemorySegment[] slots) {
        MemorySegment slot(int count) {
            return slots[count & slots.length - 1];
        }
    }

    MemberMemory(GraphRounds rounds, GraphRoutes routes, KernelId id, LaunchOptions options, KernelBuffers buffers) {
        this.rounds = rounds;
        this.routes = routes;
        this.id = id;
        this.options = options;
        this.buffers = buffers;
        inbox = rounds.inbox(routes.self());
        progress = rounds.progress(routes.self());
        buffers.inputs(rounds.inboxes());
        failures = buffers.allocate(failureBytes() * inbox.slots().length, "failures");
        progress.repliesPerMessage(options.repliesPerMessage());
    }

    /** A failure, and the message behind it. */
    private long failureBytes() {
        return K2KFailure.BYTE_SIZE + rounds.slotBytes();
    }

    @Override
    public void setActive(boolean isActive) {
        buffers.setActive(isActive);
    }

    @Override
    public int batchLimit() {
        int replies = options.repliesPerMessage();
        int most = replies == 0
                ? inbox.slots().length
                : Math.min(inbox.slots().length, options.outputCapacity() / replies);
        return Math.max(0, most - waiting);
    }

    @Override
    public boolean isReachable() {
        return true;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public long write(Batch batch, int outputRoom, HlcTimestamp now) {
        buffers.save();
        abandoned = inInbox(waiting);
        head = inbox.header().head();
        long bytes = append(batch);
        int calls = 0;
        for (int i = 0; i < batch.size(); i++) {
            calls += batch.call(i) == null ? 0 : 1;
        }
        start = progress.number();
        firstOfBatch = start + waiting;
        takes = !batch.isTermination();
        isReady = batch.isTermination() || waiting + batch.size() > 0;
        begin(Math.min(options.outputCapacity(), Math.max(0, outputRoom) + calls));
        time = now;
        buffers.setTime(now);
        buffers.control().messagesInFlight(waiting + batch.size());
        if (batch.isTermination()) {
            buffers.control().requestTermination();
        }
        return bytes;
    }

    private long append(Batch batch) {
        int tail = inbox.header().head() + waiting;
        long bytes = buffers.write(batch, i -> inbox.slot(tail + i));
        inbox.header().tail(tail + batch.size());
        inbox.header().messageCount(waiting + batch.size());
        return bytes;
    }

    /** Resets what the rounds of a submission count. */
    private void begin(int outputRoom) {
        progress.begin(takes, outputRoom, inbox.slots().length);
        dispatches = 0;
    }

    @Override
    public void skip() {
        takes = false;
        isReady = false;
        start = progress.number();
        firstOfBatch = start;
        begin(0);
    }

    /** Whether the kernel has something to do in the first round. */
    boolean isReady() {
        return isReady;
    }

    /** Whether the kernel handles messages in this submission. */
    boolean takes() {
        return takes;
    }

    GraphRoutes routes() {
        return routes;
    }

    @Override
    public RingKernelException refusal(long kernel) {
        return routes.refusal(kernel);
    }

    @Override
    public void encode(MetalComputeEncoder encoder) {
        buffers.bind(encoder);
        encoder.setBytes(6, routes.bytes());
        encoder.setBuffer(7, rounds.progress());
        encoder.setBuffer(8, failures);
        encoder.dispatchThreadgroups(options.gridSize(), options.blockSize());
        dispatches++;
    }

    @Override
    public Tally tally(Batch batch) {
        long handled = progress.number() - start;
        ended = true;
        if (batch.size() > 0 && handled < firstOfBatch - start + batch.size()) {
            throw new IllegalStateException("the entry function did not take the whole batch");
        }
        int waits = inbox.header().messageCount();
        int before = waiting + batch.size();
        return new Tally(dispatches, (int) handled, waits + (int) handled - before, progress.sent());
    }

    @Override
    public HlcTimestamp clock() {
        return new HlcTimestamp(time.physicalMicros(), time.logical() + rounds.span(), id.number());
    }

    @Override
    public void results(Batch batch, Results results) {
        for (int i = 0; i < progress.failureCount(); i++) {
            var bytes = failures.contents().asSlice(i * failureBytes(), failureBytes());
            var failure = K2KFailure.of(bytes);
            int code = failure.code();
            int index = indexOf(failure.number(), batch);
            if (index == Results.NOT_OF_BATCH) {
                results.failed(KernelBuffers.read(bytes.asSlice(K2KFailure.BYTE_SIZE)), code);
            } else {
                results.failed(index, code);
            }
        }
        for (var slot : outputs()) {
            long number = (slot.get(U64, MESSAGE_ID) & OUTPUT_MASK) / options.repliesPerMessage();
            results.output(indexOf(number, batch), KernelBuffers.read(slot));
        }
    }

    /**
     * Outputs in the order of their making, which is not that of their slots where messages are handled side by side.
     */
    private List<MemorySegment> outputs() {
        int count = progress.outputCount();
        var slots = new ArrayList<MemorySegment>(count);
        for (int i = 0; i < count; i++) {
            slots.add(buffers.output(i));
        }
        if (options.handling() == LaunchOptions.Handling.PARALLEL) {
            slots.sort(Comparator.comparing(slot -> slot.get(U64, MESSAGE_ID)));
        }
        return slots;
    }

    private int indexOf(long number, Batch batch) {
        long index = number - firstOfBatch;
        return index >= 0 && index < batch.size() ? (int) index : Results.NOT_OF_BATCH;
    }

    @Override
    public void release(Batch batch) {
        waiting = inbox.header().messageCount();
        buffers.control().messagesInFlight(0);
        takes = false;
        ended = false;
    }

    @Override
    public List<MessageEnvelope> abandoned() {
        if (ended) {
            int handled = (int) Math.min(progress.number() - start, abandoned.size());
            var all = new ArrayList<>(abandoned.subList(0, handled));
            all.addAll(inInbox(inbox.header().messageCount()));
            return all;
        }
        return takes ? abandoned : inInbox(waiting);
    }

    @Override
    public boolean canRollBack() {
        return buffers.canRollBack();
    }

    @Override
    public void rollBack(boolean hasBegun) {
        if (hasBegun) {
            buffers.restore();
            buffers.outcomes().clear();
            progress.rollBack(start);
            for (int i = 0; i < waiting; i++) {
                abandoned.get(i).writeTo(inbox.slot(head + i));
            }
        }
        inbox.header().head(head);
        inbox.header().tail(head + waiting);
        inbox.header().messageCount(waiting);
        buffers.control().messagesInFlight(0);
        takes = false;
    }

    /** The inbox lies in memory of all members, each of which would have to move at the same time. */
    @Override
    public Optional<KernelMemory> relocated() {
        return Optional.empty();
    }

    private List<MessageEnvelope> inInbox(int count) {
        if (count == 0) {
            return List.of();
        }
        var messages = new ArrayList<MessageEnvelope>(count);
        int head = inbox.header().head();
        for (int i = 0; i < count; i++) {
            messages.add(KernelBuffers.read(inbox.slot(head + i)));
        }
        return messages;
    }

    @Override
    public long byteSize() {
        return buffers.byteSize() + rounds.bytesOfMember();
    }

    @Override
    public void close() {
        takes = false;
        isReady = false;
        buffers.close();
        rounds.leave();
    }
}
