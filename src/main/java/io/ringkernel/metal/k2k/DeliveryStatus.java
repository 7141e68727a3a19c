package io.ringkernel.metal.k2k;

/** What became of a message. */
public enum DeliveryStatus {
    /** Accepted: it waits in the queue of an endpoint. The only status that can still change. */
    PENDING,
    /** Received by the endpoint that it was queued for. */
    DELIVERED,
    /** Refused: the destination is not registered, and no route leads to it. */
    NOT_FOUND,
    /** Refused: the queue of the endpoint has no room for another message of this priority. */
    QUEUE_FULL,
    /** Accepted, but not received before its delivery timeout or its deadline. */
    TIMEOUT,
    /** Refused: the routes lead on for more hops than allowed, perhaps in a circle. */
    MAX_HOPS_EXCEEDED,
    /**
     * Accepted, but the endpoint was closed before it received the message. The original lost such messages silently.
     */
    CLOSED,
    /** Accepted, but the kernel behind the endpoint would not have it: it is not active, or takes no such payload. */
    REFUSED;

    /** Whether the status is the last one. */
    public boolean isFinal() {
        return this != PENDING;
    }

    /** Whether the message was accepted into a queue. */
    public boolean isAccepted() {
        return this == PENDING || this == DELIVERED || this == TIMEOUT || this == CLOSED || this == REFUSED;
    }
}
