package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.preprocess.NumberLiteral;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** {@code #pragma pack}: what classes that follow do to the alignment of their members, as clang has it. */
final class Packing {
    private final Parser parser;
    private final Deque<Optional<Attribute>> pushed = new ArrayDeque<>();
    private Optional<Attribute> current = Optional.empty();

    Packing(Parser parser) {
        this.parser = parser;
    }

    /** The attribute of a class that is defined here, if a pragma is in force. */
    Optional<Attribute> current() {
        return current;
    }

    /** {@code pack(4)}, {@code pack(push, 4)}, {@code pack(push)}, {@code pack(pop)}, {@code pack()}. */
    void read(Token pragma) {
        var words = pragma.pragma().stream()
                .skip(1)
                .filter(word -> !word.is("(") && !word.is(")") && !word.is(","))
                .toList();
        var isPush = !words.isEmpty() && words.getFirst().isWord("push");
        if (isPush) {
            pushed.push(current);
        }
        var rest = isPush ? words.subList(1, words.size()) : words;
        if (words.isEmpty()) {
            current = Optional.empty();
        } else if (rest.size() == 1 && rest.getFirst().isWord("pop")) {
            pop(pragma);
        } else if (rest.size() == 1 && rest.getFirst().is(TokenKind.NUMBER)) {
            set(rest.getFirst());
        } else if (!rest.isEmpty()) {
            parser.report(rest.getFirst().position(), "this form of '#pragma pack' is not supported");
        }
    }

    private void pop(Token pragma) {
        if (pushed.isEmpty()) {
            parser.warn(pragma.position(), "#pragma pack(pop, ...) failed: stack empty");
        } else {
            current = pushed.pop();
        }
    }

    private void set(Token number) {
        var position = number.position();
        var bytes = NumberLiteral.parse(number.text()) instanceof NumberLiteral.Whole whole ? whole.value() : -1;
        if (bytes < 0 || bytes > 16 || Long.bitCount(bytes) > 1) {
            parser.warn(position, "expected #pragma pack parameter to be '1', '2', '4', '8', or '16'");
            return;
        }
        var value = new Expression.IntegerLiteral(position, bytes, true, false, 0);
        var attribute = new Attribute(
                position,
                Attribute.Style.PRAGMA,
                Optional.empty(),
                "pack",
                List.of(new Argument.OfExpression(position, value)));
        current = bytes == 0 ? Optional.empty() : Optional.of(attribute);
    }
}
