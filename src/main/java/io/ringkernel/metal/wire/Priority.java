package io.ringkernel.metal.wire;

/**
 * How urgent a message is; receivers take all messages of a higher priority first.
 *
 * <p>This is the one scale of the library: 0 low, 1 normal, 2 high, 3 critical, on the wire and in Java. The original
 * had two that disagree: an enum that counts like this one, and constants with 0, 64, 128 and 192 in the same header
 * byte.
 */
public enum Priority {
    /** Taken when nothing else waits. */
    LOW,
    /** The default. */
    NORMAL,
    /** Taken before normal messages. */
    HIGH,
    /** Taken before everything else. */
    CRITICAL;

    private static final Priority[] BY_LEVEL = values();

    /** Number of priorities. */
    public static final int COUNT = BY_LEVEL.length;

    /** The number on the wire, 0 (low) to 3 (critical). */
    public int level() {
        return ordinal();
    }

    /**
     * The priority with the given number.
     *
     * @throws IllegalArgumentException if {@code level} is not in 0..3
     */
    public static Priority ofLevel(int level) {
        if (level < 0 || level >= BY_LEVEL.length) {
            throw new IllegalArgumentException("level not in 0..3: " + level);
        }
        return BY_LEVEL[level];
    }
}
