package io.ringkernel.metal.software.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A field that keeps the object in it alive, as a {@code strong} property does; safe for use by many threads. */
public final class Strong<T extends NSObject> {
    private static final VarHandle OBJECT;

    static {
        try {
            OBJECT = MethodHandles.lookup().findVarHandle(Strong.class, "object", NSObject.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile T object;

    /** A field with nothing in it. */
    public Strong() {}

    /** A field that retains an object; null is nothing. */
    public Strong(T object) {
        set(object);
    }

    /** A field that takes over the reference with which its creator made the object. */
    public static <T extends NSObject> Strong<T> owning(T created) {
        var strong = new Strong<T>();
        created.makeInternal();
        strong.object = created;
        return strong;
    }

    public T get() {
        return object;
    }

    /** Retains the new object and releases the one before; null is nothing. */
    public void set(T replacement) {
        if (replacement != null) {
            replacement.retain();
        }
        releaseOld((NSObject) OBJECT.getAndSet(this, replacement));
    }

    /** Releases what is in the field. */
    public void clear() {
        releaseOld((NSObject) OBJECT.getAndSet(this, null));
    }

    private static void releaseOld(NSObject old) {
        if (old != null) {
            old.release();
        }
    }
}
