package io.ringkernel.metal.msl.ir;

/**
 * A scalar variable of the intermediate form, compared by identity. A variable that is not {@code mutable} is set once,
 * before every use.
 */
public final class Var {
    private final String name;
    private final Slot slot;
    private final boolean mutable;
    private final boolean provided;

    public Var(String name, Slot slot, boolean mutable) {
        this(name, slot, mutable, false);
    }

    private Var(String name, Slot slot, boolean mutable, boolean provided) {
        this.name = name;
        this.slot = slot;
        this.mutable = mutable;
        this.provided = provided;
    }

    /** A variable that every generated method gets from its worker, and that is not passed from one to another. */
    public static Var provided(String name, Slot slot) {
        return new Var(name, slot, false, true);
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

    public boolean isProvided() {
        return provided;
    }

    @Override
    public String toString() {
        return name;
    }
}
