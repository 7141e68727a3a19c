package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;

/**
 * A parameter, a local, or a program-scope constant; compared by identity. Space THREAD for locals and parameters,
 * THREADGROUP for threadgroup variables of a kernel, CONSTANT at program scope.
 */
public final class Variable {
    private final String name;
    private final Type type;
    private final AddressSpace space;

    public Variable(String name, Type type, AddressSpace space) {
        this.name = name;
        this.type = type;
        this.space = space;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public AddressSpace space() {
        return space;
    }

    @Override
    public String toString() {
        return space + " " + type + " " + name;
    }
}
