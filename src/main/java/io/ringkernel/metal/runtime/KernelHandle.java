package io.ringkernel.metal.runtime;

import io.ringkernel.metal.runtime.engine.DerivedFuture;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.RecordCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A kernel: an actor on the GPU.
 *
 * <p><b>Promises.</b> A message that was accepted is handled once, or its failure is reported: to its {@code call}, or
 * to the runtime's dead-letter hook. Messages of one sender and one priority are handled in the order in which they
 * were sent, and those of a higher priority before those of a lower one. Replies are received in the order in which
 * they were made. Queues are bounded: a send into a full one fails, or waits, as {@link LaunchOptions#patience()} says;
 * a kernel whose replies nobody receives stops handling messages.
 *
 * <p><b>Deadlines.</b> A message whose deadline passes before it is dispatched is not handled, and is reported at its
 * deadline, whatever the kernel is doing then, with {@link RingKernelException.DeadlineExceeded}.
 *
 * <p><b>Faults.</b> A kernel whose commands fault, such as by an access out of bounds, or that the driver ends because
 * they take too long, is {@link KernelState#FAILED}: each of its messages is reported, and nobody else's. Kernels that
 * shared its command buffer, and those whose work the GPU discards while it recovers, lose nothing. What their commands
 * completed is delivered. Everything else is taken back, the changes of their state too, and dispatched again in the
 * same order, so that each message is handled once. Where the device does not say which kernel is to blame, each of
 * those that may be is dispatched by itself next, and the one that fails then is. This rests on what the device reports
 * about each encoder of a command buffer ({@link io.ringkernel.metal.MetalEncoderInfo}); if it reports nothing, all
 * kernels of the command buffer are taken back and dispatched by themselves.
 *
 * <p>A kernel cannot be taken back if its state is a buffer of the caller's or has more than 16,384 bytes, or if work
 * of the caller's {@linkplain LaunchOptions#followedBy() follows} it. When such a kernel's commands ended half-way it
 * fails too, whoever caused it, and its messages are reported, since some may have been handled. So does a kernel whose
 * commands were ended eight times in a row.
 *
 * <p><b>Hangs.</b> A command buffer that does not end within {@link MetalRuntime.Builder#batchTimeout} is given up: its
 * kernel fails with {@link RingKernelException.BatchTimedOut}, its messages are reported, and it can be terminated.
 * Kernels that share the command buffer, or wait behind it, go on in other memory and on another queue, in the state
 * that they had before; those that cannot be taken back fail, or wait, up to the same time.
 *
 * <p><b>Threads.</b> Any number of threads may use a handle. Futures complete on the runtime's executor, unless they
 * are complete when they are returned.
 *
 * <p><b>Cancelling.</b> A receive that is cancelled takes no message. A send that is cancelled while it waits for room
 * is not accepted. The reply to a call that was cancelled goes to the dead-letter hook. All this holds for a future
 * that its user completes otherwise, as {@code orTimeout} does. Once a future has been given its value it cannot be
 * cancelled any more, even if it is not complete yet. Futures that a caller derives are the caller's: cancelling one of
 * those does not reach the kernel. Cancelling a change of state changes nothing.
 */
public interface KernelHandle {
    /** The kernel's id. */
    KernelId id();

    /** What the kernel was launched with. */
    LaunchOptions options();

    /**
     * Lets the kernel accept and handle messages. Fails with {@link RingKernelException.InvalidTransition} unless it is
     * launched or deactivated.
     */
    CompletableFuture<Void> activate();

    /**
     * Stops the kernel from accepting and handling messages, and completes when none is in flight. Fails with
     * {@link RingKernelException.InvalidTransition} unless it is active.
     */
    CompletableFuture<Void> deactivate();

    /** The same as {@link #deactivate()}, by the name that goes with {@link #resume()}. */
    default CompletableFuture<Void> suspend() {
        return deactivate();
    }

    /**
     * Lets a deactivated kernel go on. Fails with {@link RingKernelException.InvalidTransition} unless it is
     * deactivated: unlike {@link #activate()} it does not start a kernel that never ran.
     */
    CompletableFuture<Void> resume();

    /**
     * Ends the kernel: waits for work in flight, fails what is queued with
     * {@link RingKernelException.KernelTerminated}, frees the id and the memory. Replies that were not received can
     * still be. Completes when that is done, and may be asked for again.
     */
    CompletableFuture<Void> terminate();

    /** Completes when the kernel has been terminated, by whomever. */
    CompletableFuture<Void> awaitTermination();

    /**
     * Sends a message. Completes when the kernel has accepted it.
     *
     * <p>Fails with {@link RingKernelException.KernelNotActive}, {@link RingKernelException.KernelFailed},
     * {@link RingKernelException.KernelTerminated}, {@link RingKernelException.PayloadTooLarge},
     * {@link RingKernelException.DeadlineExceeded}, {@link RingKernelException.QueueFull},
     * {@link RingKernelException.UnexpectedMessage} if the kernel was made with records and this is none of them, or
     * {@link io.ringkernel.metal.hlc.ClockSkewException} if its timestamp is too far in the future.
     *
     * @throws IllegalArgumentException if its source is the kernel itself: replies to it would circulate for ever
     */
    CompletableFuture<Void> send(MessageEnvelope message);

    /**
     * Sends messages, in order. Completes when the kernel has accepted all of them.
     *
     * <p>Fails as {@link #send(MessageEnvelope)} does. A message that cannot be sent whatever the room, being too
     * large, skewed or of another type, keeps all of them from being sent. When the queue is full, those that had room
     * were accepted, of each priority the first ones: {@link RingKernelException.QueueFull#accepted()} says how many.
     * Cancelling it calls off those that wait.
     *
     * @throws IllegalArgumentException as {@link #send(MessageEnvelope)} does; none is sent then
     */
    CompletableFuture<Void> sendAll(List<MessageEnvelope> messages);

    /**
     * Sends records, timestamped now, in order.
     *
     * @return as {@link #sendAll(List)}
     * @throws IllegalArgumentException if a record cannot be a message, see {@link RecordCodec#of(Class)}; none is sent
     *     then
     */
    CompletableFuture<Void> sendAll(Collection<? extends Record> messages);

    /**
     * Sends a record, timestamped now.
     *
     * @return as {@link #send(MessageEnvelope)}
     * @throws IllegalArgumentException if the record cannot be a message, see {@link RecordCodec#of(Class)}
     */
    default CompletableFuture<Void> send(Record message) {
        return send(RecordCodec.of(message), message);
    }

    /**
     * Sends what a codec can encode, timestamped now.
     *
     * @return as {@link #send(MessageEnvelope)}
     * @throws IllegalArgumentException if {@code codec} cannot encode it
     */
    <T> CompletableFuture<Void> send(MessageCodec<T> codec, T message);

    /**
     * Receives the next reply, as soon as there is one. Fails with {@link RingKernelException.KernelFailed} or
     * {@link RingKernelException.KernelTerminated} when there will be none.
     */
    CompletableFuture<MessageEnvelope> receive();

    /**
     * Receives the next reply. Fails as {@link #receive()} does, or with {@link RingKernelException.TimedOut}.
     *
     * @param timeout how long to wait, not negative; 292 years and more are for ever
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    CompletableFuture<MessageEnvelope> receive(Duration timeout);

    /** Receives the next reply if there is one now. */
    Optional<MessageEnvelope> tryReceive();

    /**
     * Sends a request and receives the reply to it, which no other receiver sees.
     *
     * <p>Fails as {@link #send(MessageEnvelope)} does, with {@link RingKernelException.TimedOut},
     * {@link RingKernelException.HandlerFailed}, {@link RingKernelException.NoReply}, or
     * {@link io.ringkernel.metal.CommandFailedException} or {@link RingKernelException.BatchTimedOut} if the command
     * buffer that it rode on failed, or did not end, through this kernel.
     *
     * @param timeout how long to wait for the reply, not negative; 292 years and more are for ever
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    CompletableFuture<MessageEnvelope> call(MessageEnvelope request, Duration timeout);

    /**
     * Sends what a codec can encode, timestamped now, and receives the reply.
     *
     * @return as {@link #call(MessageEnvelope, Duration)}
     * @throws IllegalArgumentException if {@code codec} cannot encode it, or {@code timeout} is negative
     */
    <T> CompletableFuture<MessageEnvelope> call(MessageCodec<T> codec, T request, Duration timeout);

    /**
     * Sends a record, timestamped now, and receives the reply.
     *
     * @return as {@link #call(MessageEnvelope, Duration)}
     * @throws IllegalArgumentException if the record cannot be a message, or {@code timeout} is negative
     */
    default CompletableFuture<MessageEnvelope> call(Record request, Duration timeout) {
        return call(RecordCodec.of(request), request, timeout);
    }

    /**
     * Sends a record, timestamped now, and receives the reply as a record.
     *
     * @return as {@link #call(MessageEnvelope, Duration)}; fails with
     *     {@link io.ringkernel.metal.wire.MalformedMessageException} if the reply is no {@code R}
     * @throws IllegalArgumentException if one of the records cannot be a message, or {@code timeout} is negative
     */
    default <R extends Record> CompletableFuture<R> call(Record request, Class<R> reply, Duration timeout) {
        var codec = RecordCodec.of(reply);
        return DerivedFuture.of(call(request, timeout), envelope -> envelope.decode(codec));
    }

    /** What the kernel is doing now. */
    KernelStatus status();

    /** What the kernel has done so far. */
    KernelMetrics metrics();
}
