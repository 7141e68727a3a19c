package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipelineCache;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ring kernels that send to each other on the GPU, without the host in between.
 *
 * <pre>{@code
 * try (var graph = KernelGraph.builder(device)
 *         .kernel("parse", parser)
 *         .kernel("sum", summer)
 *         .route("parse", "sum")
 *         .receiver(result -> ...)
 *         .build()) {
 *     graph.send("parse", message);
 *     graph.idle().join();
 * }
 * }</pre>
 *
 * <p><b>Dispatch.</b> A handler's {@code send} and {@code reply} write straight into the receiver's inbox. Behind the
 * kernels that have messages, the kernels that they can send to are encoded into the same command buffer, behind those
 * the next, and so on: a chain of kernels needs one submission. After {@link GraphBuilder#hops} rounds the submission
 * ends; messages that go round in a cycle continue in the next one.
 *
 * <p><b>Promises.</b> No message is lost once it is accepted: it is handled, or reported to the failure hook. Messages
 * of one sender to one receiver keep their order, whatever their priority. A send into a full inbox, or to a kernel
 * that no route leads to, fails the message that the sender handles. A message's timestamp is after that of the message
 * that caused it. Deadlines are passed on, and not acted on.
 *
 * <p><b>Threads.</b> Any thread may send. Hooks are called by one thread at a time, in order, and must not throw or
 * wait for the graph.
 */
public final class KernelGraph implements AutoCloseable {
    private final MetalDevice device;
    private final MetalCommandQueue queue;
    private final MetalPipelineCache pipelines;
    private final HlcClock clock;
    private final int hops;
    private final int queueCapacity;
    private final Consumer<MessageEnvelope> receiver;
    private final Consumer<Failure> failures;
    private final GraphInboxes inboxes;
    private final List<GraphMember> members = new ArrayList<>();
    private final Map<KernelId, Integer> indices;
    private final List<ArrayDeque<MessageEnvelope>> waiting = new ArrayList<>();
    private final List<CompletableFuture<Void>> awaitingIdle = new ArrayList<>();

    private List<Pending> submitted = List.of();
    private int parity;
    private boolean isInFlight;
    private boolean isClosed;
    private Throwable broken;
    private long sent;
    private long handled;
    private long received;
    private long failed;
    private long commandBuffers;
    private long dispatches;

    /**
     * A message that was not handled as it should be.
     *
     * @param kernel whose message it was
     * @param message 0 for one that the kernel had no room to name
     * @param cause {@link RingKernelException.HandlerFailed}, {@link RingKernelException.KernelFailed} or
     *     {@link RingKernelException.KernelTerminated}
     */
    public record Failure(KernelId kernel, MessageId message, RingKernelException cause) {}

    private record Pending(KernelId kernel, MessageId message) {}

    KernelGraph(GraphBuilder builder) {
        device = builder.device;
        clock = builder.clock;
        hops = builder.hops;
        queueCapacity = builder.queueCapacity;
        receiver = builder.receiver;
        failures = builder.failures;
        indices = builder.indices();
        queue = device.newCommandQueue();
        queue.setLabel("kernel graph");
        pipelines = new MetalPipelineCache(device);
        GraphInboxes made = null;
        boolean isDone = false;
        try {
            made = builder.inboxes();
            builder.members(pipelines, made, members);
            isDone = true;
        } finally {
            if (!isDone) {
                release(made);
            }
        }
        inboxes = made;
        members.forEach(_ -> waiting.add(new ArrayDeque<>()));
    }

    /** Collects the kernels and routes of a graph on a device, which must stay open until the graph is closed. */
    public static GraphBuilder builder(MetalDevice device) {
        return new GraphBuilder(Objects.requireNonNull(device, "device"));
    }

    /**
     * Sends a message from the host.
     *
     * @throws IllegalArgumentException if there is no such kernel
     * @throws RingKernelException if the payload is too large, the queue of messages that wait for room in the kernel's
     *     inbox is full, a command buffer of the graph has failed, or it is closed; the message was not accepted then
     * @throws io.ringkernel.metal.hlc.ClockSkewException if the message's timestamp is too far ahead
     */
    public void send(String kernel, MessageEnvelope message) {
        var id = KernelId.of(kernel);
        var index = indices.get(id);
        if (index == null) {
            throw new IllegalArgumentException("no such kernel in the graph: " + kernel);
        }
        int limit = members.get(index).options().maxPayloadBytes();
        if (message.header().payloadSize() > limit) {
            throw new RingKernelException.PayloadTooLarge(
                    id, limit, message.header().payloadSize());
        }
        clock.follow(message.header().timestamp());
        var routed =
                message.withHeader(message.header().withRoute(message.header().sourceKernel(), id.number()));
        synchronized (this) {
            requireUsable(id);
            if (waiting.get(index).size() >= queueCapacity) {
                throw new RingKernelException.QueueFull(id, queueCapacity, Duration.ZERO);
            }
            waiting.get(index).add(routed);
            sent++;
            submit();
        }
    }

    private void requireUsable(KernelId id) {
        if (isClosed) {
            throw new RingKernelException.KernelTerminated(id);
        }
        if (broken != null) {
            throw new RingKernelException.KernelFailed(id, broken);
        }
    }

    /** Completes once no message is in the graph and no hook is running. */
    public synchronized CompletableFuture<Void> idle() {
        var idle = new CompletableFuture<Void>();
        if (isInFlight) {
            awaitingIdle.add(idle);
        } else {
            idle.complete(null);
        }
        return idle;
    }

    /** What the graph has done. */
    public synchronized KernelGraphMetrics metrics() {
        return new KernelGraphMetrics(sent, handled, received, failed, commandBuffers, dispatches);
    }

    /** Commits the next submission, if there is anything to do and none is under way. */
    private void submit() {
        if (isInFlight || broken != null) {
            return;
        }
        var ready = new BitSet();
        for (var member : members) {
            var queued = waiting.get(member.index());
            while (!queued.isEmpty() && inboxes.put(member.index(), parity, queued.peek())) {
                queued.poll();
            }
            ready.set(member.index(), inboxes.pending(member.index(), parity) > 0);
        }
        if (ready.isEmpty()) {
            return;
        }
        submitted = inInboxes();
        var now = clock.tick();
        members.forEach(member -> member.prepare(now));
        isInFlight = true;
        try (var commands = queue.commandBuffer()) {
            int rounds = encode(commands, ready);
            commandBuffers++;
            commands.commit().whenComplete((_, failure) -> ended(rounds, failure));
        } catch (RuntimeException | Error e) {
            broken = e;
            isInFlight = false;
            throw e;
        }
    }

    /** Encodes round after round; returns how many. */
    private int encode(MetalCommandBuffer commands, BitSet first) {
        var ready = first;
        int rounds = 0;
        try (var encoder = commands.computeEncoder()) {
            while (!ready.isEmpty() && rounds < hops) {
                var next = new BitSet();
                for (int index : ready.stream().toArray()) {
                    var member = members.get(index);
                    member.encode(encoder, inboxes, parity + rounds);
                    member.successors().forEach(next::set);
                    dispatches++;
                }
                ready = next;
                rounds++;
            }
        }
        return rounds;
    }

    private void ended(int rounds, Throwable failure) {
        var messages = new ArrayList<MessageEnvelope>();
        var failing = new ArrayList<Failure>();
        synchronized (this) {
            if (failure == null) {
                parity = (parity + rounds) % 2;
                harvest(messages, failing);
            } else {
                // Nobody knows how far the rounds came, so that what the first one had is named.
                broken = failure;
                failing.addAll(failuresOf(submitted, id -> new RingKernelException.KernelFailed(id, failure)));
                failing.addAll(failuresOf(takeWaiting(), id -> new RingKernelException.KernelFailed(id, failure)));
            }
            received += messages.size();
            failed += failing.size();
        }
        // Nothing else is committed meanwhile, so that messages reach the hooks in order.
        try {
            messages.forEach(receiver);
            failing.forEach(failures);
        } finally {
            goOn();
        }
    }

    private void goOn() {
        var idle = new ArrayList<CompletableFuture<Void>>();
        synchronized (this) {
            isInFlight = false;
            if (!isClosed) {
                submit();
            }
            if (!isInFlight) {
                idle.addAll(awaitingIdle);
                awaitingIdle.clear();
                notifyAll();
            }
        }
        idle.forEach(future -> future.complete(null));
    }

    private void harvest(List<MessageEnvelope> messages, List<Failure> failing) {
        for (var member : members) {
            member.finish((message, code) -> failing.add(new Failure(
                    member.id(), message, new RingKernelException.HandlerFailed(member.id(), message, code))));
            clock.follow(member.clock());
        }
        handled = members.stream().mapToLong(GraphMember::handled).sum();
        messages.addAll(inboxes.take(inboxes.host(), 0));
    }

    /** What lies in the inboxes that the next round reads. */
    private List<Pending> inInboxes() {
        var pending = new ArrayList<Pending>();
        for (var member : members) {
            inboxes.ids(member.index(), parity).forEach(id -> pending.add(new Pending(member.id(), id)));
        }
        return pending;
    }

    private List<Pending> takeWaiting() {
        var pending = new ArrayList<Pending>();
        for (var member : members) {
            var queued = waiting.get(member.index());
            queued.forEach(message ->
                    pending.add(new Pending(member.id(), message.header().messageId())));
            queued.clear();
        }
        return pending;
    }

    private static List<Failure> failuresOf(List<Pending> messages, Function<KernelId, RingKernelException> cause) {
        return messages.stream()
                .map(pending -> new Failure(pending.kernel, pending.message, cause.apply(pending.kernel)))
                .toList();
    }

    /**
     * Waits for the submission that is under way, reports every message that is still in the graph as a failure, and
     * gives everything up. Idempotent. Not to be called by a hook.
     */
    @Override
    public void close() {
        var failing = new ArrayList<Failure>();
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            awaitEnd();
            if (broken == null) {
                failing.addAll(failuresOf(inInboxes(), RingKernelException.KernelTerminated::new));
            }
            failing.addAll(failuresOf(takeWaiting(), RingKernelException.KernelTerminated::new));
            failed += failing.size();
            release(inboxes);
        }
        failing.forEach(failures);
    }

    private void awaitEnd() {
        boolean isInterrupted = false;
        while (isInFlight) {
            try {
                wait();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(GraphInboxes made) {
        members.forEach(GraphMember::close);
        if (made != null) {
            made.close();
        }
        pipelines.close();
        queue.close();
    }
}
