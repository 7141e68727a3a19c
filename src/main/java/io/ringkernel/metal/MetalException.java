package io.ringkernel.metal;

/**
 * The device, the driver or a shader failed. Misuse of the API is not among these: it throws the JDK's own exceptions.
 */
public abstract sealed class MetalException extends RuntimeException
        permits BackendUnavailableException,
                CommandFailedException,
                CompilationFailedException,
                DriverException,
                OutOfMemoryException {
    private static final long serialVersionUID = 1L;

    MetalException(String message, Throwable cause) {
        super(message, cause);
    }
}
