package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Expands macros in a queue of tokens, until what it hands out is no macro or may not be expanded any more. */
final class MacroExpander {
    /** Far above any honest program; stops definitions that double with every step. */
    private static final int TOKEN_LIMIT = 1_000_000;

    private static final int ARGUMENT_NESTING_LIMIT = 256;

    private final MacroTable macros;
    private final Diagnostics diagnostics;
    private final MacroSubstitution substitution;
    private int produced;
    private int nesting;
    private int counter;

    MacroExpander(MacroTable macros, Diagnostics diagnostics) {
        this.macros = macros;
        this.diagnostics = diagnostics;
        this.substitution = new MacroSubstitution(this, diagnostics);
    }

    /** The next token after expansion. */
    Token next(TokenQueue queue) {
        while (true) {
            var token = queue.take();
            if (!token.is(TokenKind.IDENTIFIER)) {
                return token;
            }
            var macro = macros.find(token.text());
            if (macro == null || token.hidden().contains(macro.name())) {
                return token;
            }
            if (!expand(macro, token, queue)) {
                return token;
            }
        }
    }

    /** Expands a list that nothing follows, as for an argument or a directive. */
    List<Token> expandAll(List<Token> tokens, SourcePosition place) {
        if (++nesting > ARGUMENT_NESTING_LIMIT) {
            throw diagnostics.fatal(
                    place, "macro arguments are nested too deeply (limit " + ARGUMENT_NESTING_LIMIT + ")");
        }
        var queue = TokenQueue.of(tokens, Token.of(TokenKind.END, "", place));
        var result = new ArrayList<Token>();
        for (var token = next(queue); !token.is(TokenKind.END); token = next(queue)) {
            result.add(token);
        }
        nesting--;
        return result;
    }

    /** Puts the expansion back; after an error the use stays what it is, a name. */
    private boolean expand(Macro macro, Token use, TokenQueue queue) {
        if (macro.shape() == Macro.Shape.COMPUTED) {
            queue.putBack(compute(macro.name(), use));
            return true;
        }
        if (!macro.isFunctionLike()) {
            var result = substitution.substitute(macro, use, List.of());
            putBack(result, use, use.hidden().with(macro.name()), queue);
            return true;
        }
        var open = queue.take();
        if (!open.is("(")) {
            queue.putBack(open);
            return false;
        }
        var reader = new ArgumentReader(macro, use, queue);
        if (!reader.read()) {
            return false;
        }
        var result = substitution.substitute(macro, use, reader.arguments);
        putBack(result, use, use.hidden().intersection(reader.close.hidden()).with(macro.name()), queue);
        return true;
    }

    private void putBack(List<Token> result, Token use, HideSet hidden, TokenQueue queue) {
        produced += result.size();
        if (produced > TOKEN_LIMIT) {
            throw diagnostics.fatal(
                    use.position(), "macro expansion produces too many tokens (limit " + TOKEN_LIMIT + ")");
        }
        var hiddenResult = new ArrayList<Token>(result.size());
        for (var token : result) {
            hiddenResult.add(token.hiddenFrom(hidden));
        }
        queue.putBack(hiddenResult);
    }

    private Token compute(String name, Token use) {
        var position = use.position();
        var token = switch (name) {
            case "__LINE__" -> Token.of(TokenKind.NUMBER, Integer.toString(position.line()), position);
            case "__FILE__", "__BASE_FILE__" ->
                Token.of(TokenKind.STRING, MacroSubstitution.quote(position.file()), position);
            case "__COUNTER__" -> Token.of(TokenKind.NUMBER, Integer.toString(counter++), position);
            default -> throw new IllegalStateException("not a computed macro: " + name);
        };
        return token.withSpace(use.spaceBefore());
    }

    /** Reads the arguments of one use, up to its closing parenthesis. */
    private final class ArgumentReader {
        private final Macro macro;
        private final Token use;
        private final TokenQueue queue;
        private final List<List<Token>> arguments = new ArrayList<>();
        private Token close;

        ArgumentReader(Macro macro, Token use, TokenQueue queue) {
            this.macro = macro;
            this.use = use;
            this.queue = queue;
        }

        boolean read() {
            var argument = new ArrayList<Token>();
            for (int depth = 0; ; ) {
                var token = queue.take();
                if (token.is(TokenKind.END)) {
                    queue.putBack(token);
                    diagnostics.error(use.position(), "unterminated function-like macro invocation");
                    return false;
                }
                if (depth == 0 && token.is(")")) {
                    close = token;
                    arguments.add(argument);
                    return checkCount();
                }
                if (depth == 0 && token.is(",") && !isReadingRest()) {
                    arguments.add(argument);
                    argument = new ArrayList<>();
                    continue;
                }
                depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
                argument.add(token);
            }
        }

        private boolean isReadingRest() {
            return macro.isVariadic() && arguments.size() == macro.parameters().size() - 1;
        }

        private boolean checkCount() {
            int wanted = macro.parameters().size();
            if (wanted == 0 && arguments.size() == 1 && arguments.getFirst().isEmpty()) {
                arguments.clear();
            }
            boolean restMissing = macro.isVariadic() && arguments.size() == wanted - 1;
            if (arguments.size() == wanted || restMissing) {
                return true;
            }
            var amount = arguments.size() > wanted ? "too many" : "too few";
            diagnostics.error(use.position(), amount + " arguments provided to function-like macro invocation");
            if (!macro.builtIn()) {
                diagnostics.note(macro.position(), "macro '" + macro.name() + "' defined here");
            }
            return false;
        }
    }
}
