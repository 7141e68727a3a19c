package io.ringkernel.metal.msl.lower;

/** What a variable of the source is bound to. */
sealed interface Binding {

    /** The variable's own place. */
    record At(Ref ref) implements Binding {}

    /** A pointer that is never materialised: what it points to. */
    record Alias(Ref pointee) implements Binding {}
}
