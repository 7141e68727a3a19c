package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;

/**
 * One attribute: {@code [[buffer(0), function_constant(flag)]]} is two of them.
 *
 * @param scope {@code clang} in {@code [[clang::always_inline]]}
 * @param name without surrounding underscores: {@code __always_inline__} is {@code always_inline}
 */
public record Attribute(
        SourcePosition position, Style style, Optional<String> scope, String name, List<Argument> arguments)
        implements Node {
    @Override
    public List<Object> parts() {
        return List.of(style, scope, name, arguments);
    }

    /** How it was written. */
    public enum Style {
        /** {@code [[name]]}. */
        BRACKETS,
        /** {@code __attribute__((name))}. */
        GNU,
        /** {@code alignas(16)}: the name is {@code alignas}. */
        ALIGNAS,
        /** {@code #pragma pack(4)} in force around a class: the name is {@code pack}. */
        PRAGMA
    }
}
