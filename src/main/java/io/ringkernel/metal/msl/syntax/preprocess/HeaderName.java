package io.ringkernel.metal.msl.syntax.preprocess;

import java.util.List;
import java.util.Optional;

/** What stands between angle brackets or quotes after {@code #include}; {@code length} counts its tokens. */
record HeaderName(String name, int length) {
    static Optional<HeaderName> read(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (tokens.getFirst().is(TokenKind.STRING)) {
            var text = tokens.getFirst().text();
            return Optional.of(new HeaderName(text.substring(text.indexOf('"') + 1, text.length() - 1), 1));
        }
        if (!tokens.getFirst().is("<")) {
            return Optional.empty();
        }
        var name = new StringBuilder();
        for (int i = 1; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.is(">")) {
                return Optional.of(new HeaderName(name.toString(), i + 1));
            }
            name.append(i > 1 && token.spaceBefore() ? " " : "").append(token.text());
        }
        return Optional.empty();
    }
}
