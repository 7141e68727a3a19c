package io.ringkernel.metal.objc;

import java.lang.foreign.FunctionDescriptor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A generated function-pointer class, and a number by which each provider finds its own address for it in an array. One
 * instance exists per class; the class itself is not initialised before its descriptor is asked for.
 */
final class NativeType {
    /** More than the headers have typedefs; fixed, so that the arrays it indexes never have to grow under a reader. */
    static final int CAPACITY = 1024;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Class<?> type;
    private final int index;
    private volatile FunctionDescriptor descriptor;

    NativeType(Class<?> type) {
        this.type = type;
        this.index = COUNT.getAndIncrement();
        if (index >= CAPACITY) {
            throw new IllegalStateException("more function types than " + CAPACITY + ": " + type.getSimpleName());
        }
    }

    String name() {
        return type.getSimpleName();
    }

    int index() {
        return index;
    }

    FunctionDescriptor descriptor() {
        var known = descriptor;
        if (known == null) {
            known = readDescriptor();
            descriptor = known;
        }
        return known;
    }

    private FunctionDescriptor readDescriptor() {
        try {
            return (FunctionDescriptor) type.getMethod("descriptor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("not a generated function type: " + type.getName(), e);
        }
    }
}
