package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.ScalarType;

/** An enumeration; a scoped one keeps its enumerators in its own scope. */
public final class EnumSymbol implements CppType, Symbol {
    private final String name;
    private final boolean scoped;
    private final Scope scope;
    private ScalarType underlying;
    private boolean isOpen;

    public EnumSymbol(String name, boolean scoped, ScalarType underlying, Scope scope) {
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
    public boolean scoped() {
        return scoped && !isOpen;
    }

    public Scope scope() {
        return scope;
    }

    public boolean isDefined() {
        return scope.symbols().iterator().hasNext();
    }

    /** Runs what adds the enumerators. */
    public void define(Runnable enumerators) {
        isOpen = true;
        try {
            enumerators.run();
        } finally {
            isOpen = false;
        }
    }

    public ScalarType underlying() {
        return underlying;
    }

    /** The type that holds all values, known once the enumerators are. */
    public void setUnderlying(ScalarType kind) {
        underlying = kind;
    }

    @Override
    public String toString() {
        return name;
    }
}
