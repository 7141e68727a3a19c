package io.ringkernel.metal.msl.run;

/** A kernel's generated class. Instances have no state that changes. */
public abstract class KernelCode {

    private final String kernel;

    /** For subclasses; {@code kernel} is the kernel's name. */
    protected KernelCode(String kernel) {
        this.kernel = kernel;
    }

    /** The kernel's name. */
    public final String kernel() {
        return kernel;
    }

    /**
     * Runs threads of the grid. Without interaction between threads: those at {@code x} to {@code x + count - 1} in row
     * {@code y}, {@code z}. With it: the whole threadgroup that the worker is set to.
     */
    public abstract void run(Worker worker, int x, int count, int y, int z);

    /** Writes the program's constants that live in memory. */
    public abstract void initializeConstants(Worker worker);
}
