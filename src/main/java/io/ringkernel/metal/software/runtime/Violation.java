package io.ringkernel.metal.software.runtime;

/**
 * One misuse of the API by a client.
 *
 * @param message what was done, with the values
 * @param where the stack at that moment, for whoever has to find the cause
 */
public record Violation(ViolationKind kind, String message, Throwable where) {
    @Override
    public String toString() {
        return kind + ": " + message;
    }
}
