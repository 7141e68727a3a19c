package io.ringkernel.metal.msl.run;

/**
 * One dispatch, ready to run. Its work is divided into units (threadgroups, or stretches of rows when threads do not
 * interact) that may run in any order and at once.
 */
public interface KernelRun {

    /** How many units there are, at least 1. */
    long unitCount();

    /** Whether one thread must run all units in their order. */
    default boolean isSequential() {
        return false;
    }

    /** How many threads the dispatch has, to judge whether sharing it pays. */
    long threadCount();

    /**
     * Runs units {@code fromUnit} (inclusive) to {@code toUnit} (exclusive) on the calling thread. Several threads may
     * run disjoint ranges at once.
     *
     * @throws KernelFault when a thread of the kernel does something wrong, or after {@link #cancel}; the remaining
     *     units of the range have not run, and the rest of the dispatch should not
     */
    void run(long fromUnit, long toUnit);

    /** Gives back the memory that ended runs have left for those to come; no call of {@link #run} loses any. */
    static void releaseMemory() {
        WorkerMemory.releaseAll();
    }

    /** Makes current and later calls of {@link #run} end soon with a fault of the given kind; idempotent. */
    void cancel(KernelFault.Kind reason);
}
