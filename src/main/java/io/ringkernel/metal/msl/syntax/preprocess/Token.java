package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/** One token: immutable, and aware of the macros it must not be expanded by again. */
public final class Token {
    private final TokenKind kind;
    private final String text;
    private final SourcePosition position;
    private final boolean spaceBefore;
    private final boolean startsLine;
    private final HideSet hidden;
    private final List<Token> pragma;

    private Token(Token origin, SourcePosition position, boolean spaceBefore, HideSet hidden) {
        this.kind = origin.kind;
        this.text = origin.text;
        this.pragma = origin.pragma;
        this.startsLine = origin.startsLine;
        this.position = position;
        this.spaceBefore = spaceBefore;
        this.hidden = hidden;
    }

    Token(TokenKind kind, String text, SourcePosition position, boolean spaceBefore, boolean startsLine) {
        this.kind = kind;
        this.text = text;
        this.position = position;
        this.spaceBefore = spaceBefore;
        this.startsLine = startsLine;
        this.hidden = HideSet.EMPTY;
        this.pragma = List.of();
    }

    private Token(SourcePosition position, List<Token> pragma) {
        this.kind = TokenKind.PRAGMA;
        this.text = "#pragma";
        this.position = position;
        this.spaceBefore = true;
        this.startsLine = true;
        this.hidden = HideSet.EMPTY;
        this.pragma = List.copyOf(pragma);
    }

    /** A token that a macro or a test makes from nothing. */
    public static Token of(TokenKind kind, String text, SourcePosition position) {
        return new Token(kind, text, position, false, false);
    }

    static Token pragma(SourcePosition position, List<Token> words) {
        return new Token(position, words);
    }

    public TokenKind kind() {
        return kind;
    }

    /** As written; a digraph has the text of the operator it stands for. */
    public String text() {
        return text;
    }

    public SourcePosition position() {
        return position;
    }

    /** Whether white space, a comment or a line's end is between this token and the one before. */
    public boolean spaceBefore() {
        return spaceBefore;
    }

    /** Whether it is the first on its line. */
    boolean startsLine() {
        return startsLine;
    }

    /** What follows the word {@code pragma}; empty for other tokens. */
    public List<Token> pragma() {
        return pragma;
    }

    HideSet hidden() {
        return hidden;
    }

    public boolean is(TokenKind wanted) {
        return kind == wanted;
    }

    /** Whether it is this punctuator. */
    public boolean is(String punctuator) {
        return kind == TokenKind.PUNCTUATOR && text.equals(punctuator);
    }

    /** Whether it is this identifier or keyword. */
    public boolean isWord(String word) {
        return kind == TokenKind.IDENTIFIER && text.equals(word);
    }

    /** This token, or the operator that it is another word for. */
    Token canonical() {
        var operator = kind == TokenKind.IDENTIFIER ? Lexer.alternative(text) : null;
        return operator == null
                ? this
                : of(TokenKind.PUNCTUATOR, operator, position).withSpace(spaceBefore);
    }

    Token at(SourcePosition newPosition) {
        return new Token(this, newPosition, spaceBefore, hidden);
    }

    Token withSpace(boolean space) {
        return space == spaceBefore ? this : new Token(this, position, space, hidden);
    }

    Token hiddenFrom(HideSet more) {
        return more == HideSet.EMPTY ? this : new Token(this, position, spaceBefore, hidden.union(more));
    }

    @Override
    public String toString() {
        return text;
    }
}
