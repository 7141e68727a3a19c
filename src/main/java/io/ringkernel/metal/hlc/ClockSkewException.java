package io.ringkernel.metal.hlc;

import java.time.Duration;

/**
 * A remote timestamp lies further in the future than the clock that should follow it allows.
 *
 * <p>The clock that threw this is unchanged. Accepting the timestamp would have dragged every later timestamp of this
 * node, and of all nodes it talks to, into the future.
 */
public final class ClockSkewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long remoteMicros;
    private final long localMicros;
    private final Duration maxDrift;

    ClockSkewException(long remoteMicros, long localMicros, Duration maxDrift) {
        super("remote clock ahead by more than %s: %s µs (remote %s, local %d)"
                .formatted(
                        maxDrift,
                        Long.toUnsignedString(remoteMicros - localMicros),
                        Long.toUnsignedString(remoteMicros),
                        localMicros));
        this.remoteMicros = remoteMicros;
        this.localMicros = localMicros;
        this.maxDrift = maxDrift;
    }

    /** The physical part of the refused timestamp, in microseconds since the epoch, unsigned. */
    public long remoteMicros() {
        return remoteMicros;
    }

    /** The latest wall-clock reading of the refusing clock, in microseconds since the epoch. */
    public long localMicros() {
        return localMicros;
    }

    /** How far ahead a remote timestamp may be. */
    public Duration maxDrift() {
        return maxDrift;
    }
}
