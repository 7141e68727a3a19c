package io.ringkernel.metal.objc;

/** A provider cannot be had on this machine or in this JVM; the message says why, in words for the user. */
public final class ObjectiveCUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ObjectiveCUnavailableException(String message) {
        super(message);
    }

    ObjectiveCUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
