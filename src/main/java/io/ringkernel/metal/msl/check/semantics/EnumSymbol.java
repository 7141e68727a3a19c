package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;

/** An enumeration; a scoped one keeps its enumerators in its own scope. */
final class EnumSymbol implements CppType, Symbol {
    private final String name;
    private final boolean scoped;
    private final Scope scope;
    private ScalarType underlying;

    EnumSymbol(String name, boolean scoped, ScalarType underlying, Scope scope) {
        this.name = name;
        this.scoped = scoped;
        this.underlying = underlying;
        this.scope = scope;
    }

    @Override
    public String name() {
        return name;
    }

    boolean scoped() {
        return scoped;
    }

    Scope scope() {
        return scope;
    }

    ScalarType underlying() {
        return underlying;
    }

    /** The type that holds all values, known once the enumerators are. */
    void setUnderlying(ScalarType kind) {
        underlying = kind;
    }

    @Override
    public String toString() {
        return name;
    }
}
