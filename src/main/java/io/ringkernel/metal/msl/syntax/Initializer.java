package io.ringkernel.metal.msl.syntax;

import java.util.List;

/**
 * How a variable or field gets its first value.
 *
 * @param values one for {@code COPY} (an {@link Expression.InitializerList} in {@code = {…}}); one initializer list for
 *     {@code LIST}; one or more for {@code DIRECT}
 */
public record Initializer(SourcePosition position, Style style, List<Expression> values) implements Node {
    /** {@code = x}, {@code (x, y)}, {@code {x, y}}. */
    public enum Style {
        COPY,
        DIRECT,
        LIST
    }
}
