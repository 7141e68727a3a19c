package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.ControlBlock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MalformedMessageException;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageOutcome;
import io.ringkernel.metal.wire.RingArguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * The memory of a kernel that gets all messages from the host: input slots of its own, and for each message of a batch
 * output slots and an outcome.
 */
final class BatchMemory implements KernelMemory {
    private final KernelId id;
    private final LaunchOptions options;
    private final KernelBuffers buffers;
    private final ControlBlock control;
    private final RingArguments arguments;
    private final MessageOutcome outcomes;
    private final MemorySegment[] inputs;

    /** Allocates and initialises everything; what was allocated is given up if that fails. */
    BatchMemory(
            MetalDevice device, MetalPipeline pipeline, KernelId id, LaunchOptions options, KernelBuffers.Start start) {
        long slotBytes = KernelBuffers.slotBytes(options.maxPayloadBytes());
        var shape = new KernelBuffers.Shape(options.inputCapacity(), slotBytes);
        this(id, options, new KernelBuffers(device, pipeline, id, options, shape, start));
    }

    private BatchMemory(KernelId id, LaunchOptions options, KernelBuffers buffers) {
        this.id = id;
        this.options = options;
        this.buffers = buffers;
        long slotBytes = KernelBuffers.slotBytes(options.maxPayloadBytes());
        boolean isDone = false;
        try {
            var input = buffers.allocate(slotBytes * options.inputCapacity(), "inputs");
            buffers.inputs(input);
            inputs = KernelBuffers.slots(input.contents(), slotBytes);
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
        control = buffers.control();
        arguments = buffers.arguments();
        outcomes = buffers.outcomes();
    }

    @Override
    public void setActive(boolean isActive) {
        buffers.setActive(isActive);
    }

    @Override
    public int batchLimit() {
        int replies = options.repliesPerMessage();
        return replies == 0 ? inputs.length : Math.min(inputs.length, buffers.outputCount() / replies);
    }

    @Override
    public boolean isReachable() {
        return false;
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public long write(Batch batch, int outputRoom, HlcTimestamp now) {
        buffers.save();
        long head = arguments.inputHead();
        long bytes = buffers.write(batch, i -> inputs[(int) (head + i) & inputs.length - 1]);
        outcomes.clear(batch.size());
        arguments.messageCount(batch.size());
        buffers.setTime(now);
        control.inputTail(head + batch.size());
        control.messagesInFlight(batch.size());
        if (batch.isTermination()) {
            control.requestTermination();
        }
        return bytes;
    }

    @Override
    public void skip() {}

    @Override
    public void encode(MetalComputeEncoder encoder) {
        buffers.bind(encoder);
        encoder.dispatchThreadgroups(grid(arguments.messageCount()), options.blockSize());
    }

    /** No more threadgroups than messages where the grid is a line; others are dispatched as they were asked for. */
    private MetalSize grid(int messages) {
        var grid = options.gridSize();
        return grid.count() == grid.width() ? MetalSize.of(Math.clamp(messages, 1, grid.width())) : grid;
    }

    @Override
    public Tally tally(Batch batch) {
        if (control.inputHead() != arguments.inputHead() + batch.size()) {
            throw new IllegalStateException("the entry function did not take the whole batch");
        }
        return new Tally(1, batch.size(), 0, 0);
    }

    @Override
    public HlcTimestamp clock() {
        return control.hlc(id.number());
    }

    @Override
    public void results(Batch batch, Results results) {
        for (int i = 0; i < batch.size(); i++) {
            int error = outcomes.error(i);
            if (error != 0) {
                results.failed(i, error);
            }
            try {
                int count = Math.clamp(outcomes.replyCount(i), 0, options.repliesPerMessage());
                for (int k = 0; k < count; k++) {
                    results.output(i, output(i, k));
                }
            } catch (MalformedMessageException e) {
                results.failed(i, ControlBlock.Failure.INVALID_MESSAGE.ordinal());
            }
        }
    }

    private MessageEnvelope output(int message, int reply) {
        long count = arguments.outputTail() + (long) message * options.repliesPerMessage() + reply;
        return KernelBuffers.read(buffers.output(count));
    }

    @Override
    public void release(Batch batch) {
        long outputs = arguments.outputTail() + (long) batch.size() * options.repliesPerMessage();
        arguments.inputHead(arguments.inputHead() + batch.size());
        arguments.outputTail(outputs);
        control.outputHead(outputs);
        control.messagesInFlight(0);
    }

    @Override
    public boolean canRollBack() {
        return buffers.canRollBack();
    }

    @Override
    public void rollBack(boolean hasBegun) {
        if (hasBegun) {
            buffers.restore();
        }
        control.messagesInFlight(0);
    }

    @Override
    public Optional<KernelMemory> relocated() {
        return canRollBack() ? Optional.of(new BatchMemory(id, options, buffers.relocated())) : Optional.empty();
    }

    @Override
    public RingKernelException refusal(long kernel) {
        return null;
    }

    @Override
    public List<MessageEnvelope> abandoned() {
        return List.of();
    }

    @Override
    public long byteSize() {
        return buffers.byteSize();
    }

    @Override
    public void close() {
        buffers.close();
    }
}
