package io.ringkernel.metal.msl.syntax;

import java.util.Locale;
import java.util.Optional;

/** What the host can ask a library for ({@code MTLFunctionType}; MSL specification, section 5.1). */
public enum FunctionType {
    VERTEX,
    FRAGMENT,
    KERNEL,
    VISIBLE,
    INTERSECTION,
    MESH,
    OBJECT;

    /** The word that marks such a function in source text: a keyword, an attribute, or either. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it runs in a render pipeline. */
    public boolean isGraphics() {
        return this == VERTEX || this == FRAGMENT || this == MESH || this == OBJECT;
    }

    /** Whether its threads are in threadgroups whose memory it may declare. */
    public boolean hasThreadgroups() {
        return this == KERNEL || this == MESH || this == OBJECT;
    }

    /** What a function so declared is; empty for an ordinary one. A stitchable function is a visible one. */
    static Optional<FunctionType> of(Modifiers modifiers) {
        if (modifiers.has(Modifiers.Specifier.KERNEL)) {
            return Optional.of(KERNEL);
        }
        if (modifiers.has(Modifiers.Specifier.VERTEX)) {
            return Optional.of(VERTEX);
        }
        if (modifiers.has(Modifiers.Specifier.FRAGMENT)) {
            return Optional.of(FRAGMENT);
        }
        for (var attribute : modifiers.attributes()) {
            if (attribute.name().equals("stitchable")) {
                return Optional.of(VISIBLE);
            }
            for (var type : values()) {
                if (type.keyword().equals(attribute.name())) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }
}
