package io.ringkernel.metal.k2k;

/**
 * Takes the messages of an endpoint as they come, in place of somebody who asks for them: a kernel with a queue of its
 * own.
 *
 * <p>For each message the endpoint first {@linkplain #reserve() has room set aside}, and only then takes the message
 * out of its own queue. Without room messages wait there, in order, until the receiver asks for them by
 * {@link K2KEndpoint#handOver()}.
 *
 * <p><b>Threads.</b> Called by one thread at a time: that of a sender, or of {@code handOver}. It must not block.
 */
public interface K2KReceiver {
    /** Sets room for one message aside; false if there is none. A receiver that refuses messages has room for them. */
    boolean reserve();

    /** Gives back the room that was set aside: the message that was to fill it is gone. */
    void release();

    /**
     * Puts a message where room was set aside, and gives that back if the message is refused.
     *
     * @return false if the message is refused: its receipt tells {@link DeliveryStatus#REFUSED} then
     */
    boolean take(K2KMessage message);
}
