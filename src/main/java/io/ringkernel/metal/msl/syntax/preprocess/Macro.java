package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/**
 * A macro's definition.
 *
 * @param parameters names; the last is {@code __VA_ARGS__} (or its GNU name) if variadic
 * @param builtIn whether it comes with the compiler or from its options, so that diagnostics do not point into it
 */
record Macro(
        String name, SourcePosition position, Shape shape, List<String> parameters, List<Token> body, boolean builtIn) {
    /** How a macro is used. */
    enum Shape {
        OBJECT,
        FUNCTION,
        VARIADIC,
        /** The value depends on the place of use: {@code __LINE__}, {@code __FILE__}, {@code __COUNTER__}. */
        COMPUTED
    }

    boolean isFunctionLike() {
        return shape == Shape.FUNCTION || shape == Shape.VARIADIC;
    }

    boolean isVariadic() {
        return shape == Shape.VARIADIC;
    }

    /** The index of a parameter, or -1. */
    int parameterIndex(Token token) {
        return isFunctionLike() && token.is(TokenKind.IDENTIFIER) ? parameters.indexOf(token.text()) : -1;
    }

    /** Whether one may be redefined as the other: same shape, parameters, and tokens with spaces in the same places. */
    boolean sameAs(Macro other) {
        if (shape != other.shape || !parameters.equals(other.parameters) || body.size() != other.body.size()) {
            return false;
        }
        for (int i = 0; i < body.size(); i++) {
            var mine = body.get(i);
            var theirs = other.body.get(i);
            boolean sameSpace = i == 0 || mine.spaceBefore() == theirs.spaceBefore();
            if (mine.kind() != theirs.kind() || !mine.text().equals(theirs.text()) || !sameSpace) {
                return false;
            }
        }
        return true;
    }
}
