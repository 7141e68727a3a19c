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
    private final boolean fromDispatch;

    public Variable(String name, Type type, AddressSpace space) {
        this(name, type, space, false);
    }

    private Variable(String name, Type type, AddressSpace space, boolean fromDispatch) {
        this.name = name;
        this.type = type;
        this.space = space;
        this.fromDispatch = fromDispatch;
    }

    /** A variable at program scope whose value the dispatch gives. */
    public static Variable fromDispatch(String name, Type type) {
        return new Variable(name, type, AddressSpace.THREAD, true);
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

    /** Whether it is at program scope and a dispatch gives it its value, as to a kernel's parameter. */
    public boolean isFromDispatch() {
        return fromDispatch;
    }

    @Override
    public String toString() {
        return space + " " + type + " " + name;
    }
}
