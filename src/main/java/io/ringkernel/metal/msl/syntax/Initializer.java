package io.ringkernel.metal.msl.syntax;

import java.util.List;

/**
 * How a variable or field gets its first value.
 *
 * @param values for {@code COPY} one, an {@link Expression.InitializerList} in {@code = {…}}; for {@code LIST} one
 *     initializer list; for {@code DIRECT} any number
 */
public record Initializer(SourcePosition position, Style style, List<Expression> values) implements Node {
    @Override
    public List<Object> parts() {
        return List.of(style, values);
    }

    /** {@code = x}, {@code (x, y)}, {@code {x, y}}. */
    public enum Style {
        COPY,
        DIRECT,
        LIST
    }
}
