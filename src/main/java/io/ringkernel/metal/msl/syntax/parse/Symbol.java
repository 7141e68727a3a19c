package io.ringkernel.metal.msl.syntax.parse;

import java.util.Optional;

/**
 * What the parser knows of a name.
 *
 * @param members the names inside, where they are known: of a namespace, a class, a scoped enum
 */
record Symbol(Kind kind, Optional<Scope> members) {
    /** As much as parsing needs. */
    enum Kind {
        NAMESPACE,
        TYPE,
        CLASS_TEMPLATE,
        VALUE,
        VALUE_TEMPLATE
    }

    static final Symbol VALUE = new Symbol(Kind.VALUE);
    static final Symbol TYPE = new Symbol(Kind.TYPE);

    Symbol(Kind kind) {
        this(kind, Optional.empty());
    }

    boolean isType() {
        return kind == Kind.TYPE || kind == Kind.CLASS_TEMPLATE;
    }

    boolean isTemplate() {
        return kind == Kind.CLASS_TEMPLATE || kind == Kind.VALUE_TEMPLATE;
    }

    /** The same name, as a template declares it. */
    Symbol asTemplate() {
        return switch (kind) {
            case TYPE -> new Symbol(Kind.CLASS_TEMPLATE, members);
            case VALUE -> new Symbol(Kind.VALUE_TEMPLATE, members);
            default -> this;
        };
    }
}
