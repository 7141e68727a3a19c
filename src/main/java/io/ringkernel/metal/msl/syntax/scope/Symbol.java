package io.ringkernel.metal.msl.syntax.scope;

import java.util.Optional;

/**
 * What the parser knows of a name.
 *
 * @param members the names inside, where they are known: of a namespace, a class, a scoped enum
 */
public record Symbol(Kind kind, Optional<Scope> members) {
    /** As much as parsing needs. */
    public enum Kind {
        NAMESPACE,
        TYPE,
        CLASS_TEMPLATE,
        VALUE,
        VALUE_TEMPLATE
    }

    public static final Symbol VALUE = new Symbol(Kind.VALUE);
    public static final Symbol TYPE = new Symbol(Kind.TYPE);

    public Symbol(Kind kind) {
        this(kind, Optional.empty());
    }

    public boolean isType() {
        return kind == Kind.TYPE || kind == Kind.CLASS_TEMPLATE;
    }

    public boolean isTemplate() {
        return kind == Kind.CLASS_TEMPLATE || kind == Kind.VALUE_TEMPLATE;
    }

    /** The same name, as a template declares it. */
    public Symbol asTemplate() {
        return switch (kind) {
            case TYPE -> new Symbol(Kind.CLASS_TEMPLATE, members);
            case VALUE -> new Symbol(Kind.VALUE_TEMPLATE, members);
            default -> this;
        };
    }
}
