package io.ringkernel.metal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a software device does beyond running kernels; see {@link MetalDevice#software(SoftwareDeviceOptions)}.
 *
 * <p>Immutable; each {@code with…} method gives a changed copy. Null throws {@link NullPointerException}.
 */
public final class SoftwareDeviceOptions {
    private static final SoftwareDeviceOptions DEFAULTS = new SoftwareDeviceOptions(Set.of());

    private final Set<Check> checks;

    /** What kernels are checked for while they run, at the cost of time. */
    public enum Check {
        /**
         * Accesses of different threads to the same bytes of threadgroup or device memory, one of them a write and not
         * both atomic, that no barrier orders (MSL specification, sections 6.9.1 and 6.15).
         */
        RACES,
        /** Reads of private and threadgroup memory that was not written. */
        UNDEFINED,
        /** Values taken from lanes of a SIMD-group that do not take part, or do not exist (section 6.9.2). */
        LANES
    }

    private SoftwareDeviceOptions(Set<Check> checks) {
        this.checks = checks;
    }

    /** A device that checks nothing beyond what it always does. */
    public static SoftwareDeviceOptions defaults() {
        return DEFAULTS;
    }

    /** The same with exactly these checks. */
    public SoftwareDeviceOptions withChecks(Check... checks) {
        var given = EnumSet.noneOf(Check.class);
        given.addAll(Arrays.asList(checks));
        return new SoftwareDeviceOptions(Set.copyOf(given));
    }

    /** The same with every check. */
    public SoftwareDeviceOptions withAllChecks() {
        return withChecks(Check.values());
    }

    /** What kernels are checked for. */
    public Set<Check> checks() {
        return checks;
    }
}
