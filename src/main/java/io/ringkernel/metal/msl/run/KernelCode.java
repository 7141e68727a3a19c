package io.ringkernel.metal.msl.run;

/** A kernel's generated class. Instances have no state. */
public abstract class KernelCode {

    /** For subclasses. */
    protected KernelCode() {}

    /**
     * Runs threads of the grid. Without interaction between threads: those at {@code x} to {@code x + count - 1} in row
     * {@code y}, {@code z}. With it: the whole threadgroup that the worker is set to.
     */
    public abstract void run(Worker worker, int x, int count, int y, int z);

    /** Writes the program's constants that live in memory. */
    public abstract void initializeConstants(Worker worker);
}
