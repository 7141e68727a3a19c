package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.CorrelationId;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings the results of one kernel's batches to where they belong: replies to the calls that wait for them, to the
 * receive queue, to other kernels, and what goes nowhere to the dead-letter hook.
 *
 * <p>A reply belongs to the message in whose output slots it stands; no table of correlations is kept.
 */
final class Delivery implements KernelEndpoint.Sender {
    private final KernelCore kernel;
    private final KernelId id;
    private final RuntimeContext context;
    private final KernelCounters counters;
    private final KernelEndpoint endpoint;
    private final Waker waker;

    /** Messages to other kernels that wait for room there. While there are any, this kernel makes no new ones. */
    private final AtomicInteger blocked = new AtomicInteger();

    Delivery(KernelCore kernel, RuntimeContext context, KernelEndpoint endpoint, Waker waker) {
        this.kernel = kernel;
        this.id = kernel.id();
        this.context = context;
        this.counters = kernel.counters();
        this.endpoint = endpoint;
        this.waker = waker;
    }

    /** Whether messages to other kernels wait for room. */
    boolean isBlocked() {
        return blocked.get() > 0;
    }

    /**
     * Takes everything that the handler made in a submission.
     *
     * @param after gets what shows replies to those who wait for them
     */
    void results(Batch batch, KernelMemory memory, List<Runnable> after) {
        var sorting = new Sorting(batch, memory, after);
        memory.results(batch, sorting);
        for (int i = 0; i < batch.size(); i++) {
            if (sorting.errors[i] != 0) {
                handlerFailed(batch, i, sorting.errors[i]);
            } else if (batch.call(i) != null && !sorting.answered.get(i)) {
                noReply(batch, i);
            }
        }
        for (var handover : kernel.receiveQueue().deliver(sorting.toHost)) {
            after.add(() -> handover.receiver().show(handover.message()));
        }
        // Replies that went to waiting receivers left the room that was reserved for them.
        waker.unstall();
    }

    /** Tells the results of one submission apart. */
    private final class Sorting implements KernelMemory.Results {
        private final Batch batch;
        private final KernelMemory memory;
        private final List<Runnable> after;
        private final int[] errors;
        private final BitSet answered = new BitSet();
        private final List<MessageEnvelope> toHost = new ArrayList<>();

        Sorting(Batch batch, KernelMemory memory, List<Runnable> after) {
            this.batch = batch;
            this.memory = memory;
            this.after = after;
            errors = new int[batch.size()];
        }

        @Override
        public void failed(int index, int code) {
            errors[index] = code;
        }

        @Override
        public void failed(MessageEnvelope message, int code) {
            counters.failed.increment();
            var failure =
                    new RingKernelException.HandlerFailed(id, message.header().messageId(), code);
            deadLetter(message, DeadLetter.Reason.HANDLER_FAILED, failure);
        }

        @Override
        public void output(int index, MessageEnvelope output) {
            counters.replies.increment();
            counters.bytesFromDevice.add(output.byteSize());
            var call = index == NOT_OF_BATCH ? null : batch.call(index);
            if (output.header().destKernel() != KernelId.HOST.number()) {
                toKernel(output, memory.refusal(output.header().destKernel()));
            } else if (call == null || !isReply(output, batch.message(index))) {
                toHost.add(output);
            } else if (answered.get(index) || errors[index] != 0) {
                deadLetter(output, DeadLetter.Reason.SURPLUS_REPLY, null);
            } else {
                answered.set(index);
                answer(call, output, after);
            }
        }
    }

    private static boolean isReply(MessageEnvelope output, MessageEnvelope request) {
        return output.header()
                .correlationId()
                .equals(CorrelationId.of(request.header().messageId()));
    }

    private void answer(PendingFuture<MessageEnvelope> call, MessageEnvelope reply, List<Runnable> after) {
        if (call.claim()) {
            counters.callsAnswered.increment();
            after.add(() -> call.show(reply));
        } else {
            deadLetter(reply, DeadLetter.Reason.ABANDONED, null);
        }
    }

    private void toKernel(MessageEnvelope message, RingKernelException refusal) {
        if (refusal != null) {
            // By way of the host it could overtake what the kernel sends on the GPU once the receiver is active again.
            deadLetter(message, DeadLetter.Reason.UNDELIVERABLE, refusal);
            return;
        }
        endpoint.send(message, this);
    }

    @Override
    public void blocked() {
        blocked.incrementAndGet();
    }

    @Override
    public void unblocked() {
        if (blocked.decrementAndGet() == 0) {
            waker.wake();
        }
    }

    @Override
    public void undeliverable(MessageEnvelope message, RingKernelException cause) {
        deadLetter(message, DeadLetter.Reason.UNDELIVERABLE, cause);
    }

    private void handlerFailed(Batch batch, int index, int error) {
        counters.failed.increment();
        var failure = new RingKernelException.HandlerFailed(
                id, batch.message(index).header().messageId(), error);
        report(batch, index, DeadLetter.Reason.HANDLER_FAILED, failure);
    }

    private void noReply(Batch batch, int index) {
        var call = batch.call(index);
        if (call.claim()) {
            var request = batch.message(index).header().messageId();
            failCall(call, request, "NO_REPLY", new RingKernelException.NoReply(id, request));
        }
    }

    /** Ends messages whose deadline passed, or whose call was given up. */
    void expired(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            var header = batch.message(i).header();
            if (batch.call(i) != null && batch.call(i).isClaimed()) {
                deadLetter(batch.message(i), DeadLetter.Reason.ABANDONED, null);
            } else {
                var failure = new RingKernelException.DeadlineExceeded(id, header.messageId());
                report(batch, i, DeadLetter.Reason.EXPIRED, failure);
            }
        }
    }

    /** Ends replies whose deadline passed before they were received. */
    void expiredReplies(List<MessageEnvelope> replies) {
        for (var reply : replies) {
            var failure =
                    new RingKernelException.DeadlineExceeded(id, reply.header().messageId());
            deadLetter(reply, DeadLetter.Reason.EXPIRED, failure);
        }
    }

    /** Ends messages that will not be handled. */
    void ended(Batch batch, DeadLetter.Reason reason, Throwable cause) {
        for (int i = 0; i < batch.size(); i++) {
            report(batch, i, reason, cause);
        }
    }

    /** Ends messages that other kernels sent on the GPU, and that will not be handled. */
    void ended(List<MessageEnvelope> messages, DeadLetter.Reason reason, Throwable cause) {
        messages.forEach(message -> deadLetter(message, reason, cause));
    }

    /** Tells the call of a failure, or the hook where there is none that still listens. */
    private void report(Batch batch, int index, DeadLetter.Reason reason, Throwable cause) {
        var call = batch.call(index);
        if (call != null && call.claim()) {
            failCall(call, batch.message(index).header().messageId(), reason.name(), cause);
        } else {
            deadLetter(batch.message(index), reason, cause);
        }
    }

    private void failCall(PendingFuture<MessageEnvelope> call, MessageId request, String reason, Throwable cause) {
        context.observer().callFailed(id, request, reason, cause);
        call.fail(context.executor(), cause);
    }

    private void deadLetter(MessageEnvelope message, DeadLetter.Reason reason, Throwable cause) {
        counters.dropped.increment();
        context.observer().deadLetter(new DeadLetter(id, message, reason, Optional.ofNullable(cause)));
    }
}
