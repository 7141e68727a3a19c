package io.ringkernel.metal.msl.run.check;

/**
 * What instrumented code looks for.
 *
 * @param races accesses to the same memory that nothing orders
 * @param undefined reads of private and threadgroup memory that was not written
 * @param lanes exchanges with lanes that do not run
 */
public record Instrumentation(boolean races, boolean undefined, boolean lanes) {
    /** Nothing: code is not instrumented. */
    public static final Instrumentation NONE = new Instrumentation(false, false, false);

    public static final Instrumentation ALL = new Instrumentation(true, true, true);

    public boolean isOn() {
        return races || undefined || lanes;
    }
}
