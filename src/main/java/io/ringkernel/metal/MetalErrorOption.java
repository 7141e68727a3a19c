package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** What the error of a command buffer tells besides its code ({@code MTLCommandBufferErrorOption}). */
public enum MetalErrorOption {
    /** Nothing. */
    NONE(Mtl.MTLCommandBufferErrorOptionNone()),
    /** How far each encoder came: {@link CommandFailedException#encoders()}. */
    ENCODER_EXECUTION_STATUS(Mtl.MTLCommandBufferErrorOptionEncoderExecutionStatus());

    private final long code;

    MetalErrorOption(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
