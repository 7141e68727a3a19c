package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Optional;

/** A statement of the core language. */
public sealed interface TypedStatement {

    SourcePosition position();

    /** Statements in order; opens a scope. */
    record Block(List<TypedStatement> statements, SourcePosition position) implements TypedStatement {}

    /**
     * Begins a variable's life; without an initialiser its value is undefined. Threadgroup variables appear here too.
     */
    record Declare(Variable variable, Optional<TypedExpression> initializer, SourcePosition position)
            implements TypedStatement {}

    /** Evaluates and drops the value. */
    record Evaluate(TypedExpression expression, SourcePosition position) implements TypedStatement {}

    record If(
            TypedExpression condition, TypedStatement then, Optional<TypedStatement> otherwise, SourcePosition position)
            implements TypedStatement {}

    /**
     * {@code while}, {@code for} and, with {@code testsAtEnd}, {@code do}: runs the body, then {@code step} (where
     * {@code continue} goes), as long as the condition holds. No condition means true.
     */
    record Loop(
            Optional<TypedExpression> condition,
            TypedStatement body,
            Optional<TypedExpression> step,
            boolean testsAtEnd,
            SourcePosition position)
            implements TypedStatement {}

    /** One run of labels and the statements up to the next; falls through into the next case. */
    record Case(List<Long> labels, boolean isDefault, List<TypedStatement> statements) {}

    /** Selects by an int, uint, long or ulong value. {@code break} inside leaves it. */
    record Switch(TypedExpression selector, List<Case> cases, SourcePosition position) implements TypedStatement {}

    record Break(SourcePosition position) implements TypedStatement {}

    record Continue(SourcePosition position) implements TypedStatement {}

    record Return(Optional<TypedExpression> value, SourcePosition position) implements TypedStatement {}
}
