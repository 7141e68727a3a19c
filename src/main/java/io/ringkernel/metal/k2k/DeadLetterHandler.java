package io.ringkernel.metal.k2k;

/**
 * Told of every message that was accepted but never received.
 *
 * <p><b>Threads.</b> Called on the thread that finds out: the timer's, a receiver's, a sender's, or the one that closes
 * an endpoint. It must not block; what it throws is logged.
 */
@FunctionalInterface
public interface DeadLetterHandler {
    /**
     * A message ended undelivered.
     *
     * @param why {@link DeliveryStatus#TIMEOUT}, {@link DeliveryStatus#CLOSED} or {@link DeliveryStatus#REFUSED}
     */
    void undelivered(K2KMessage message, DeliveryStatus why);
}
