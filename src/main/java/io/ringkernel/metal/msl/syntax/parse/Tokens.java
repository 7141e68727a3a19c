package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parser's input and its place in it.
 *
 * <p>{@code >>} is two tokens here, since it may close two template argument lists; where it shifts, the second has no
 * space before it. Brackets are matched once, in advance.
 */
final class Tokens {
    /** clang's default for {@code -fbracket-depth}, which counts each kind of bracket by itself. */
    static final int BRACKET_LIMIT = 256;

    private static final Map<String, String> CLOSERS = Map.of("(", ")", "[", "]", "{", "}");

    /** After these a statement or declaration can begin, so a pragma can stand there. */
    private static final Set<String> BEFORE_STATEMENTS = Set.of(";", "{", "}", ")", ":", "else", "do");

    private final Token[] tokens;
    private final int[] closers;
    private final int beforeLibrary;
    private int at;

    /** The first {@code beforeLibrary} tokens come before the standard library is included. */
    Tokens(List<Token> preprocessed, int beforeLibrary, Diagnostics diagnostics) {
        var list = new ArrayList<Token>(preprocessed.size() + 16);
        int before = Integer.MAX_VALUE;
        for (int i = 0; i < preprocessed.size(); i++) {
            var token = preprocessed.get(i);
            before = i == beforeLibrary ? list.size() : before;
            if (token.is(TokenKind.PRAGMA) && !list.isEmpty() && !mayPrecedePragma(list.getLast())) {
                diagnostics.warning(token.position(), "pragma in the middle of a statement ignored");
            } else if (token.is(">>") || token.is(">>=")) {
                list.add(part(token, ">", 0));
                list.add(part(token, token.text().substring(1), 1));
            } else {
                list.add(token);
            }
        }
        this.tokens = list.toArray(Token[]::new);
        this.closers = matchBrackets(diagnostics);
        this.beforeLibrary = before;
    }

    private static boolean mayPrecedePragma(Token token) {
        return token.is(TokenKind.PRAGMA) || BEFORE_STATEMENTS.contains(token.text());
    }

    private static Token part(Token token, String text, int offset) {
        var from = token.position();
        var position = new SourcePosition(from.file(), from.line(), from.column() + offset, from.expansion());
        return Token.of(TokenKind.PUNCTUATOR, text, position);
    }

    private int[] matchBrackets(Diagnostics diagnostics) {
        var result = new int[tokens.length];
        Arrays.fill(result, -1);
        Deque<Integer> open = new ArrayDeque<>();
        var depths = new HashMap<String, Integer>();
        for (int i = 0; i < tokens.length; i++) {
            if (!tokens[i].is(TokenKind.PUNCTUATOR)) {
                continue;
            }
            var text = tokens[i].text();
            if (CLOSERS.containsKey(text)) {
                open.push(i);
                if (depths.merge(text, 1, Integer::sum) > BRACKET_LIMIT) {
                    throw diagnostics.fatal(
                            tokens[i].position(), "bracket nesting level exceeded maximum of " + BRACKET_LIMIT);
                }
            } else if (!open.isEmpty()
                    && CLOSERS.get(tokens[open.peek()].text()).equals(text)) {
                depths.merge(tokens[open.peek()].text(), -1, Integer::sum);
                result[open.pop()] = i;
            }
        }
        return result;
    }

    Token peek() {
        return tokens[at];
    }

    /** The token {@code ahead} places further; the last one beyond the end. */
    Token peek(int ahead) {
        return tokens[Math.min(at + ahead, tokens.length - 1)];
    }

    Token take() {
        var token = tokens[at];
        if (at < tokens.length - 1) {
            at++;
        }
        return token;
    }

    void skip(int count) {
        at = Math.min(at + count, tokens.length - 1);
    }

    int count() {
        return tokens.length;
    }

    boolean isAtEnd() {
        return at == tokens.length - 1;
    }

    /** Whether the next token is on another line than the one before. */
    boolean startsLine() {
        return at == 0
                || tokens[at - 1].position().line() != tokens[at].position().line();
    }

    boolean at(String punctuator) {
        return tokens[at].is(punctuator);
    }

    boolean atWord(String word) {
        return tokens[at].isWord(word);
    }

    /** Whether the next two tokens are these, with nothing between them in the text. */
    boolean atPair(String first, String second) {
        return at(first) && peek(1).is(second) && !peek(1).spaceBefore();
    }

    /** Whether an attribute specifier begins here. */
    boolean atAttributes() {
        return at("[") && peek(1).is("[");
    }

    boolean accept(String punctuator) {
        if (at(punctuator)) {
            take();
            return true;
        }
        return false;
    }

    boolean acceptWord(String word) {
        if (atWord(word)) {
            take();
            return true;
        }
        return false;
    }

    SourcePosition position() {
        return tokens[at].position();
    }

    /** Just behind the last token taken: where clang wants a missing {@code ;} to be. */
    SourcePosition endOfPrevious() {
        if (at == 0) {
            return position();
        }
        var previous = tokens[at - 1];
        var place = previous.position();
        int length = place.expansion().isPresent() ? 0 : previous.text().length();
        return new SourcePosition(place.file(), place.line(), place.column() + length, place.expansion());
    }

    /** Whether nothing that was taken comes after the inclusion of the standard library. */
    boolean isBeforeLibrary() {
        return at <= beforeLibrary;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /** The index of the bracket that closes the one at an index, or -1. */
    int closerOf(int index) {
        return closers[index];
    }

    Token get(int index) {
        return tokens[index];
    }

    /** Behind the next token, or behind its closer if it is a bracket. */
    void skipBalanced() {
        int closer = closers[at];
        if (closer >= 0) {
            at = closer;
        }
        take();
    }
}
