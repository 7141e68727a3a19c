package io.ringkernel.metal.objc;

import java.lang.foreign.MemorySegment;

/**
 * What one provider needs to send one message: the address to call, and the selector to pass as second argument. Both
 * stay valid as long as the provider.
 *
 * @param function first argument of the generated {@code invoke}
 * @param selector the registered {@code SEL}
 */
public record Send(MemorySegment function, MemorySegment selector) {}
