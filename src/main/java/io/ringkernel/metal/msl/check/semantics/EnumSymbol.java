package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;

/** An enumeration; a scoped one keeps its enumerators in its own scope. */
final class EnumSymbol implements CppType, Symbol {
    private final String name;
    private final boolean scoped;
    private final Scope scope;
    private ScalarType underlying;
    private boolean isOpen;

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

    /** Whether its values convert to nothing by themselves; while it is being defined they do (C++14 [dcl.enum]/5). */
    boolean scoped() {
        return scoped && !isOpen;
    }

    Scope scope() {
        return scope;
    }

    boolean isDefined() {
        return scope.symbols().iterator().hasNext();
    }

    /** Runs what adds the enumerators. */
    void define(Runnable enumerators) {
        isOpen = true;
        try {
            enumerators.run();
        } finally {
            isOpen = false;
        }
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
