package io.ringkernel.metal.objc;

/** A provider cannot be had on this machine or in this JVM; the message says why, in words for the user. */
public final class ObjectiveCUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isOfJvm;

    /** This JVM does not let the module call native code; no provider can be had. */
    static ObjectiveCUnavailableException nativeAccessDenied(Throwable cause) {
        return new ObjectiveCUnavailableException(
                "native access is not allowed; start the JVM with --enable-native-access=io.ringkernel.metal"
                        + " (or ALL-UNNAMED on the class path)",
                cause,
                true);
    }

    ObjectiveCUnavailableException(String message) {
        this(message, null, false);
    }

    ObjectiveCUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private ObjectiveCUnavailableException(String message, Throwable cause, boolean isOfJvm) {
        super(message, cause);
        this.isOfJvm = isOfJvm;
    }

    /** Whether it is this JVM that lets nobody have a provider, whichever that is. */
    public boolean isOfJvm() {
        return isOfJvm;
    }

    /** The same failure for another caller, with this one as the cause. */
    public ObjectiveCUnavailableException again() {
        return new ObjectiveCUnavailableException(getMessage(), this, isOfJvm);
    }
}
