package io.ringkernel.metal.msl.syntax;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A piece of the syntax tree, with or without a position of its own, and the one way through the tree. */
public interface Syntax {
    /** What it consists of besides its position: pieces of syntax, words, flags, and lists and optionals of such. */
    List<Object> parts();

    /** Visits the pieces of syntax right below this one, in the order of {@link #parts}. */
    default void forEachChild(Consumer<Syntax> visitor) {
        forEachChild(parts(), visitor);
    }

    private static void forEachChild(Object part, Consumer<Syntax> visitor) {
        switch (part) {
            case Syntax syntax -> visitor.accept(syntax);
            case Collection<?> many -> many.forEach(one -> forEachChild(one, visitor));
            case Optional<?> maybe -> maybe.ifPresent(one -> forEachChild(one, visitor));
            default -> {}
        }
    }
}
