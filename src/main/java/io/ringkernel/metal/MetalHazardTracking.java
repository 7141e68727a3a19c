package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** Who keeps commands that use a resource in order ({@code MTLHazardTrackingMode}). */
public enum MetalHazardTracking {
    /** As the owner has it: the device tracks, a heap does not. */
    DEFAULT(Mtl.MTLHazardTrackingModeDefault()),
    /** Nobody: an encoder that reads what another wrote must wait for a {@link MetalFence} or an event. */
    UNTRACKED(Mtl.MTLHazardTrackingModeUntracked()),
    /** Metal. */
    TRACKED(Mtl.MTLHazardTrackingModeTracked());

    private final long code;

    MetalHazardTracking(long code) {
        this.code = code;
    }

    static MetalHazardTracking of(long code) {
        for (var mode : values()) {
            if (mode.code == code) {
                return mode;
            }
        }
        throw new IllegalArgumentException("not a hazard tracking mode: " + code);
    }

    long code() {
        return code;
    }
}
