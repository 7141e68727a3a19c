package io.ringkernel.metal.software.command;

/** When a command buffer was scheduled and run: seconds on the clock of {@link System#nanoTime()}, 0 until known. */
final class CommandTimes {
    private static final double NANOS = 1e-9;

    private volatile long scheduleBegan;
    private volatile long gpuBegan;
    private volatile long gpuEnded;

    void beginSchedule() {
        scheduleBegan = System.nanoTime();
    }

    void beginGpu() {
        gpuBegan = System.nanoTime();
    }

    void endGpu() {
        gpuEnded = System.nanoTime();
    }

    double scheduleBegan() {
        return scheduleBegan * NANOS;
    }

    double scheduleEnded() {
        return gpuBegan * NANOS;
    }

    /** As in Metal, 0 until the command buffer completed. */
    double gpuBegan() {
        return gpuEnded == 0 ? 0 : gpuBegan * NANOS;
    }

    double gpuEnded() {
        return gpuEnded * NANOS;
    }
}
