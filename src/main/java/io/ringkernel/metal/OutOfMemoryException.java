package io.ringkernel.metal;

/** The device could not allocate; the message says what, and how much. */
public final class OutOfMemoryException extends MetalException {
    private static final long serialVersionUID = 1L;

    OutOfMemoryException(String message) {
        super(message, null);
    }
}
