package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageId;
import java.time.Duration;

/**
 * The runtime said no, or could not keep what a caller asked for.
 *
 * <p>Futures fail with one of these; {@code join} wraps it into a {@link java.util.concurrent.CompletionException}. A
 * timestamp too far in the future fails with {@link io.ringkernel.metal.hlc.ClockSkewException} instead, and what the
 * device refuses is a {@link io.ringkernel.metal.MetalException}.
 */
public abstract sealed class RingKernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RingKernelException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The kernel does not accept messages in its state. */
    public static final class KernelNotActive extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final KernelState state;

        /** Of a kernel in a state. */
        public KernelNotActive(KernelId kernel, KernelState state) {
            super("kernel '" + kernel + "' is not ACTIVE: " + state, null);
            this.state = state;
        }

        /** The kernel's state when it refused. */
        public KernelState state() {
            return state;
        }
    }

    /** {@link KernelState} has no such transition. */
    public static final class InvalidTransition extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final KernelState from;
        private final KernelState to;

        /** Of a kernel. */
        public InvalidTransition(KernelId kernel, KernelState from, KernelState to) {
            super("kernel '" + kernel + "' cannot go from " + from + " to " + to, null);
            this.from = from;
            this.to = to;
        }

        /** The kernel's state, which did not change. */
        public KernelState from() {
            return from;
        }

        /** The state that was asked for. */
        public KernelState to() {
            return to;
        }
    }

    /** The kernel's queue had no room, and did not get any within the sender's patience. */
    public static final class QueueFull extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final int capacity;
        private final int accepted;

        /** Of a queue of so many messages; {@code patience} is how long there was no room. */
        public QueueFull(KernelId kernel, int capacity, Duration patience) {
            this(
                    "queue of kernel '" + kernel + "' is full: " + capacity + " messages"
                            + (patience.isZero() ? "" : ", waited " + patience),
                    capacity,
                    0);
        }

        private QueueFull(String message, int capacity, int accepted) {
            super(message, null);
            this.capacity = capacity;
            this.accepted = accepted;
        }

        /** The same failure of a send of several messages, of which the first ones were accepted. */
        public QueueFull after(int count, int all) {
            return new QueueFull(getMessage() + "; accepted " + count + " of " + all, capacity, count);
        }

        /** How many messages of a send of several were accepted all the same; 0 for a send of one. */
        public int accepted() {
            return accepted;
        }

        /** The number of messages that the queue holds. */
        public int capacity() {
            return capacity;
        }
    }

    /** Nothing came within the given time. */
    public static final class TimedOut extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final Duration timeout;

        /** Of a kernel that gave no {@code what}, such as a reply. */
        public TimedOut(KernelId kernel, String what, Duration timeout) {
            super("no " + what + " from kernel '" + kernel + "' within " + timeout, null);
            this.timeout = timeout;
        }

        /** How long the caller wanted to wait. */
        public Duration timeout() {
            return timeout;
        }
    }

    /**
     * A command buffer did not complete within {@link MetalRuntime.Builder#batchTimeout}; whether the GPU will ever end
     * it nobody knows.
     */
    public static final class BatchTimedOut extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final Duration timeout;

        /** Of the command buffer of some kernels. */
        public BatchTimedOut(String kernels, Duration timeout) {
            super("command buffer of kernels '" + kernels + "' did not complete within " + timeout, null);
            this.timeout = timeout;
        }

        /** How long the command buffer was waited for. */
        public Duration timeout() {
            return timeout;
        }
    }

    /** The message's deadline passed before it was handled. */
    public static final class DeadlineExceeded extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of a message to a kernel. */
        public DeadlineExceeded(KernelId kernel, MessageId message) {
            super("deadline of " + message + " passed before kernel '" + kernel + "' handled it", null);
        }
    }

    /** The payload is larger than the kernel's slots. */
    public static final class PayloadTooLarge extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private final int limit;
        private final int byteSize;

        /** Of a kernel that takes so many bytes, and a payload. */
        public PayloadTooLarge(KernelId kernel, int limit, int byteSize) {
            super("payload for kernel '" + kernel + "' not in 0.." + limit + " bytes: " + byteSize, null);
            this.limit = limit;
            this.byteSize = byteSize;
        }

        /** The most bytes that the kernel was launched for. */
        public int limit() {
            return limit;
        }

        /** The payload's bytes. */
        public int byteSize() {
            return byteSize;
        }
    }

    /** The message is none of the records that the kernel was made with. */
    public static final class UnexpectedMessage extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of a kernel; {@code expected} and {@code sent} name records. */
        public UnexpectedMessage(KernelId kernel, String expected, String sent) {
            super("kernel '" + kernel + "' was made for " + expected + ", not for " + sent, null);
        }
    }

    /** Another kernel of the runtime has the id. */
    public static final class KernelIdTaken extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of the kernel that has the id. */
        public KernelIdTaken(KernelId kernel) {
            super("kernel id is taken: '" + kernel + "'", null);
        }
    }

    /** A command buffer failed, or did not end, through the kernel; it is of no use until it is terminated. */
    public static final class KernelFailed extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of a kernel, with the reason. */
        public KernelFailed(KernelId kernel, Throwable cause) {
            super("kernel '" + kernel + "' failed: " + cause.getMessage(), cause);
        }
    }

    /** The kernel was terminated before it could handle the message or give a reply. */
    public static final class KernelTerminated extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of a kernel. */
        public KernelTerminated(KernelId kernel) {
            super("kernel '" + kernel + "' was terminated", null);
        }
    }

    /** The handler, or the code around it, reported an error for the message. */
    public static final class HandlerFailed extends RingKernelException {
        private static final long serialVersionUID = 1L;
        private static final int OF_HANDLER = 0xffff0000;
        private static final int LARGEST_OF_LIBRARY = 15;
        private final int code;

        /** Of a message to a kernel; {@code reported} is as in {@code MessageOutcome}. */
        public HandlerFailed(KernelId kernel, MessageId message, int reported) {
            super("kernel '" + kernel + "' failed to handle " + message + ": " + text(reported), null);
            code = isSmallOfHandler(reported) ? reported & LARGEST_OF_LIBRARY : reported;
        }

        /** Whether the handler chose a number that the library has for itself; see {@code fail} in the shader. */
        private static boolean isSmallOfHandler(int reported) {
            int code = reported ^ OF_HANDLER;
            return code > 0 && code <= LARGEST_OF_LIBRARY;
        }

        private static String text(int code) {
            return switch (code) {
                case 1 -> "1 (input overflow)";
                case 2 ->
                    "2 (output overflow: more replies than repliesPerMessage, or larger than maxPayloadBytes, or the"
                            + " receiver's inbox is full)";
                case 3 -> "3 (invalid message)";
                case 4 -> "4 (handler error)";
                default ->
                    isSmallOfHandler(code)
                            ? (code & LARGEST_OF_LIBRARY) + " (the handler's own)"
                            : Integer.toUnsignedString(code);
            };
        }

        /**
         * The number that the handler gave to {@code fail}, unsigned; 1 to 4 are those of
         * {@link io.ringkernel.metal.wire.ControlBlock.Failure}.
         */
        public int code() {
            return code;
        }
    }

    /** The handler finished the message of a {@code call} without a reply. */
    public static final class NoReply extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of a message to a kernel. */
        public NoReply(KernelId kernel, MessageId message) {
            super("kernel '" + kernel + "' handled " + message + " without a reply", null);
        }
    }

    /** The runtime was shut down. */
    public static final class RuntimeClosed extends RingKernelException {
        private static final long serialVersionUID = 1L;

        /** Of the runtime. */
        public RuntimeClosed() {
            super("the runtime is shut down", null);
        }
    }
}
