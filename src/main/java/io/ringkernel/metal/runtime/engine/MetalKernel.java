package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelMetrics;
import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.KernelStatus;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A kernel on a Metal device. */
final class MetalKernel implements KernelHandle {
    private final KernelId id;
    private final LaunchOptions options;
    private final RuntimeContext context;
    private final Consumer<MetalKernel> forget;
    private final KernelCore core;
    private final Lifecycle lifecycle;
    private final SendQueue sendQueue;
    private final ReceiveQueue receiveQueue;
    private final KernelCounters counters;
    private final KernelEndpoint endpoint;
    private final KernelLoop loop;
    private final Admission admission;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    /**
     * A kernel that nobody knows yet.
     *
     * @param job what its messages are submitted with
     * @param forget called with the kernel when it has terminated
     */
    MetalKernel(
            KernelPlan plan, RuntimeContext context, KernelMessaging messaging, Job job, Consumer<MetalKernel> forget) {
        id = plan.id();
        options = plan.options();
        this.context = context;
        this.forget = forget;
        lifecycle = new Lifecycle(id, context.observer());
        var deadlines = new DeadlineWatch(context, this::endExpired);
        sendQueue = new SendQueue(options.inputCapacity(), options.maxWaitingSends(), deadlines::add);
        receiveQueue = new ReceiveQueue();
        counters = new KernelCounters();
        core = new KernelCore(id, options, lifecycle, sendQueue, receiveQueue, counters);
        endpoint = messaging.endpoint(core);
        loop = new KernelLoop(core, context, endpoint, job, this::terminated);
        admission = new Admission(core, new MessageTypes(plan.source().records()), context, loop);
    }

    KernelCore core() {
        return core;
    }

    private void endExpired() {
        loop.expired();
    }

    /** Lets other kernels send to this one, before the launch; false if the host has an endpoint of this id. */
    boolean register() {
        return endpoint.open(admission);
    }

    /** Lets no other kernel send to this one. */
    void unregister() {
        endpoint.close();
    }

    /** Gives the kernel its memory; before the launch succeeds. */
    void use(KernelMemory memory) {
        loop.use(memory);
    }

    /** The launch succeeded. */
    void launched() {
        lifecycle.become(KernelState.LAUNCHED);
        if (options.isActivatedAtOnce()) {
            lifecycle.become(KernelState.ACTIVE);
            loop.activate();
        }
    }

    /** The launch succeeded too late: gives up the memory. */
    void discard() {
        loop.discard();
    }

    /** The launch failed. */
    void notLaunched(Throwable cause) {
        lifecycle.fail(cause);
        terminated();
    }

    private void terminated() {
        lifecycle.become(KernelState.TERMINATED);
        unregister();
        forget.accept(this);
        var reason = lifecycle.failure().isPresent()
                ? new RingKernelException.KernelFailed(id, lifecycle.failure().get())
                : new RingKernelException.KernelTerminated(id);
        sendQueue.close(reason).forEach(sender -> sender.fail(context.executor(), reason));
        receiveQueue.close(reason).forEach(receiver -> receiver.fail(context.executor(), reason));
        context.executor().execute(() -> termination.complete(null));
    }

    @Override
    public KernelId id() {
        return id;
    }

    @Override
    public LaunchOptions options() {
        return options;
    }

    /** The time for an orderly end is over. */
    void fail(Throwable cause) {
        lifecycle.fail(cause);
    }

    @Override
    public CompletableFuture<Void> activate() {
        return activateAfter(() -> lifecycle.become(KernelState.ACTIVE));
    }

    @Override
    public CompletableFuture<Void> resume() {
        return activateAfter(() -> lifecycle.become(KernelState.DEACTIVATED, KernelState.ACTIVE));
    }

    private CompletableFuture<Void> activateAfter(Runnable transition) {
        try {
            transition.run();
        } catch (RingKernelException e) {
            return CompletableFuture.failedFuture(e);
        }
        loop.activate();
        loop.wake();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> deactivate() {
        try {
            lifecycle.become(KernelState.DEACTIVATED);
        } catch (RingKernelException e) {
            return CompletableFuture.failedFuture(e);
        }
        endpoint.roomAppeared();
        return loop.rest();
    }

    @Override
    public CompletableFuture<Void> terminate() {
        try {
            lifecycle.become(KernelState.TERMINATING);
        } catch (RingKernelException.InvalidTransition e) {
            return e.from().isEnding() ? awaitTermination() : CompletableFuture.failedFuture(e);
        }
        var reason = new RingKernelException.KernelTerminated(id);
        sendQueue.close(reason).forEach(sender -> sender.fail(context.executor(), reason));
        endpoint.roomAppeared();
        loop.wake();
        return awaitTermination();
    }

    @Override
    public CompletableFuture<Void> awaitTermination() {
        return termination.copy();
    }

    @Override
    public CompletableFuture<Void> send(MessageEnvelope message) {
        return admission.accept(message, null, null);
    }

    @Override
    public <T> CompletableFuture<Void> send(MessageCodec<T> codec, T message) {
        return admission.accept(envelope(codec, message), codec, null);
    }

    @Override
    public CompletableFuture<Void> sendAll(List<MessageEnvelope> messages) {
        return admission.acceptAll(messages);
    }

    @Override
    public CompletableFuture<Void> sendAll(Collection<? extends Record> messages) {
        var envelopes = new ArrayList<MessageEnvelope>(messages.size());
        messages.forEach(message -> envelopes.add(envelope(RecordCodec.of(message), message)));
        return admission.acceptAll(envelopes);
    }

    private <T> MessageEnvelope envelope(MessageCodec<T> codec, T message) {
        return MessageEnvelope.of(codec, message, context.clock().tick());
    }

    @Override
    public CompletableFuture<MessageEnvelope> receive() {
        return receiveUntil(null);
    }

    @Override
    public CompletableFuture<MessageEnvelope> receive(Duration timeout) {
        checkTimeout(timeout);
        return receiveUntil(timeout);
    }

    /** Receives, or waits; without a timeout for as long as it takes. */
    private CompletableFuture<MessageEnvelope> receiveUntil(Duration timeout) {
        while (true) {
            var message = poll();
            if (message != null) {
                return CompletableFuture.completedFuture(message);
            }
            var receiver = new PendingFuture<MessageEnvelope>(receiveQueue::leave);
            // Armed before the receiver is in line: one that cannot time out must not take a reply later.
            failAfter(receiver, timeout);
            try {
                if (receiveQueue.await(receiver)) {
                    return receiver;
                }
                receiver.claim();
            } catch (RingKernelException e) {
                receiver.claim();
                return CompletableFuture.failedFuture(e);
            }
        }
    }

    private void failAfter(PendingFuture<MessageEnvelope> receiver, Duration timeout) {
        if (timeout != null) {
            receiver.failAfter(
                    context.alarms(),
                    timeout,
                    context.executor(),
                    () -> new RingKernelException.TimedOut(id, "reply", timeout));
        }
    }

    @Override
    public Optional<MessageEnvelope> tryReceive() {
        return Optional.ofNullable(poll());
    }

    private MessageEnvelope poll() {
        var expired = new ArrayList<MessageEnvelope>(0);
        var message = receiveQueue.poll(context.clock()::tick, expired);
        if (!expired.isEmpty()) {
            loop.expiredReplies(expired);
        }
        loop.unstall();
        return message;
    }

    @Override
    public <T> CompletableFuture<MessageEnvelope> call(MessageCodec<T> codec, T request, Duration timeout) {
        checkTimeout(timeout);
        return call(envelope(codec, request), codec, timeout);
    }

    @Override
    public CompletableFuture<MessageEnvelope> call(MessageEnvelope request, Duration timeout) {
        Objects.requireNonNull(request, "request");
        checkTimeout(timeout);
        return call(request, null, timeout);
    }

    private CompletableFuture<MessageEnvelope> call(MessageEnvelope request, MessageCodec<?> codec, Duration timeout) {
        var call = new PendingFuture<MessageEnvelope>();
        // Armed before the request is accepted: nobody would be told what became of one whose call cannot time out.
        call.failAfter(
                context.alarms(),
                timeout,
                context.executor(),
                () -> noted(request, "TIMED_OUT", new RingKernelException.TimedOut(id, "reply", timeout)));
        CompletableFuture<Void> accepted;
        try {
            accepted = admission.accept(request, codec, call);
        } catch (RuntimeException | Error e) {
            call.claim();
            throw e;
        }
        if (accepted.isCompletedExceptionally()) {
            call.claim();
            return CompletableFuture.failedFuture(noted(request, "REFUSED", accepted.exceptionNow()));
        }
        if (!accepted.isDone()) {
            accepted.whenComplete((_, failure) -> {
                if (failure != null && call.claim()) {
                    call.fail(context.executor(), noted(request, "REFUSED", failure));
                }
            });
        }
        return call;
    }

    private Throwable noted(MessageEnvelope request, String reason, Throwable failure) {
        context.observer().callFailed(id, request.header().messageId(), reason, failure);
        return failure;
    }

    private static void checkTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is negative: " + timeout);
        }
    }

    @Override
    public KernelStatus status() {
        return new KernelStatus(
                id,
                lifecycle.state(),
                sendQueue.size() + loop.waiting(),
                loop.inFlight(),
                receiveQueue.size(),
                lifecycle.failure());
    }

    @Override
    public KernelMetrics metrics() {
        return new KernelMetrics(
                id,
                lifecycle.state(),
                sendQueue.accepted() + counters.arrived.sum(),
                sendQueue.refused(),
                counters.processed.sum(),
                counters.failed.sum(),
                counters.dropped.sum(),
                counters.replies.sum(),
                receiveQueue.received() + counters.callsAnswered.sum(),
                counters.dispatches.sum(),
                counters.flushes(),
                counters.outputStalls.sum(),
                counters.bytesToDevice.sum(),
                counters.bytesFromDevice.sum(),
                sendQueue.size() + loop.waiting(),
                receiveQueue.size(),
                loop.inFlight(),
                counters.latency.copy(),
                counters.gpuTime(),
                loop.gpuMemoryBytes());
    }

    @Override
    public String toString() {
        return "MetalKernel[" + id + ", " + lifecycle.state() + "]";
    }
}
