package io.ringkernel.metal.msl.jvm;

/**
 * A scalar variable of the intermediate form, compared by identity. A variable that is not {@code mutable} is set once,
 * before every use.
 */
final class Var {
    private final String name;
    private final Slot slot;
    private final boolean mutable;

    Var(String name, Slot slot, boolean mutable) {
        this.name = name;
        this.slot = slot;
        this.mutable = mutable;
    }

    String name() {
        return name;
    }

    Slot slot() {
        return slot;
    }

    boolean isMutable() {
        return mutable;
    }

    @Override
    public String toString() {
        return name;
    }
}
