package io.ringkernel.metal.objc;

/**
 * What the package of the wrappers opens to the package that leads out of them, and to no user: its implementation is
 * set by the wrappers' common class when that is initialised.
 */
public abstract class WrapperAccess {
    private static volatile WrapperAccess instance;

    /** For the wrappers' package. */
    protected WrapperAccess() {}

    /** Sets the implementation; called once, by the wrappers' common class. */
    public static void offer(WrapperAccess access) {
        instance = access;
    }

    /**
     * The implementation.
     *
     * @throws IllegalStateException if the wrappers' common class was not initialised before
     */
    public static WrapperAccess get() {
        var access = instance;
        if (access == null) {
            throw new IllegalStateException("the wrappers are not initialised");
        }
        return access;
    }

    /** The object behind a wrapper. */
    public abstract Retained retained(Object wrapper);

    /** A wrapper of a buffer that was made elsewhere; takes over the reference. */
    public abstract Object wrapBuffer(Object device, Retained buffer);
}
