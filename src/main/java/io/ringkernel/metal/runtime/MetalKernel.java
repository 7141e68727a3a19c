package io.ringkernel.metal.runtime;

import io.ringkernel.metal.hlc.ClockSkewException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A kernel on a Metal device. */
public final class MetalKernel implements KernelHandle {
    private final KernelId id;
    private final LaunchOptions options;
    private final RuntimeContext context;
    private final Lifecycle lifecycle;
    private final SendQueue sendQueue;
    private final ReceiveQueue receiveQueue = new ReceiveQueue();
    private final KernelCounters counters = new KernelCounters();
    private final KernelLoop loop;
    private final CompletableFuture<Void> termination = new CompletableFuture<>();

    /** The kernel's end of the runtime's broker; null without K2K. */
    private volatile KernelEndpoint endpoint;

    MetalKernel(KernelId id, LaunchOptions options, RuntimeContext context, Rider rider) {
        this.id = id;
        this.options = options;
        this.context = context;
        lifecycle = new Lifecycle(id, context.observer());
        sendQueue = new SendQueue(options.inputCapacity());
        loop = new KernelLoop(this, context, rider, this::terminated);
    }

    /** Makes the kernel one of a broker's endpoints; before the launch. */
    void use(KernelEndpoint registered) {
        endpoint = registered;
    }

    /** Takes the kernel out of the broker. */
    void unregister() {
        if (endpoint != null) {
            endpoint.close();
        }
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

    /** The launch failed. */
    void notLaunched(Throwable cause) {
        lifecycle.fail(cause);
        terminated();
    }

    private void terminated() {
        lifecycle.become(KernelState.TERMINATED);
        unregister();
        context.forget().accept(this);
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

    /** What the kernel was launched with. */
    public LaunchOptions options() {
        return options;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    SendQueue sendQueue() {
        return sendQueue;
    }

    ReceiveQueue receiveQueue() {
        return receiveQueue;
    }

    /** The kernel's end of the runtime's broker; null without K2K. */
    KernelEndpoint endpoint() {
        return endpoint;
    }

    /** Takes messages that wait at the endpoint: there is room, or the kernel is not active and refuses them. */
    void roomAppeared() {
        if (endpoint != null) {
            endpoint.roomAppeared();
        }
    }

    KernelCounters counters() {
        return counters;
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
        roomAppeared();
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
        roomAppeared();
        loop.wake();
        return awaitTermination();
    }

    @Override
    public CompletableFuture<Void> awaitTermination() {
        return termination.copy();
    }

    @Override
    public CompletableFuture<Void> send(MessageEnvelope message) {
        return accept(message, null);
    }

    @Override
    public <T> CompletableFuture<Void> send(MessageCodec<T> codec, T message) {
        return send(MessageEnvelope.of(codec, message, context.clock().tick()));
    }

    /**
     * Accepts a message, at once or when there is room.
     *
     * @param call who waits for the reply, or null
     * @return complete, unless it waits
     */
    private CompletableFuture<Void> accept(MessageEnvelope message, PendingFuture<MessageEnvelope> call) {
        try {
            check(message.header());
            if (!sendQueue.offer(message, call)) {
                return await(List.of(message), call);
            }
        } catch (RingKernelException | ClockSkewException e) {
            return CompletableFuture.failedFuture(e);
        }
        wakeFor(call);
        return CompletableFuture.completedFuture(null);
    }

    /** A message was accepted, for a call or without (null). */
    void wakeFor(PendingFuture<MessageEnvelope> call) {
        if (call == null) {
            loop.wake();
        } else {
            loop.wakeAndHelp();
        }
    }

    /** Gives back a place in the queue that was set aside for a message of another kernel. */
    void releasePlace() {
        sendQueue.release().forEach(sender -> sender.settle(context.executor(), null));
        loop.wake();
    }

    @Override
    public CompletableFuture<Void> sendAll(List<MessageEnvelope> messages) {
        List<MessageEnvelope> left;
        try {
            messages.forEach(message -> check(message.header()));
            left = sendQueue.offerAll(messages);
            loop.wake();
        } catch (RingKernelException | ClockSkewException e) {
            return CompletableFuture.failedFuture(e);
        }
        // Each priority waits in a line of its own.
        var lines = new ArrayList<CompletableFuture<Void>>();
        left.stream()
                .collect(Collectors.groupingBy(message -> message.header().priority()))
                .forEach((_, line) -> lines.add(await(line, null)));
        return switch (lines.size()) {
            case 0 -> CompletableFuture.completedFuture(null);
            case 1 -> lines.getFirst();
            default -> CompletableFuture.allOf(lines.toArray(CompletableFuture[]::new));
        };
    }

    /** Waits for room for messages of one priority, or fails at once without patience. */
    private CompletableFuture<Void> await(List<MessageEnvelope> messages, PendingFuture<MessageEnvelope> call) {
        if (options.patience().isZero()) {
            sendQueue.countRefused(messages.size());
            return CompletableFuture.failedFuture(queueFull());
        }
        int level = messages.getFirst().header().priority().level();
        var self = new SendQueue.Waiting[1];
        var admitted = new PendingFuture<Void>(_ -> sendQueue.leave(level, self[0]));
        self[0] = new SendQueue.Waiting(messages, call, admitted);
        try {
            var accepted = sendQueue.await(level, self[0]);
            accepted.forEach(sender -> sender.settle(sender == admitted ? Runnable::run : context.executor(), null));
            // Even if nobody's last message was accepted, first ones may have been, after the kernel went to rest.
            boolean isAccepted = accepted.contains(admitted);
            wakeFor(isAccepted ? call : null);
            if (isAccepted) {
                return admitted;
            }
        } catch (RingKernelException e) {
            return CompletableFuture.failedFuture(e);
        }
        admitted.failAfter(context.alarms(), options.patience(), context.executor(), this::queueFull);
        return admitted;
    }

    private RingKernelException queueFull() {
        return new RingKernelException.QueueFull(id, options.inputCapacity(), options.patience());
    }

    /**
     * Checks a message that is to be accepted, and has the host's clock follow it.
     *
     * @throws RingKernelException if the kernel does not take it
     * @throws ClockSkewException if its timestamp is from too far in the future
     */
    void check(MessageHeader header) {
        if (lifecycle.state() != KernelState.ACTIVE) {
            throw lifecycle.refusal();
        }
        if (header.payloadSize() > options.maxPayloadBytes()) {
            throw new RingKernelException.PayloadTooLarge(id, options.maxPayloadBytes(), header.payloadSize());
        }
        var clock = context.clock();
        if (header.timestamp().isAfter(clock.now())) {
            clock.update(header.timestamp());
        }
        if (!header.deadline().isZero() && header.isExpiredAt(clock.tick())) {
            throw new RingKernelException.DeadlineExceeded(id, header.messageId());
        }
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
            try {
                if (receiveQueue.await(receiver)) {
                    failAfter(receiver, timeout);
                    return receiver;
                }
            } catch (RingKernelException e) {
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
        return call(MessageEnvelope.of(codec, request, context.clock().tick()), timeout);
    }

    @Override
    public CompletableFuture<MessageEnvelope> call(MessageEnvelope request, Duration timeout) {
        Objects.requireNonNull(request, "request");
        checkTimeout(timeout);
        var call = new PendingFuture<MessageEnvelope>();
        var accepted = accept(request, call);
        if (accepted.isCompletedExceptionally()) {
            return CompletableFuture.failedFuture(accepted.exceptionNow());
        }
        if (!accepted.isDone()) {
            accepted.whenComplete((_, failure) -> {
                if (failure != null && call.claim()) {
                    call.fail(context.executor(), failure);
                }
            });
        }
        failAfter(call, timeout);
        return call;
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
