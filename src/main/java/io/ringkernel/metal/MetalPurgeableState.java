package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** Whether the system may take a resource's memory away when there is little ({@code MTLPurgeableState}). */
public enum MetalPurgeableState {
    /** It may not. */
    NON_VOLATILE(Mtl.MTLPurgeableStateNonVolatile()),
    /** It may, while no command buffer uses the resource. */
    VOLATILE(Mtl.MTLPurgeableStateVolatile()),
    /** It has, or may at once: the content is lost. */
    EMPTY(Mtl.MTLPurgeableStateEmpty());

    private final long code;

    MetalPurgeableState(long code) {
        this.code = code;
    }

    static MetalPurgeableState of(long code) {
        for (var state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("not a purgeable state: " + code);
    }

    long code() {
        return code;
    }
}
