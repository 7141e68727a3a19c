package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.ScalarType;

/** An enumeration; a scoped one keeps its enumerators in its own scope. */
public final class EnumSymbol implements CppType, Symbol {
    private final String name;
    private final boolean scoped;
    private final boolean fixed;
    private final Scope scope;
    private ScalarType underlying;
    private ScalarType promoted;
    private boolean isOpen;
    private boolean isDefined;

    private EnumSymbol(String name, boolean scoped, boolean fixed, ScalarType underlying, Scope scope) {
        this.name = name;
        this.scoped = scoped;
        this.fixed = fixed;
        this.underlying = underlying;
        promoted = underlying;
        this.scope = scope;
    }

    /** An enumeration whose declaration names the underlying type, or that is scoped and then has int. */
    public static EnumSymbol fixed(String name, boolean scoped, ScalarType underlying, Scope scope) {
        return new EnumSymbol(name, scoped, true, underlying, scope);
    }

    /** An enumeration whose enumerators decide about the underlying type. */
    public static EnumSymbol open(String name, Scope scope) {
        return new EnumSymbol(name, false, false, ScalarType.INT, scope);
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether its values convert to nothing by themselves. */
    public boolean scoped() {
        return scoped;
    }

    /** Whether its underlying type does not depend on its enumerators. */
    public boolean isFixed() {
        return fixed;
    }

    public Scope scope() {
        return scope;
    }

    public boolean isDefined() {
        return isDefined;
    }

    /** Whether its closing brace is still to come: an enumerator then has a type of its own (C++14 [dcl.enum]/5). */
    public boolean isOpen() {
        return isOpen;
    }

    /** Runs what adds the enumerators. */
    public void define(Runnable enumerators) {
        isOpen = true;
        isDefined = true;
        try {
            enumerators.run();
        } finally {
            isOpen = false;
        }
    }

    public ScalarType underlying() {
        return underlying;
    }

    /**
     * What a value becomes in arithmetic, before that promotes it: the underlying type if that is fixed, otherwise the
     * first of int, uint, long and ulong that has all values (C++14 [conv.prom]/3 and /4).
     */
    public ScalarType promoted() {
        return promoted;
    }

    /** Sets the types that hold all values, known once the enumerators are. */
    public void setTypes(ScalarType newUnderlying, ScalarType newPromoted) {
        underlying = newUnderlying;
        promoted = newPromoted;
    }

    @Override
    public String toString() {
        return name;
    }
}
