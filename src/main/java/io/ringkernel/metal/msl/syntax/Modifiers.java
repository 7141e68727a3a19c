package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands around a declaration and is not part of its type: specifiers and where each is written, and attributes.
 *
 * <p>The attributes are those in front of the declaration, among its specifiers, after its name and after its
 * parameters, in that order.
 */
public record Modifiers(Map<Specifier, SourcePosition> specifiers, List<Attribute> attributes) implements Syntax {
    @Override
    public List<Object> parts() {
        return List.of(specifiers.keySet(), attributes);
    }

    public static final Modifiers NONE = new Modifiers(Map.of(), List.of());

    /** The specifiers that are not type qualifiers; {@code typedef} is not here: it makes a {@code TypeAlias}. */
    public enum Specifier {
        STATIC,
        EXTERN,
        INLINE,
        CONSTEXPR,
        VIRTUAL,
        EXPLICIT,
        FRIEND,
        MUTABLE,
        THREAD_LOCAL,
        REGISTER,
        OVERRIDE,
        FINAL,
        KERNEL,
        VERTEX,
        FRAGMENT;

        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean has(Specifier specifier) {
        return specifiers.containsKey(specifier);
    }

    /** The first attribute of this name, whatever its scope and style. */
    public Optional<Attribute> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }

    /** What the host can ask for under the function's name; empty for an ordinary function. */
    public Optional<FunctionType> functionType() {
        return specifiers.isEmpty() && attributes.isEmpty() ? Optional.empty() : FunctionType.of(this);
    }
}
