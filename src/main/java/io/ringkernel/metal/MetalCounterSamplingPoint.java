package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** Where a GPU can sample counters ({@code MTLCounterSamplingPoint}). */
public enum MetalCounterSamplingPoint {
    /** Where an encoder begins and ends: {@link MetalComputePass}. */
    ENCODER_BOUNDARY(Mtl.MTLCounterSamplingPointAtStageBoundary()),
    /** Between dispatches: {@link MetalComputeEncoder#sampleCounters}. */
    DISPATCH_BOUNDARY(Mtl.MTLCounterSamplingPointAtDispatchBoundary()),
    /** Between blits. */
    BLIT_BOUNDARY(Mtl.MTLCounterSamplingPointAtBlitBoundary());

    private final long code;

    MetalCounterSamplingPoint(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
