package io.ringkernel.metal.msl.builtin;

import java.lang.invoke.MethodType;

/** A public static Java method, named so that generated code can call it. */
public record LibraryMethod(Class<?> owner, String name, MethodType type) {

    @Override
    public String toString() {
        return owner.getSimpleName() + "." + name + type;
    }
}
