package io.ringkernel.metal;

/** The driver refused something that is neither a compilation nor a command buffer, such as reading an archive. */
public final class DriverException extends MetalException {
    private static final long serialVersionUID = 1L;

    private final transient MetalError error;

    DriverException(String action, MetalError error) {
        super(action + " failed: " + error, null);
        this.error = error;
    }

    /** What the driver said; null after deserialisation. */
    public MetalError error() {
        return error;
    }
}
