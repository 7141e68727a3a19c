package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandBuffer_addCompletedHandler;
import io.ringkernel.metal.bindings.MTLCommandBuffer_addScheduledHandler;
import io.ringkernel.metal.bindings.MTLCommandBuffer_blitCommandEncoder;
import io.ringkernel.metal.bindings.MTLCommandBuffer_commit;
import io.ringkernel.metal.bindings.MTLCommandBuffer_computeCommandEncoderWithDescriptor;
import io.ringkernel.metal.bindings.MTLCommandBuffer_computeCommandEncoderWithDispatchType;
import io.ringkernel.metal.bindings.MTLCommandBuffer_encodeSignalEvent_value;
import io.ringkernel.metal.bindings.MTLCommandBuffer_encodeWaitForEvent_value;
import io.ringkernel.metal.bindings.MTLCommandBuffer_enqueue;
import io.ringkernel.metal.bindings.MTLCommandBuffer_popDebugGroup;
import io.ringkernel.metal.bindings.MTLCommandBuffer_pushDebugGroup;
import io.ringkernel.metal.bindings.MTLCommandBuffer_setLabel;
import io.ringkernel.metal.bindings.MTLCommandBuffer_status;
import io.ringkernel.metal.bindings.MTLCommandBuffer_useResidencySet;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Commands that run together, once ({@code MTLCommandBuffer}).
 *
 * <p><b>Lifetime.</b> Encode, then {@link #commit()}; after completion the buffer ends by itself. One that is not
 * committed is closed. Closing a committed one changes nothing: its completion can be waited for, and read, as before.
 *
 * <p><b>Threads.</b> One thread at a time encodes and commits. Status, completion and times may be asked by any.
 */
public final class MetalCommandBuffer extends MetalObject {
    private static final Message SET_LABEL = Message.of(MTLCommandBuffer_setLabel.class);
    private static final Message ENQUEUE = Message.of(MTLCommandBuffer_enqueue.class);
    private static final Message COMMIT = Message.of(MTLCommandBuffer_commit.class);
    private static final Message STATUS = Message.of(MTLCommandBuffer_status.class);
    private static final Message ADD_SCHEDULED = Message.of(MTLCommandBuffer_addScheduledHandler.class);
    private static final Message ADD_COMPLETED = Message.of(MTLCommandBuffer_addCompletedHandler.class);
    private static final Message COMPUTE_ENCODER =
            Message.of(MTLCommandBuffer_computeCommandEncoderWithDispatchType.class);
    private static final Message PASS_ENCODER = Message.of(MTLCommandBuffer_computeCommandEncoderWithDescriptor.class);
    private static final Message USE_RESIDENCY = Message.of(MTLCommandBuffer_useResidencySet.class);
    private static final Message BLIT_ENCODER = Message.of(MTLCommandBuffer_blitCommandEncoder.class);
    private static final Message SIGNAL = Message.of(MTLCommandBuffer_encodeSignalEvent_value.class);
    private static final Message WAIT = Message.of(MTLCommandBuffer_encodeWaitForEvent_value.class);
    private static final Message PUSH_GROUP = Message.of(MTLCommandBuffer_pushDebugGroup.class);
    private static final Message POP_GROUP = Message.of(MTLCommandBuffer_popDebugGroup.class);
    private static final double NANOS_PER_SECOND = 1e9;

    private final MetalCommandQueue queue;
    private final CommandBufferPlaces places;
    private final CommandBufferPlace place;
    private final CompletableFuture<MetalCommandBuffer> completion = new CompletableFuture<>();
    private CompletableFuture<MetalCommandBuffer> scheduled;
    private volatile CommandBufferOutcome outcome;
    private MetalEncoder openEncoder;

    /** Buffers over memory that their callers may free. */
    private final Set<MetalBuffer> lent = new HashSet<>(0);

    private int openGroups;

    MetalCommandBuffer(Retained retained, MetalCommandQueue queue, CommandBufferPlaces places) {
        super(retained);
        this.queue = queue;
        this.places = places;
        place = places.take(this, retained);
    }

    /**
     * Begins compute commands that run one after the other.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public MetalComputeEncoder computeEncoder() {
        return computeEncoder(MetalDispatchType.SERIAL);
    }

    /**
     * Begins compute commands.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public MetalComputeEncoder computeEncoder(MetalDispatchType type) {
        requireEncodable();
        var send = objc().bind(COMPUTE_ENCODER);
        try (var receiver = receiver()) {
            var id = MTLCommandBuffer_computeCommandEncoderWithDispatchType.invoke(
                    send.function(), receiver.id(), send.selector(), type.code());
            return opened(computeEncoder(kept(objc(), COMPUTE_ENCODER, id), type));
        }
    }

    /**
     * Begins compute commands whose beginning and end are sampled.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     * @throws UnsupportedOperationException if the pass samples counters, and the device does not where encoders begin
     *     and end: {@link MetalDevice#supportsCounterSampling}
     */
    public MetalComputeEncoder computeEncoder(MetalComputePass pass) {
        requireEncodable();
        var samples = pass.samples();
        if (samples.isPresent()) {
            queue.device().requireCounterSampling(MetalCounterSamplingPoint.ENCODER_BOUNDARY);
        }
        var send = objc().bind(PASS_ENCODER);
        try (var receiver = receiver();
                var held = samples.isEmpty() ? null : samples.get().heldFor(this);
                var descriptor = pass.toObject(objc(), held)) {
            var id = MTLCommandBuffer_computeCommandEncoderWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id());
            return opened(computeEncoder(kept(objc(), PASS_ENCODER, id), pass.dispatchType()));
        }
    }

    private MetalComputeEncoder computeEncoder(Retained retained, MetalDispatchType type) {
        return new MetalComputeEncoder(retained, this, type, queue.device());
    }

    /**
     * Makes what is in a set reachable for the kernels of this buffer.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public void useResidencySet(MetalResidencySet set) {
        requireEncodable();
        sendObject(USE_RESIDENCY, MTLCommandBuffer_useResidencySet::invoke, set);
    }

    private <E extends MetalEncoder> E opened(E encoder) {
        openEncoder = encoder;
        place.opened(encoder.retained(), encoder.lettingGo());
        return encoder;
    }

    /**
     * Begins copies and fills.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public MetalBlitEncoder blitEncoder() {
        requireEncodable();
        var encoder =
                new MetalBlitEncoder(sendForObject(BLIT_ENCODER, MTLCommandBuffer_blitCommandEncoder::invoke), this);
        return opened(encoder);
    }

    /**
     * Sets an event's value when everything encoded so far has run.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public void signal(MetalEvent event, long value) {
        requireEncodable();
        var send = objc().bind(SIGNAL);
        try (var receiver = receiver();
                var held = event.heldFor(this)) {
            MTLCommandBuffer_encodeSignalEvent_value.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), value);
        }
    }

    /**
     * Holds everything that is encoded from here on back until an event has reached a value.
     *
     * @throws IllegalStateException if an encoder is open, or the buffer was committed
     */
    public void waitFor(MetalEvent event, long value) {
        requireEncodable();
        var send = objc().bind(WAIT);
        try (var receiver = receiver();
                var held = event.heldFor(this)) {
            MTLCommandBuffer_encodeWaitForEvent_value.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), value);
        }
    }

    /** Begins a named group of commands in tools. */
    public void pushDebugGroup(String name) {
        sendString(PUSH_GROUP, MTLCommandBuffer_pushDebugGroup::invoke, name);
        openGroups++;
    }

    /**
     * Ends the innermost named group.
     *
     * @throws IllegalStateException if this command buffer has no open group
     */
    public void popDebugGroup() {
        if (openGroups == 0) {
            throw new IllegalStateException("no debug group is open: popDebugGroup() without pushDebugGroup(name)");
        }
        send(POP_GROUP, MTLCommandBuffer_popDebugGroup::invoke);
        openGroups--;
    }

    /**
     * Takes the buffer's place in the queue now, before it is committed.
     *
     * @throws IllegalStateException if the buffer was committed
     */
    public void enqueue() {
        requireNotCommitted();
        send(ENQUEUE, MTLCommandBuffer_enqueue::invoke);
    }

    /**
     * Hands the commands to the queue.
     *
     * @return {@link #completion()}
     * @throws IllegalStateException if an encoder is open, the buffer was committed, or the memory of a buffer without
     *     copy has been freed that was encoded
     */
    public CompletableFuture<MetalCommandBuffer> commit() {
        requireEncodable();
        lent.forEach(MetalBuffer::requireGivenMemory);
        var objc = objc();
        // Held until the handler ran, so that closing a committed buffer takes nothing from under it.
        var id = retained().acquire();
        place.committed();
        try (var _ = AutoreleasePool.push(objc);
                var block = objc.blocks().ofCommandBuffer(() -> Completions.run(() -> finish(id)))) {
            addScheduled(id);
            var add = objc.bind(ADD_COMPLETED);
            MTLCommandBuffer_addCompletedHandler.invoke(add.function(), id, add.selector(), block.literal());
            var commit = objc.bind(COMMIT);
            MTLCommandBuffer_commit.invoke(commit.function(), id, commit.selector());
        }
        return completion;
    }

    private void addScheduled(MemorySegment id) {
        if (scheduled == null) {
            return;
        }
        try (var block = objc().blocks().ofCommandBuffer(() -> Completions.run(() -> scheduled.complete(this)))) {
            var add = objc().bind(ADD_SCHEDULED);
            MTLCommandBuffer_addScheduledHandler.invoke(add.function(), id, add.selector(), block.literal());
        }
    }

    /**
     * Completes with this buffer when what it waits for is known and the GPU may begin. To be asked for before the
     * commit. Never completes on a thread of the driver.
     *
     * @throws IllegalStateException if the buffer was committed
     */
    public CompletableFuture<MetalCommandBuffer> scheduled() {
        if (scheduled == null) {
            requireNotCommitted();
            scheduled = new CompletableFuture<>();
        }
        return scheduled;
    }

    private void finish(MemorySegment id) {
        Throwable unread = null;
        try (var _ = AutoreleasePool.push(objc())) {
            outcome = CommandBufferOutcome.read(objc(), id);
        } catch (Throwable e) {
            unread = e;
        }
        try (var _ = AutoreleasePool.push(objc())) {
            retained().close();
            retained().release();
        }
        places.release(place);
        var ended = outcome;
        if (ended != null && ended.status() == MetalCommandBufferStatus.COMPLETED) {
            completion.complete(this);
        } else if (ended != null) {
            var error = ended.error().orElseGet(() -> new MetalError("", 0, "ended with status " + ended.status()));
            completion.completeExceptionally(
                    new CommandFailedException(error, queue.label(), label(), ended.encoders()));
        } else {
            completion.completeExceptionally(unread);
        }
    }

    /**
     * Completes with this buffer when its work has ended and what it wrote can be read, or fails with
     * {@link CommandFailedException}. Never completes on a thread of the driver. Before a commit it waits for one.
     */
    public CompletableFuture<MetalCommandBuffer> completion() {
        return completion;
    }

    /**
     * Waits until the work has ended.
     *
     * @throws CommandFailedException if it failed
     * @throws IllegalStateException if the buffer was not committed
     */
    public void waitUntilCompleted() {
        if (!place.isCommitted()) {
            throw new IllegalStateException("not committed: " + this);
        }
        try {
            completion.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** How far the buffer has come. */
    public MetalCommandBufferStatus status() {
        var ended = outcome;
        if (ended != null) {
            return ended.status();
        }
        try {
            return MetalCommandBufferStatus.of(sendForLong(STATUS, MTLCommandBuffer_status::invoke));
        } catch (IllegalStateException e) {
            if (outcome != null) {
                return outcome.status();
            }
            throw e;
        }
    }

    /** Why the work failed; empty while it has not. */
    public Optional<MetalError> error() {
        var ended = outcome;
        return ended == null ? Optional.empty() : ended.error();
    }

    /**
     * When the GPU began, in seconds of the host's clock since it started.
     *
     * @throws IllegalStateException if the work has not ended
     */
    public double gpuStartSeconds() {
        return requireOutcome().gpuStartSeconds();
    }

    /**
     * When the GPU ended, in seconds of the host's clock since it started.
     *
     * @throws IllegalStateException if the work has not ended
     */
    public double gpuEndSeconds() {
        return requireOutcome().gpuEndSeconds();
    }

    /**
     * How long the GPU worked.
     *
     * @throws IllegalStateException if the work has not ended
     */
    public Duration gpuTime() {
        var ended = requireOutcome();
        return Duration.ofNanos(Math.round((ended.gpuEndSeconds() - ended.gpuStartSeconds()) * NANOS_PER_SECOND));
    }

    /**
     * When the CPU began to schedule the work for the GPU, in seconds of the host's clock since it started.
     *
     * @throws IllegalStateException if the work has not ended
     */
    public double kernelStartSeconds() {
        return requireOutcome().kernelStartSeconds();
    }

    /**
     * When the CPU had scheduled the work, in seconds of the host's clock since it started.
     *
     * @throws IllegalStateException if the work has not ended
     */
    public double kernelEndSeconds() {
        return requireOutcome().kernelEndSeconds();
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return place.label();
    }

    /** Names the buffer in tools and messages. */
    public void setLabel(String newLabel) {
        sendString(SET_LABEL, MTLCommandBuffer_setLabel::invoke, newLabel);
        place.label(newLabel);
    }

    /** Gives up a buffer that was not committed, with an encoder that may be open in it. Idempotent. */
    @Override
    public void close() {
        if (place.isCommitted() || isClosed()) {
            super.close();
            return;
        }
        if (openEncoder != null) {
            openEncoder.close();
        }
        super.close();
        places.release(place);
    }

    /** What is encoded needs a buffer's memory, which is not Metal's. */
    void dependsOn(MetalBuffer buffer) {
        lent.add(buffer);
    }

    void encoderEnded() {
        openEncoder = null;
        place.encoderEnded();
    }

    private CommandBufferOutcome requireOutcome() {
        var ended = outcome;
        if (ended == null) {
            throw new IllegalStateException("the work has not ended: " + this);
        }
        return ended;
    }

    private void requireEncodable() {
        requireNotCommitted();
        if (openEncoder != null) {
            throw new IllegalStateException("an encoder is open: end it with endEncoding() first");
        }
    }

    private void requireNotCommitted() {
        if (place.isCommitted()) {
            throw new IllegalStateException("was committed already: " + this);
        }
    }

    @Override
    public String toString() {
        return "MetalCommandBuffer[" + label() + "]";
    }
}
