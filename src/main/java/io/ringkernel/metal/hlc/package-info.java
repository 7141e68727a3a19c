/**
 * Hybrid logical time: timestamps that follow causality and stay close to the wall clock.
 *
 * <p>The algorithm is that of Kulkarni, Demirbas, Madappa, Avva and Leone, <i>Logical Physical Clocks and Consistent
 * Snapshots in Globally Distributed Databases</i> (2014). Unless a method says otherwise, null throws
 * {@link NullPointerException}, times are microseconds since the epoch 1970-01-01T00:00Z, and every type may be used by
 * any number of threads.
 *
 * <p><b>Decision: one 64-bit word of state.</b> As in section 6 of that paper, a clock packs both parts into one word:
 * 52 bits of microseconds and 12 bits of logical counter, unsigned. Advancing the clock is then one compare-and-set or
 * one fetch-and-add, without a lock and without garbage. What we gave up: physical time ends in the year 2112, and the
 * 4,096th event within one microsecond borrows the next microsecond instead of counting on. On the wire both parts are
 * full 64-bit numbers, so a remote timestamp with a larger counter is accepted and followed by the next microsecond.
 *
 * <p>This package depends on no other; that is why {@link io.ringkernel.metal.hlc.ClockSkewException} is a type of its
 * own and not part of the runtime's exception hierarchy.
 */
package io.ringkernel.metal.hlc;
