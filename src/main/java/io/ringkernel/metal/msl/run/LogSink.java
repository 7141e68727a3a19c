package io.ringkernel.metal.msl.run;

/** Takes what kernels log; called by many threads at once. */
@FunctionalInterface
public interface LogSink {

    /** Drops everything. */
    LogSink NONE = (_, _, _, _) -> {};

    /**
     * Takes a message.
     *
     * @param type the value of MSL's {@code log_type}: 0 for debug to 4 for fault
     * @param subsystem null for the default log object
     * @param category null for the default log object
     */
    void log(int type, String subsystem, String category, String message);
}
