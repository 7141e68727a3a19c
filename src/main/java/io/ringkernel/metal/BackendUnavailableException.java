package io.ringkernel.metal;

/** There is no Metal device; the message says why, and what to do. */
public final class BackendUnavailableException extends MetalException {
    private static final long serialVersionUID = 1L;

    BackendUnavailableException(String reason, Throwable cause) {
        super(
                "Metal is not available: " + reason
                        + ". To run on the software device instead, use MetalDevice.software(), or set"
                        + " -Dringkernel.metal.device=software or RINGKERNEL_METAL_DEVICE=software",
                cause);
    }
}
