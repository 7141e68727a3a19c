package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which pragmas go to the parser, which mean nothing here, and which nobody knows. */
final class Pragmas {
    private static final Set<String> FOR_THE_PARSER =
            Set.of("unroll", "nounroll", "clang loop", "METAL fp", "clang fp", "STDC FP_CONTRACT", "pack");

    /** They change nothing that this compiler does. */
    private static final Set<String> IGNORED = Set.of(
            "mark",
            "region",
            "endregion",
            "clang diagnostic",
            "clang assume_nonnull",
            "clang arc_cf_code_audited",
            "GCC diagnostic",
            "clang system_header",
            "GCC system_header",
            "METAL internals",
            "STDC FENV_ACCESS",
            "STDC CX_LIMITED_RANGE",
            "METAL diagnostic");

    /** They would change the meaning of names: to ignore them would be wrong. */
    private static final Set<String> REFUSED = Set.of("push_macro", "pop_macro", "GCC poison", "clang poison");

    private final Diagnostics diagnostics;

    Pragmas(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The token for the parser, if the pragma concerns it. */
    Optional<Token> read(SourcePosition position, List<Token> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var first = words.getFirst();
        var pair = words.size() > 1 ? first.text() + " " + words.get(1).text() : "";
        if (FOR_THE_PARSER.contains(first.text()) || FOR_THE_PARSER.contains(pair)) {
            return Optional.of(Token.pragma(position, words));
        }
        if (REFUSED.contains(first.text()) || REFUSED.contains(pair)) {
            var name = REFUSED.contains(first.text()) ? first.text() : pair;
            diagnostics.error(first.position(), "'#pragma " + name + "' is not supported");
        } else if (first.isWord("once")) {
            diagnostics.warning(first.position(), "#pragma once in main file");
        } else if (first.isWord("message")) {
            report(first.position(), words);
        } else if (!IGNORED.contains(first.text()) && !IGNORED.contains(pair)) {
            diagnostics.warning(first.position(), "unknown pragma ignored");
        }
        return Optional.empty();
    }

    private void report(SourcePosition position, List<Token> words) {
        var text = new StringBuilder();
        words.stream()
                .filter(word -> word.is(TokenKind.STRING))
                .forEach(word -> text.append(QuotedText.parse(word.text()).value()));
        diagnostics.warning(position, text.toString());
    }
}
