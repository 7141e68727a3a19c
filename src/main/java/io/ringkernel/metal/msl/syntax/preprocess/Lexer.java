package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts one source into preprocessing tokens; reports only comments and raw strings that never end. */
final class Lexer {
    /** By length, longest first: the longest match is the token. */
    private static final List<Set<String>> PUNCTUATORS = List.of(
            Set.of("%:%:"),
            Set.of("...", "->*", "<<=", ">>="),
            Set.of(
                    "::", "->", ".*", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=",
                    "/=", "%=", "&=", "|=", "^=", "##", "<:", ":>", "<%", "%>", "%:"),
            Set.of(
                    "{", "}", "[", "]", "(", ")", "#", ";", ":", "?", ".", "~", "!", "+", "-", "*", "/", "%", "^", "=",
                    "&", "|", "<", ">", ","));

    private static final Map<String, String> DIGRAPHS =
            Map.of("<:", "[", ":>", "]", "<%", "{", "%>", "}", "%:", "#", "%:%:", "##");

    private static final Map<String, String> ALTERNATIVE_TOKENS = Map.ofEntries(
            Map.entry("and", "&&"),
            Map.entry("and_eq", "&="),
            Map.entry("bitand", "&"),
            Map.entry("bitor", "|"),
            Map.entry("compl", "~"),
            Map.entry("not", "!"),
            Map.entry("not_eq", "!="),
            Map.entry("or", "||"),
            Map.entry("or_eq", "|="),
            Map.entry("xor", "^"),
            Map.entry("xor_eq", "^="));

    private static final Set<String> ENCODING_PREFIXES = Set.of("u8", "u", "U", "L");
    private static final Set<String> RAW_PREFIXES = Set.of("R", "u8R", "uR", "UR", "LR");

    private final SourceText source;
    private final Diagnostics diagnostics;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean spaceBefore;
    private boolean startsLine = true;

    private Lexer(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** All tokens of a text, the last of which is {@code END}. */
    static List<Token> tokens(String file, String text, Diagnostics diagnostics) {
        var lexer = new Lexer(new SourceText(file, text), diagnostics);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        skipSpace();
        while (at < source.length()) {
            int start = at;
            var position = source.position(start);
            var kind = scan(position);
            add(kind, start, position);
            skipSpace();
        }
        startsLine = true;
        tokens.add(new Token(TokenKind.END, "", source.position(source.length()), true, true));
    }

    private void add(TokenKind kind, int start, SourcePosition position) {
        var text = source.slice(start, at);
        if (kind == TokenKind.PUNCTUATOR) {
            text = DIGRAPHS.getOrDefault(text, text);
        }
        tokens.add(new Token(kind, text, position, spaceBefore || startsLine, startsLine));
        spaceBefore = false;
        startsLine = false;
    }

    private void skipSpace() {
        while (at < source.length()) {
            char c = source.at(at);
            if (c == '\n') {
                startsLine = true;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B' || c == 0) {
                spaceBefore = true;
                at++;
            } else if (c == '/' && source.at(at + 1) == '/') {
                skipLine();
            } else if (c == '/' && source.at(at + 1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        spaceBefore = true;
        while (at < source.length() && source.at(at) != '\n') {
            at++;
        }
    }

    private void skipComment() {
        var position = source.position(at);
        spaceBefore = true;
        for (at += 2; at < source.length(); at++) {
            if (source.at(at) == '*' && source.at(at + 1) == '/') {
                at += 2;
                return;
            }
        }
        diagnostics.error(position, "unterminated /* comment");
    }

    private TokenKind scan(SourcePosition position) {
        char c = source.at(at);
        if (isIdentifierStart(c)) {
            return scanWord(position);
        }
        if (isDigit(c) || c == '.' && isDigit(source.at(at + 1))) {
            scanNumber();
            return TokenKind.NUMBER;
        }
        if (c == '"' || c == '\'') {
            return scanQuoted(c);
        }
        for (int length = 4; length >= 1; length--) {
            if (at + length <= source.length() && isPunctuator(length)) {
                at += length;
                return TokenKind.PUNCTUATOR;
            }
        }
        at++;
        return TokenKind.STRAY;
    }

    private boolean isPunctuator(int length) {
        if (!PUNCTUATORS.get(4 - length).contains(source.slice(at, at + length))) {
            return false;
        }
        // C++ [lex.pptoken]: '<' stands alone in "<::" unless ':' or '>' follows: X<::Y> means what it seems.
        boolean angleAndScope = length == 2
                && source.slice(at, Math.min(at + 3, source.length())).equals("<::");
        return !angleAndScope || source.at(at + 3) == ':' || source.at(at + 3) == '>';
    }

    private TokenKind scanWord(SourcePosition position) {
        int start = at;
        while (isIdentifierPart(source.at(at))) {
            at++;
        }
        char next = source.at(at);
        if (next != '"' && next != '\'') {
            return TokenKind.IDENTIFIER;
        }
        var word = source.slice(start, at);
        if (next == '"' && RAW_PREFIXES.contains(word)) {
            return scanRawString(position);
        }
        return ENCODING_PREFIXES.contains(word) ? scanQuoted(next) : TokenKind.IDENTIFIER;
    }

    private void scanNumber() {
        while (true) {
            char c = source.at(at);
            char next = source.at(at + 1);
            if ((next == '+' || next == '-') && (c == 'e' || c == 'E' || c == 'p' || c == 'P')) {
                at += 2;
            } else if (c == '.' || isIdentifierPart(c) || c == '\'' && isIdentifierPart(next)) {
                at++;
            } else {
                return;
            }
        }
    }

    private TokenKind scanQuoted(char quote) {
        for (at++; at < source.length() && source.at(at) != '\n'; at++) {
            char c = source.at(at);
            if (c == quote) {
                at++;
                return quote == '"' ? TokenKind.STRING : TokenKind.CHARACTER;
            }
            if (c == '\\' && source.at(at + 1) != '\n') {
                at++;
            }
        }
        return TokenKind.STRAY;
    }

    private TokenKind scanRawString(SourcePosition position) {
        int delimiter = at + 1;
        while (at < source.length() && source.at(at) != '(') {
            at++;
        }
        var end = ")" + source.slice(Math.min(delimiter, at), at) + "\"";
        for (; at < source.length(); at++) {
            if (source.at(at) == ')'
                    && source.slice(at, Math.min(at + end.length(), source.length()))
                            .equals(end)) {
                at += end.length();
                return TokenKind.STRING;
            }
        }
        diagnostics.error(position, "raw string missing terminating delimiter " + end);
        return TokenKind.STRING;
    }

    /** The operator that a word like {@code and} stands for, or null; within the preprocessor it stays a word. */
    static String alternative(String word) {
        return ALTERNATIVE_TOKENS.get(word);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == '$'
                || c > 127 && (Character.isLetter(c) || Character.isSurrogate(c));
    }

    private static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c > 127 && Character.isUnicodeIdentifierPart(c);
    }
}
