package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Puts arguments into a macro's body: {@code #}, {@code ##}, and expanded arguments everywhere else. */
final class MacroSubstitution {
    private static final int LONGEST_TOKEN = 1 << 16;

    private final MacroExpander expander;
    private final Diagnostics diagnostics;

    MacroSubstitution(MacroExpander expander, Diagnostics diagnostics) {
        this.expander = expander;
        this.diagnostics = diagnostics;
    }

    /**
     * The body with its arguments in place. Tokens of the body get the place of the use, tokens of arguments keep their
     * own.
     *
     * @param arguments one per parameter; the variadic one may be missing
     */
    List<Token> substitute(Macro macro, Token use, List<List<Token>> arguments) {
        var result = new Pass(macro, use, arguments).run();
        result.removeIf(token -> token.is(TokenKind.PLACEMARKER));
        if (!result.isEmpty()) {
            result.set(0, result.getFirst().withSpace(use.spaceBefore()));
        }
        return result;
    }

    /** The string literal that spells a text. */
    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private final class Pass {
        private final Macro macro;
        private final Token use;
        private final List<List<Token>> arguments;
        private final List<Token> body;
        private final List<List<Token>> expanded;
        private final List<Token> out = new ArrayList<>();
        private int at;

        Pass(Macro macro, Token use, List<List<Token>> arguments) {
            this.macro = macro;
            this.use = use;
            this.arguments = arguments;
            this.body = macro.body();
            this.expanded = new ArrayList<>();
            for (int i = 0; i < macro.parameters().size(); i++) {
                expanded.add(null);
            }
        }

        List<Token> run() {
            while (at < body.size()) {
                if (body.get(at).is("##") && !out.isEmpty()) {
                    at++;
                    paste();
                } else {
                    out.addAll(operand(pastedNext()));
                }
            }
            return out;
        }

        /** Whether {@code ##} follows the operand that begins here. */
        private boolean pastedNext() {
            int length = isStringizing() ? 2 : 1;
            return at + length < body.size() && body.get(at + length).is("##");
        }

        private boolean isStringizing() {
            return macro.isFunctionLike()
                    && body.get(at).is("#")
                    && at + 1 < body.size()
                    && macro.parameterIndex(body.get(at + 1)) >= 0;
        }

        /** The tokens that the next operand of the body stands for; never empty next to {@code ##}. */
        private List<Token> operand(boolean pasted) {
            var token = body.get(at);
            if (isStringizing()) {
                var argument = argument(macro.parameterIndex(body.get(at + 1)));
                at += 2;
                return List.of(stringize(token, argument));
            }
            at++;
            int parameter = macro.parameterIndex(token);
            if (parameter < 0) {
                return List.of(placed(token));
            }
            var tokens = pasted ? argument(parameter) : expandedArgument(parameter);
            if (tokens.isEmpty()) {
                return pasted ? List.of(Token.of(TokenKind.PLACEMARKER, "", use.position())) : List.of();
            }
            var spaced = new ArrayList<>(tokens);
            spaced.set(0, tokens.getFirst().withSpace(token.spaceBefore()));
            return spaced;
        }

        private void paste() {
            var left = out.getLast();
            var token = body.get(at);
            boolean isRest = macro.isVariadic()
                    && macro.parameterIndex(token) == macro.parameters().size() - 1;
            if (left.is(",") && isRest) {
                pasteRestAfterComma();
                return;
            }
            var right = operand(true);
            out.removeLast();
            paste(left, right.getFirst());
            out.addAll(right.subList(1, right.size()));
        }

        /** GNU's {@code , ## __VA_ARGS__}: the comma goes when there is nothing after it. */
        private void pasteRestAfterComma() {
            int rest = macro.parameters().size() - 1;
            if (argument(rest).isEmpty()) {
                out.removeLast();
                at++;
            } else {
                out.addAll(operand(false));
            }
        }

        private void paste(Token left, Token right) {
            if (left.is(TokenKind.PLACEMARKER) || right.is(TokenKind.PLACEMARKER)) {
                out.add(left.is(TokenKind.PLACEMARKER) ? right : left);
                return;
            }
            var text = left.text() + right.text();
            if (text.length() > LONGEST_TOKEN) {
                throw diagnostics.fatal(
                        use.position(), "pasting formed a token of more than " + LONGEST_TOKEN + " characters");
            }
            var tokens = Lexer.tokens(left.position().file(), text, new Diagnostics());
            if (tokens.size() != 2 || tokens.getFirst().is(TokenKind.STRAY)) {
                diagnostics.error(left.position(), "pasting formed '" + text + "', an invalid preprocessing token");
                out.add(left);
                out.add(right);
                return;
            }
            var token = Token.of(tokens.getFirst().kind(), tokens.getFirst().text(), left.position());
            out.add(token.withSpace(left.spaceBefore()).hiddenFrom(left.hidden().intersection(right.hidden())));
        }

        private List<Token> argument(int parameter) {
            return parameter < arguments.size() ? arguments.get(parameter) : List.of();
        }

        private List<Token> expandedArgument(int parameter) {
            if (expanded.get(parameter) == null) {
                expanded.set(parameter, expander.expandAll(argument(parameter), use.position()));
            }
            return expanded.get(parameter);
        }

        private Token placed(Token token) {
            return token.at(place(token.position()));
        }

        private SourcePosition place(SourcePosition spelling) {
            return macro.builtIn() ? use.position() : use.position().expandedFrom(macro.name(), spelling);
        }

        private Token stringize(Token hash, List<Token> argument) {
            var text = new StringBuilder("\"");
            for (int i = 0; i < argument.size(); i++) {
                var token = argument.get(i);
                if (i > 0 && token.spaceBefore()) {
                    text.append(' ');
                }
                boolean quoted = token.is(TokenKind.STRING) || token.is(TokenKind.CHARACTER);
                text.append(quoted ? token.text().replace("\\", "\\\\").replace("\"", "\\\"") : token.text());
            }
            return Token.of(TokenKind.STRING, text.append('"').toString(), place(hash.position()))
                    .withSpace(hash.spaceBefore());
        }
    }
}
