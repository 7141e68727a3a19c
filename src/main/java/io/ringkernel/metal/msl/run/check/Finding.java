package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.Extent;
import java.util.Optional;

/**
 * Something that threads did and must not.
 *
 * @param first the earlier access of two; empty when there is one only
 * @param second the access at which it was found
 * @param memory what was accessed, in words; empty for an exchange of lanes
 * @param offset of the first byte in it
 * @param explanation why it is one, and what would help
 */
public record Finding(
        Kind kind,
        String kernel,
        Optional<Access> first,
        Access second,
        String memory,
        long offset,
        String explanation) {

    /** All of it in words, over several lines. */
    @Override
    public String toString() {
        return new FindingText(this).compose();
    }

    /** What kind of thing it is. */
    public enum Kind {
        /** Nothing orders two accesses. */
        RACE,
        /** A barrier is between them, but not for this memory. */
        WRONG_FLAGS,
        /** A barrier is between them that orders no memory at all. */
        LOST_FENCE,
        /** Only that the lanes of a SIMD-group run in lockstep orders them, which the language does not promise. */
        LOCKSTEP_ONLY,
        /** Memory is read that nobody wrote. */
        UNINITIALIZED,
        /** A value is taken from a lane that does not run, or does not exist. */
        LANE
    }

    /** A thread's access at a source line. */
    public record Access(int line, boolean isWrite, boolean isAtomic, Thread thread) {}

    /** A thread by its positions. */
    public record Thread(Extent inGrid, Extent inThreadgroup, Extent threadgroup) {}
}
