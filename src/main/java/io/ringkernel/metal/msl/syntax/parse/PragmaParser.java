package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LoopHint;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.preprocess.NumberLiteral;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the words of the pragmas that the preprocessor handed on. */
final class PragmaParser {
    /** What the options of {@code clang loop} take besides numbers. */
    private static final Set<String> STATES = Set.of("full", "enable", "disable", "assume_safety");

    private final Parser parser;

    PragmaParser(Parser parser) {
        this.parser = parser;
    }

    /** Adds hints for the next loop, or gives a declaration that stands for itself. */
    Optional<Declaration> read(Token pragma, List<LoopHint> hints) {
        var words = pragma.pragma();
        var first = words.getFirst();
        switch (first.text()) {
            case "unroll", "nounroll" ->
                hints.add(new LoopHint(pragma.position(), first.text(), value(words.subList(1, words.size()))));
            case "clang", "METAL" -> {
                if (words.get(1).isWord("loop")) {
                    loopOptions(words.subList(2, words.size()), hints);
                } else {
                    return floatingPoint(pragma, words.subList(2, words.size()));
                }
            }
            case "pack" -> {
                parser.packing.read(pragma);
                return Optional.of(new Declaration.Empty(pragma.position()));
            }
            case "STDC" -> {
                var value = words.size() > 2 ? words.get(2).text() : "";
                return Optional.of(new Declaration.FloatingPointPragma(pragma.position(), "contract", value));
            }
            default -> throw new IllegalStateException("not a pragma for the parser: " + first);
        }
        return Optional.empty();
    }

    /** {@code unroll(full) vectorize(enable)}. */
    private void loopOptions(List<Token> words, List<LoopHint> hints) {
        for (int i = 0; i < words.size(); ) {
            int end = i + 1;
            while (end < words.size() && !words.get(end).is(")")) {
                end++;
            }
            hints.add(option(words.get(i), words.subList(i + 1, end)));
            i = end + 1;
        }
    }

    private static LoopHint option(Token name, List<Token> words) {
        if (words.size() == 2 && STATES.contains(words.get(1).text())) {
            var text = name.text() + "(" + words.get(1).text() + ")";
            return new LoopHint(name.position(), text, Optional.empty());
        }
        return new LoopHint(name.position(), name.text(), value(words));
    }

    /** {@code math_mode(safe)}, {@code contract(off)}. */
    private Optional<Declaration> floatingPoint(Token pragma, List<Token> words) {
        boolean valid =
                words.size() == 4 && words.get(1).is("(") && words.get(3).is(")");
        if (!valid) {
            parser.warn(pragma.position(), "expected an option and its value in floating-point pragma; pragma ignored");
            return Optional.empty();
        }
        return Optional.of(new Declaration.FloatingPointPragma(
                pragma.position(), words.get(0).text(), words.get(2).text()));
    }

    /** A number or a name, in parentheses or not; a hint whose value is anything else has none. */
    private static Optional<Expression> value(List<Token> words) {
        var inner =
                words.stream().filter(word -> !word.is("(") && !word.is(")")).toList();
        if (inner.size() != 1) {
            return Optional.empty();
        }
        var word = inner.getFirst();
        var position = word.position();
        if (word.is(TokenKind.IDENTIFIER)) {
            return Optional.of(new Expression.NameUse(position, Name.of(position, word.text())));
        }
        if (word.is(TokenKind.NUMBER) && NumberLiteral.parse(word.text()) instanceof NumberLiteral.Whole whole) {
            return Optional.of(new Expression.IntegerLiteral(
                    position, whole.value(), whole.decimal(), whole.unsigned(), whole.longs()));
        }
        return Optional.empty();
    }
}
