package io.ringkernel.metal.msl.ir;

/**
 * A scalar variable of the intermediate form, compared by identity. A variable that is not {@code mutable} is set once,
 * before every use.
 */
public final class Var {
    private final String name;
    private final Slot slot;
    private final boolean mutable;

    public Var(String name, Slot slot, boolean mutable) {
        this.name = name;
        this.slot = slot;
        this.mutable = mutable;
    }

    public String name() {
        return name;
    }

    public Slot slot() {
        return slot;
    }

    public boolean isMutable() {
        return mutable;
    }

    @Override
    public String toString() {
        return name;
    }
}
