package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;

/**
 * A parameter of a function, a lambda, a {@code catch}, or a value parameter of a template; {@code pack} is {@code T...
 * x}.
 */
public record Parameter(
        SourcePosition position,
        TypeSyntax type,
        Optional<String> name,
        Modifiers modifiers,
        Optional<Expression> defaultValue,
        boolean pack)
        implements Node {
    @Override
    public List<Object> parts() {
        return List.of(type, name, modifiers, defaultValue, pack);
    }
}
