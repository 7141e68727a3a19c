package io.ringkernel.metal.objc;

import java.lang.foreign.FunctionDescriptor;

/**
 * The type of one C function: a generated class that bears the function's name, such as {@code objc_retain}. There is
 * one instance per class, and making one does not initialise the generated class.
 */
public final class CFunction {
    private static final ClassValue<CFunction> INSTANCES = new ClassValue<>() {
        @Override
        protected CFunction computeValue(Class<?> type) {
            return new CFunction(type);
        }
    };

    private final NativeType type;

    private CFunction(Class<?> generated) {
        this.type = new NativeType(generated);
    }

    /** The function of a generated class. */
    public static CFunction of(Class<?> generated) {
        return INSTANCES.get(generated);
    }

    /** The name under which a library exports the function. */
    public String symbol() {
        return type.name();
    }

    /** The C signature. */
    public FunctionDescriptor descriptor() {
        return type.descriptor();
    }

    /** Who holds the reference count of an object that this function returns. */
    public Ownership ownership() {
        return Ownership.ofFunction(symbol());
    }

    int index() {
        return type.index();
    }

    @Override
    public String toString() {
        return symbol();
    }
}
