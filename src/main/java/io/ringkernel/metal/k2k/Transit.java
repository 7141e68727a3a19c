package io.ringkernel.metal.k2k;

import java.util.List;

/**
 * What is out of the ordinary about a message on its way.
 *
 * @param hops how many hops it took so far
 * @param trace the hops, if they are traced
 * @param expiresAt when the message's own deadline passes, on the broker's timer; {@link K2KMessage#NEVER} if it has
 *     none
 */
record Transit(int hops, List<K2KMessage.Hop> trace, long expiresAt) {
    /** One hop, not traced, without a deadline: nearly every message's. */
    static final Transit DIRECT = new Transit(1, List.of(), K2KMessage.NEVER);
}
