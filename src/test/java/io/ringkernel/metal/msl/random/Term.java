package io.ringkernel.metal.msl.random;

import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/** An expression of the source, with what it computes: floats as their bits. */
record Term(String text, ToIntFunction<ThreadState> value, boolean hasEffects) {

    static Term of(String text, ToIntFunction<ThreadState> value) {
        return new Term(text, value, false);
    }

    int in(ThreadState state) {
        return value.applyAsInt(state);
    }

    float floatIn(ThreadState state) {
        return Float.intBitsToFloat(in(state));
    }

    /** A term over this one and another, evaluated in that order; {@code %1$s} and {@code %2$s} are their texts. */
    Term with(Term other, String format, IntBinaryOperator operator) {
        return new Term(
                format.formatted(text, other.text),
                s -> {
                    var left = in(s);
                    return operator.applyAsInt(left, other.in(s));
                },
                hasEffects || other.hasEffects);
    }

    Term map(String format, IntUnaryOperator operator) {
        return new Term(format.formatted(text), s -> operator.applyAsInt(in(s)), hasEffects);
    }
}
