package io.ringkernel.metal.msl.run.check;

import java.util.function.Supplier;

/** Takes findings; called by many threads at once. */
@FunctionalInterface
public interface FindingSink {
    /** Drops everything. */
    FindingSink NONE = (_, _) -> {};

    /**
     * Takes a finding.
     *
     * @param key equal for findings that are the same but for the threads
     * @param finding made when it is the first of its key
     */
    void take(Key key, Supplier<Finding> finding);

    /** Kind, kernel, both lines, the lesser first, and memory. */
    record Key(Finding.Kind kind, String kernel, int line, int otherLine, String memory) {
        static Key of(Finding.Kind kind, String kernel, int line, int otherLine, String memory) {
            return new Key(kind, kernel, Math.min(line, otherLine), Math.max(line, otherLine), memory);
        }
    }
}
