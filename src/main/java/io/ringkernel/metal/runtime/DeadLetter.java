package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that was accepted, or a reply that was made, and that will not be handled or received.
 *
 * @param kernel the kernel that had the message last
 * @param message the message
 * @param reason why it ends here
 * @param cause what a waiting caller was told; empty when there was none
 */
public record DeadLetter(KernelId kernel, MessageEnvelope message, Reason reason, Optional<Throwable> cause) {
    /** Refuses nulls. */
    public DeadLetter {
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
    }

    /** Why a message ends. */
    public enum Reason {
        /** Its deadline passed before it was handled, or received. */
        EXPIRED,
        /** The {@code call} that it belongs to was cancelled or timed out: an unhandled request, or a late reply. */
        ABANDONED,
        /** It is a further reply to a {@code call}, which takes one. */
        SURPLUS_REPLY,
        /** The handler reported an error for it. */
        HANDLER_FAILED,
        /** The command buffer that it rode on failed, or did not end in time, through its kernel. */
        COMMAND_FAILED,
        /** It was queued when its kernel failed over other messages. */
        KERNEL_FAILED,
        /** Its kernel was terminated. */
        TERMINATED,
        /** A kernel sent it to one that does not exist, does not accept messages, or has no room for it. */
        UNDELIVERABLE
    }
}
