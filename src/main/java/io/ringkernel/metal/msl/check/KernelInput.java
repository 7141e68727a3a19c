package io.ringkernel.metal.msl.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private static final Map<String, KernelInput> BY_ATTRIBUTE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(KernelInput::attribute, Function.identity()));

    /** The input of an attribute; empty for any other attribute. */
    public static Optional<KernelInput> of(String attribute) {
        return Optional.ofNullable(BY_ATTRIBUTE.get(attribute));
    }

    /** The attribute's name in source text. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
