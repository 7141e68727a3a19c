package io.ringkernel.metal.msl.check.constant;

/** Leaves an evaluation that reached something only known at run time. */
final class NotConstantException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final NotConstantException INSTANCE = new NotConstantException();

    private NotConstantException() {
        super(null, null, false, false);
    }
}
