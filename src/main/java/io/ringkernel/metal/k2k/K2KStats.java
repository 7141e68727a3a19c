package io.ringkernel.metal.k2k;

/**
 * Counts since the broker was made. While messages are on their way the numbers are those of slightly different
 * moments; when nobody sends or receives, {@code sent = accepted + notFound + queueFull + maxHopsExceeded} and
 * {@code accepted = delivered + pending + timedOut + closed + refused}.
 *
 * @param endpoints endpoints registered now
 * @param sent calls of send and forward, each destination of a broadcast or multicast counted
 * @param accepted messages that entered a queue
 * @param delivered messages that were received or drained
 * @param pending messages that wait now
 * @param forwarded messages among {@code sent} that an endpoint passed on
 * @param notFound messages refused because nobody and no route was there
 * @param queueFull messages refused because a queue was full
 * @param maxHopsExceeded messages refused because of too many hops
 * @param timedOut messages that nobody received in time
 * @param closed messages that still waited when their endpoint was closed
 * @param refused messages that the kernel behind their endpoint would not have
 */
public record K2KStats(
        int endpoints,
        long sent,
        long accepted,
        long delivered,
        long pending,
        long forwarded,
        long notFound,
        long queueFull,
        long maxHopsExceeded,
        long timedOut,
        long closed,
        long refused) {}
