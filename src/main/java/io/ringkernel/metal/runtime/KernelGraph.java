package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Kernels of a runtime that send to each other on the GPU, without the host in between.
 *
 * <pre>{@code
 * var graph = runtime.graph()
 *         .kernel("parse", options, parser)
 *         .kernel("sum", options, summer)
 *         .route("parse", "sum")
 *         .launch().join();
 * graph.activate().join();
 * graph.kernel("parse").send(message);
 * graph.kernel("sum").receive().thenAccept(...);
 * }</pre>
 *
 * <p>Its kernels are kernels of the runtime like all others: they are found by id, accept and receive messages, have
 * deadlines, queues, states and metrics of their own, and keep every promise of {@link KernelHandle}. What a graph
 * adds:
 *
 * <p><b>Routes.</b> What a handler sends to a kernel that a route leads to goes straight into its inbox, in memory that
 * both share. Everything else goes by way of the host. Behind the kernels that have messages, those that they can send
 * to are encoded into the same command buffer, behind those the next, and so on: a chain of kernels needs one
 * submission. After {@link GraphBuilder#hops} rounds the submission ends; messages that go round in a cycle continue in
 * the next one.
 *
 * <p><b>Order.</b> What a SEQUENTIAL kernel sends to another one arrives in the order of sending, whatever its
 * priority; what a PARALLEL one sends while it handles several messages arrives in any order. Priorities decide about
 * messages that wait in the host's queue. A message's timestamp is after that of the message that caused it.
 *
 * <p><b>Bounds.</b> A send into a full inbox fails the message that the sender handles
 * ({@link RingKernelException.HandlerFailed}, code 2). A kernel whose replies nobody receives handles no more messages,
 * so that its inbox fills.
 *
 * <p><b>States.</b> What was sent to a kernel that is not active when the submission is made becomes a dead letter, as
 * between any kernels. What was in its inbox before waits until it is active again, or becomes a dead letter when it is
 * terminated. A deactivation waits for the graph's whole submission.
 *
 * <p><b>Faults.</b> The kernels of a graph share memory: when one of them faults or does not end, all of them fail.
 * When a kernel outside of the graph does, the graph loses nothing, as {@link KernelHandle} says: a submission that
 * others ended is taken back as a whole, with what lay in the inboxes, if all its kernels can be taken back.
 */
public final class KernelGraph {
    private final List<KernelHandle> kernels;

    KernelGraph(List<KernelHandle> kernels) {
        this.kernels = List.copyOf(kernels);
    }

    /** The kernels, in the order in which they were added, whatever has become of them. */
    public List<KernelHandle> kernels() {
        return kernels;
    }

    /**
     * The kernel that was added with an id.
     *
     * @throws NoSuchElementException if there is none
     */
    public KernelHandle kernel(String id) {
        var wanted = KernelId.of(id);
        return kernels.stream()
                .filter(kernel -> kernel.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no such kernel in the graph: " + id));
    }

    /** {@linkplain KernelHandle#activate() Activates} every kernel; fails if one of them cannot be activated. */
    public CompletableFuture<Void> activate() {
        return all(KernelHandle::activate);
    }

    /** {@linkplain KernelHandle#terminate() Terminates} every kernel. */
    public CompletableFuture<Void> terminate() {
        return all(KernelHandle::terminate);
    }

    private CompletableFuture<Void> all(Function<KernelHandle, CompletableFuture<Void>> change) {
        return CompletableFuture.allOf(kernels.stream().map(change).toArray(CompletableFuture[]::new));
    }

    @Override
    public String toString() {
        return "KernelGraph" + kernels;
    }
}
