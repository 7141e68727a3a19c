package io.ringkernel.metal.msl.syntax.preprocess;

/** The preprocessing tokens of C++. Keywords are identifiers here. */
public enum TokenKind {
    IDENTIFIER,
    /** A preprocessing number: the text may not be a valid literal. */
    NUMBER,
    CHARACTER,
    STRING,
    PUNCTUATOR,
    /** A pragma that the parser acts on; its words are {@link Token#pragma()}. */
    PRAGMA,
    /** A character that begins no token, or a quote without its end. */
    STRAY,
    /** The absence of a token next to {@code ##}; never leaves the preprocessor. */
    PLACEMARKER,
    /** The end of the source. */
    END
}
