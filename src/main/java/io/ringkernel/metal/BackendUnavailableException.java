package io.ringkernel.metal;

import io.ringkernel.metal.objc.ObjectiveCUnavailableException;

/** There is no Metal device; the message says why, and what to do. */
public final class BackendUnavailableException extends MetalException {
    private static final long serialVersionUID = 1L;
    private static final String ADVICE = ". To run on the software device instead, use MetalDevice.software(), or set"
            + " -Dringkernel.metal.device=software or RINGKERNEL_METAL_DEVICE=software";

    BackendUnavailableException(String reason, Throwable cause) {
        super(text(reason) + ADVICE, cause);
    }

    /** There is no provider; the advice to take the other one is given where that can be had. */
    BackendUnavailableException(ObjectiveCUnavailableException cause) {
        super(text(cause.getMessage()) + (cause.isOfJvm() ? "" : ADVICE), cause);
    }

    private static String text(String reason) {
        return "Metal is not available: " + reason;
    }
}
