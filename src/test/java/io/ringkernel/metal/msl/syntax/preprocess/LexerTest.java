package io.ringkernel.metal.msl.syntax.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LexerTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private List<Token> tokens(String text) {
        var all = Lexer.tokens("l", text, diagnostics);
        return all.subList(0, all.size() - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "a+++b ~ a ++ + b",
                "x>>=1>>2>=3 ~ x >>= 1 >> 2 >= 3",
                "p->*q->r.*s ~ p ->* q -> r .* s",
                "a<::b>c<:0:> ~ a < :: b > c [ 0 ]",
                "<% %> %: %:%: <::> ~ { } # ## [ ]",
                "1e+5-0x1p-3f+1.e5h ~ 1e+5 - 0x1p-3f + 1.e5h",
                "0xe+1 ~ 0xe+1",
                "1'000'000u .5f 1..2 ~ 1'000'000u .5f 1..2",
                "u8\"x\" L'c' R\"(a\"b)\" ~ u8\"x\" L'c' R\"(a\"b)\"",
                "'\\'' \"\\\"\" ~ '\\'' \"\\\"\"",
                "a//b ~ a",
                "a/*b*/c ~ a c",
                "...x.. ~ ... x . .",
            })
    void theLongestTokenWins(String text, String expected) {
        assertThat(tokens(text).stream().map(Token::text).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void kindsAreThoseOfPreprocessingTokens() {
        assertThat(tokens("kernel 0x1F 'a' \"b\" << @ \"open").stream().map(Token::kind))
                .containsExactly(
                        TokenKind.IDENTIFIER,
                        TokenKind.NUMBER,
                        TokenKind.CHARACTER,
                        TokenKind.STRING,
                        TokenKind.PUNCTUATOR,
                        TokenKind.STRAY,
                        TokenKind.STRAY);
    }

    @Test
    void splicedLinesAreOneAndKeepTheirPlaces() {
        var result = tokens("ab\\\ncd \\\r\n ef\r\ngh");
        assertThat(result.stream().map(token -> token.text() + "@" + token.position()))
                .containsExactly("abcd@l:1:1", "ef@l:3:2", "gh@l:4:1");
        assertThat(result.get(1).startsLine()).isFalse();
        assertThat(result.get(2).startsLine()).isTrue();
    }

    @Test
    void aCommentWithoutEndIsReportedWhereItBegins() {
        tokens("a\n  /* b");
        assertThat(diagnostics.messages().getFirst()).hasToString("l:2:3: error: unterminated /* comment");
    }
}
