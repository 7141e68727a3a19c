package io.ringkernel.metal.msl.syntax;

import java.util.List;

/**
 * What stands between the angle brackets of a template-id, or the parentheses of an attribute.
 *
 * <p>A name that could be either is a type if the parser knows it as a type or as a template; the name of a template as
 * an argument of a template template parameter is therefore a type that is a plain {@link TypeSyntax.Named}.
 */
public sealed interface Argument extends Node {
    /** {@code float}; a pack expansion ({@code Ts...}) is a {@link TypeSyntax.PackExpansion}. */
    record OfType(SourcePosition position, TypeSyntax type) implements Argument {
        @Override
        public List<Object> parts() {
            return List.of(type);
        }
    }

    /** {@code N + 1}; a pack expansion is an {@link Expression.PackExpansion}. */
    record OfExpression(SourcePosition position, Expression expression) implements Argument {
        @Override
        public List<Object> parts() {
            return List.of(expression);
        }
    }
}
