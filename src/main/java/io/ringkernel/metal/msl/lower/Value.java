package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.ir.Expr;
import java.util.List;

/**
 * A lowered value: one expression per JVM variable of its type, each to be used once; or, {@code inMemory}, segment and
 * offset of a place that holds it and is to be copied before anything else is stored.
 */
record Value(List<Expr> parts, boolean inMemory) {

    static final Value NOTHING = new Value(List.of(), false);

    Value {
        parts = List.copyOf(parts);
    }

    static Value of(List<Expr> parts) {
        return new Value(parts, false);
    }

    static Value of(Expr part) {
        return new Value(List.of(part), false);
    }

    /** The only part of a scalar. */
    Expr single() {
        if (parts.size() != 1) {
            throw new IllegalStateException("not one part: " + parts);
        }
        return parts.getFirst();
    }

    Expr segment() {
        return parts.get(0);
    }

    Expr offset() {
        return parts.get(1);
    }
}
