package io.ringkernel.metal.msl.check;

import java.util.Locale;

/** Built-in kernel inputs (MSL specification, table 5.8); the attribute is the constant's name in lower case. */
public enum KernelInput {
    THREAD_POSITION_IN_GRID,
    THREADS_PER_GRID,
    THREAD_POSITION_IN_THREADGROUP,
    THREADS_PER_THREADGROUP,
    THREADGROUP_POSITION_IN_GRID,
    THREADGROUPS_PER_GRID,
    DISPATCH_THREADS_PER_THREADGROUP,
    GRID_ORIGIN,
    GRID_SIZE,
    THREAD_INDEX_IN_THREADGROUP,
    THREAD_EXECUTION_WIDTH,
    THREAD_INDEX_IN_SIMDGROUP,
    SIMDGROUP_INDEX_IN_THREADGROUP,
    SIMDGROUPS_PER_THREADGROUP,
    THREADS_PER_SIMDGROUP,
    DISPATCH_SIMDGROUPS_PER_THREADGROUP,
    THREAD_INDEX_IN_QUADGROUP,
    QUADGROUP_INDEX_IN_THREADGROUP,
    QUADGROUPS_PER_THREADGROUP,
    DISPATCH_QUADGROUPS_PER_THREADGROUP;

    /** The attribute's name in source text. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
