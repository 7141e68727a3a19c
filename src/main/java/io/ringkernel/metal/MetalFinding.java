package io.ringkernel.metal;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that threads of a kernel did and must not, found by a software device that was made with checks. The first
 * of its kind at its lines and in its memory is described, further ones are counted.
 *
 * @param kind what it is
 * @param kernel the name of the kernel
 * @param first the earlier access of two; empty when there is one only
 * @param second the access at which it was found
 * @param memory the memory in words; empty for an exchange of lanes
 * @param offset the first byte in that memory, from its start
 * @param count how many there were until it was asked for, at least 1
 * @param report all of it in words, over several lines
 */
public record MetalFinding(
        Kind kind,
        String kernel,
        Optional<Access> first,
        Access second,
        String memory,
        long offset,
        long count,
        String report) {

    /** What was found. */
    public enum Kind {
        /** Nothing orders two accesses, one of them a write, not both atomic. */
        RACE(Severity.ERROR),
        /** A barrier is between two accesses, but its {@code mem_flags} or scope are for other memory. */
        WRONG_FLAGS(Severity.ERROR),
        /** A barrier with {@code mem_none} is between two accesses: it orders no memory. */
        LOST_FENCE(Severity.ERROR),
        /**
         * Two accesses in one SIMD-group that only lockstep orders: Apple's hardware is seen to do so, the language
         * does not promise it.
         */
        LOCKSTEP_ONLY(Severity.WARNING),
        /** Memory was read that nobody wrote. */
        UNINITIALIZED(Severity.ERROR),
        /** A value was taken from a lane that does not take part, or does not exist: it is undefined. */
        LANE(Severity.WARNING);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }

        /** How bad it is. */
        public Severity severity() {
            return severity;
        }
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Right on some hardware, and not promised. */
        WARNING,
        /** Wrong. */
        ERROR
    }

    /**
     * A thread's access.
     *
     * @param line in the source, from 1; 0 when unknown
     * @param isWrite whether it writes; an atomic operation that reads and writes does
     * @param isAtomic whether it is an atomic operation
     * @param inGrid the thread's position in the grid
     * @param inThreadgroup the thread's position in its threadgroup
     * @param threadgroup the position of its threadgroup in the grid
     */
    public record Access(
            int line,
            boolean isWrite,
            boolean isAtomic,
            Position inGrid,
            Position inThreadgroup,
            Position threadgroup) {}

    /**
     * A position, from 0 in each dimension.
     *
     * @param x along x
     * @param y along y
     * @param z along z
     */
    public record Position(int x, int y, int z) {}

    /** Checks that nothing is null. */
    public MetalFinding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(kernel, "kernel");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(report, "report");
    }

    /** How bad it is. */
    public Severity severity() {
        return kind.severity();
    }

    /** The report, and how often it was found. */
    @Override
    public String toString() {
        return report + "\n  " + (count == 1 ? "once" : count + " times");
    }
}
