package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** How the dispatches of one compute encoder follow each other ({@code MTLDispatchType}). */
public enum MetalDispatchType {
    /** One after the other: each sees what the one before wrote. */
    SERIAL(Mtl.MTLDispatchTypeSerial()),
    /** At the same time, where there is no {@linkplain MetalComputeEncoder#memoryBarrier() barrier} between. */
    CONCURRENT(Mtl.MTLDispatchTypeConcurrent());

    private final long code;

    MetalDispatchType(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
