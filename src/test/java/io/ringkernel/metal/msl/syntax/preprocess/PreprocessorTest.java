package io.ringkernel.metal.msl.syntax.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreprocessorTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private List<Token> tokens(String text, ParseOptions options) {
        return Preprocessor.preprocess("p", text, options, diagnostics).tokens();
    }

    /** What is left of a text, one space between tokens. */
    private String expand(String text) {
        return text(tokens(text, ParseOptions.of(LanguageVersion.METAL_3_1)));
    }

    private static String text(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> !token.is(TokenKind.END))
                .map(Token::text)
                .collect(Collectors.joining(" "));
    }

    private List<String> messages() {
        return diagnostics.messages().stream().map(Diagnostic::toString).toList();
    }

    /** C11 6.10.3.5, example 3. */
    @Test
    void theStandardsExampleOfRescanningExpandsAsItSays() {
        var definitions = """
                #define x 3
                #define f(a) f(x * (a))
                #undef x
                #define x 2
                #define g f
                #define z z[0]
                #define h g(~
                #define m(a) a(w)
                #define w 0,1
                #define t(a) a
                #define p() int
                #define q(x) x
                #define r(x,y) x ## y
                #define str(x) # x
                """;
        assertThat(expand(definitions + "f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);"))
                .isEqualTo("f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;");
        assertThat(expand(definitions + "g(x+(3,4)-w) | h 5) & m\n(f)^m(m);"))
                .isEqualTo("f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & "
                        + "f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;");
        assertThat(expand(definitions + "p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };"))
                .isEqualTo("int i [ ] = { 1 , 23 , 4 , 5 , } ;");
        assertThat(expand(definitions + "char c[2][6] = { str(hello), str() };"))
                .isEqualTo("char c [ 2 ] [ 6 ] = { \"hello\" , \"\" } ;");
    }

    /** C11 6.10.3.5, example 4. */
    @Test
    void theStandardsExampleOfStringsAndPastingExpandsAsItSays() {
        var definitions = """
                #define str(s) # s
                #define xstr(s) str(s)
                #define debug(s, t) printf("x" # s "= %d, x" # t "= %s", \\
                               x ## s, x ## t)
                #define INCFILE(n) vers ## n
                #define glue(a, b) a ## b
                #define xglue(a, b) glue(a, b)
                #define HIGHLOW "hello"
                #define LOW LOW ", world"
                """;
        assertThat(expand(definitions + "debug(1, 2);"))
                .isEqualTo("printf ( \"x\" \"1\" \"= %d, x\" \"2\" \"= %s\" , x1 , x2 ) ;");
        var call = "fputs(str(strncmp(\"abc\\0d\", \"abc\", '\\4') // comment\n== 0) str(: @\\n), s);";
        assertThat(expand(definitions + call))
                .isEqualTo("fputs ( \"strncmp(\\\"abc\\\\0d\\\", \\\"abc\\\", '\\\\4') == 0\" \": @\\n\" , s ) ;");
        assertThat(expand(definitions + "xstr(INCFILE(2).h)")).isEqualTo("\"vers2.h\"");
        assertThat(expand(definitions + "glue(HIGH, LOW); xglue(HIGH, LOW)"))
                .isEqualTo("\"hello\" ; \"hello\" \", world\"");
    }

    /** C11 6.10.3.5, examples 5 and 7; 6.10.3.3, the example of {@code hash_hash}. */
    @Test
    void theStandardsExamplesOfEmptyAndVariableArgumentsExpandAsTheySay() {
        assertThat(expand("""
                        #define t(x,y,z) x ## y ## z
                        int j[] = { t(1,2,3), t(,4,5), t(6,,7), t(8,9,), t(10,,), t(,11,), t(,,12), t(,,) };
                        """)).isEqualTo("int j [ ] = { 123 , 45 , 67 , 89 , 10 , 11 , 12 , } ;");
        assertThat(expand("""
                        #define debug(...) fprintf(stderr, __VA_ARGS__)
                        #define showlist(...) puts(#__VA_ARGS__)
                        #define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
                        debug("Flag"); debug("X = %d\\n", x);
                        showlist(The first, second, and third items.);
                        report(x>y, "x is %d but y is %d", x, y);
                        """))
                .isEqualTo("fprintf ( stderr , \"Flag\" ) ; fprintf ( stderr , \"X = %d\\n\" , x ) ; "
                        + "puts ( \"The first, second, and third items.\" ) ; "
                        + "( ( x > y ) ? puts ( \"x>y\" ) : printf ( \"x is %d but y is %d\" , x , y ) ) ;");
        assertThat(expand("""
                        #define hash_hash # ## #
                        #define mkstr(a) # a
                        #define in_between(a) mkstr(a)
                        #define join(c, d) in_between(c hash_hash d)
                        char p[] = join(x, y);
                        """)).isEqualTo("char p [ ] = \"x ## y\" ;");
        assertThat(messages()).isEmpty();
    }

    @Test
    void wordsForOperatorsAreOperatorsButSpelledAsWords() {
        assertThat(expand("#define S(x) #x\na and b or not c S(a and b)")).isEqualTo("a && b || ! c \"a and b\"");
    }

    @Test
    void theCommaBeforeAnEmptyRestIsRemovedAsGnuDoes() {
        assertThat(expand("#define log(f, ...) print(f, ## __VA_ARGS__)\nlog(1) log(1,) log(1, 2, 3)"))
                .isEqualTo("print ( 1 ) print ( 1 ) print ( 1 , 2 , 3 )");
    }

    /** Object-like macros at random, against a substitution that keeps the set of macros being expanded. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void macrosThatReferToEachOtherExpandLikeRecursiveSubstitution(long seed) {
        var random = new Random(seed);
        Map<String, List<String>> bodies = random.ints(8, 0, 8)
                .distinct()
                .boxed()
                .collect(Collectors.toMap(
                        i -> "M" + i,
                        i -> random.ints(random.nextInt(4), 0, 12)
                                .mapToObj(word -> word < 8 ? "M" + word : "w" + word)
                                .toList()));
        var text = new StringBuilder();
        bodies.forEach((name, body) -> text.append("#define ")
                .append(name)
                .append(' ')
                .append(String.join(" ", body))
                .append('\n'));
        var words = List.of("M0", "M1", "w9", "M2", "M3", "M4", "M5", "M6", "M7");
        text.append(String.join(" ", words));
        var expected = words.stream()
                .map(word -> substitute(word, bodies, Set.of()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        assertThat(expand(text.toString())).isEqualTo(expected);
    }

    private static String substitute(String word, Map<String, List<String>> bodies, Set<String> active) {
        if (!bodies.containsKey(word) || active.contains(word)) {
            return word;
        }
        var inside = new HashSet<>(active);
        inside.add(word);
        return bodies.get(word).stream()
                .map(part -> substitute(part, bodies, inside))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 + 2 * 3 == 7 ; yes",
                "(1 + 2) * 3 == 9 ; yes",
                "1 << 2 + 1 == 8 ; yes",
                "(1 << 2 + 1) == 8 ; yes",
                "10 - 3 - 2 == 5 ; yes",
                "-1 > 0u ; yes",
                "-1 < 0 ; yes",
                "-7 / 2 == -3 && -7 % 2 == -1 ; yes",
                "1 ? 2 : 0 ; yes",
                "0 ? 1 : 0 ? 1 : 0 ; no",
                "0 && 1 / 0 ; no",
                "1 || 1 / 0 ; yes",
                "~0 == -1 && !0 && !!5 ; yes",
                "5 & 3 ^ 1 | 8 ; yes",
                "'A' == 65 && '\\n' == 10 ; yes",
                "0x10 == 16 && 010 == 8 && 0b11 == 3 && 1'000 == 1000 ; yes",
                "0xFFFFFFFFFFFFFFFF == -1 ; yes",
                "unknown ; no",
                "true && !false ; yes",
                "defined M && !defined(N) ; yes",
                "defined M ? 0 : 1 ; no",
                "M == 4 and not N ; yes",
                "__has_include(<metal_stdlib>) && !__has_include(\"foo.h\") ; yes",
                "__has_attribute(always_inline) && !__has_attribute(nonsense) ; yes",
                "__has_feature(cxx_variadic_templates) ; yes",
                "1 >= 1 && 1 <= 1 && 2 > 1 && 1 != 2 ; yes",
                "-1 >> 1 == -1 ; yes",
            })
    void conditionsAreEvaluatedInSixtyFourBits(String condition, String expected) {
        var text = "#define M 4\n#if " + condition + "\nyes\n#else\nno\n#endif";
        assertThat(expand(text)).isEqualTo(expected);
        assertThat(messages()).isEmpty();
    }

    @Test
    void onlyTheFirstBranchThatHoldsIsRead() {
        var text = """
                #if 0
                a 'unbalanced " quote
                #include <nothing>
                #if 1
                b
                #else
                c
                #endif
                #elif 1
                d
                #elif 1 / 0
                e
                #else
                f
                #endif
                #ifndef X
                #define X
                g
                #endif
                #ifdef X
                h
                #endif
                """;
        assertThat(expand(text)).isEqualTo("d g h");
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "METAL_1_2, 120, 201103, no",
        "METAL_2_4, 240, 201402, no",
        "METAL_3_0, 300, 201402, 1",
        "METAL_3_2, 320, 201402, 1",
        "METAL_4_0, 400, 201703, 1",
        "METAL_4_1, 410, 201703, 1"
    })
    void theVersionDefinesItsMacros(LanguageVersion version, String metal, String cplusplus, String unified) {
        var text = "__METAL_VERSION__ __cplusplus __METAL_MACOS__\n#ifdef __METAL__\n__METAL__\n#else\nno\n#endif";
        assertThat(text(tokens(text, ParseOptions.of(version)))).isEqualTo(metal + " " + cplusplus + "L 1 " + unified);
    }

    @Test
    void aConstantOfTheLibraryIsDefinedByAnyOfItsHeaders() {
        assertThat(expand("M_PI_F FLT_MAX")).isEqualTo("M_PI_F FLT_MAX");
        assertThat(expand("#include <metal_math>\nM_PI_F FLT_MAX INT_MIN"))
                .isEqualTo("3.14159265358979323846264338327950288F 0x1.fffffep127f ( - 2147483647 - 1 )");
    }

    @Test
    void macrosFromTheOptionsAreDefinedLikeThoseOfTheSource() {
        var options = new ParseOptions(LanguageVersion.METAL_3_1, Map.of("N", "4", "EMPTY", "", "F(x)", "(x + 1)"));
        assertThat(text(tokens("N EMPTY F(2)", options))).isEqualTo("4 ( 2 + 1 )");
    }

    @Test
    void placesAreThoseOfTheSource() {
        var result = tokens("a /* x\ny */ b\\\nc\n\td \"s\"  +e", ParseOptions.of(LanguageVersion.METAL_3_1));
        assertThat(result.stream().map(token -> token.text() + "@" + token.position()))
                .containsExactly("a@p:1:1", "bc@p:2:6", "d@p:4:2", "\"s\"@p:4:4", "+@p:4:9", "e@p:4:10", "@p:4:11");
    }

    @Test
    void whatAMacroProducesIsWhereItIsUsedAndKnowsItsDefinition() {
        var text = "#define INNER(v) v + 1\n#define OUTER(v) INNER(v) * 2\n  OUTER( y )";
        var result = tokens(text, ParseOptions.of(LanguageVersion.METAL_3_1));
        assertThat(text(result)).isEqualTo("y + 1 * 2");
        assertThat(result.get(0).position()).hasToString("p:3:10");
        assertThat(result.get(0).position().expansion()).isEmpty();
        assertThat(result.get(1).position()).hasToString("p:3:3");
        assertThat(result.get(1).position().expansion().orElseThrow().macro()).isEqualTo("INNER");
        assertThat(result.get(1).position().expansion().orElseThrow().spelling())
                .hasToString("p:1:20");
        assertThat(result.get(3).position().expansion().orElseThrow().spelling())
                .hasToString("p:2:27");
    }

    @Test
    void lineAndFileFollowTheLineDirective() {
        var result = tokens(
                "__LINE__ __FILE__\n#line 40 \"other.metal\"\n__LINE__ __FILE__ x\n__LINE__ __COUNTER__ __COUNTER__",
                ParseOptions.of(LanguageVersion.METAL_3_1));
        assertThat(text(result)).isEqualTo("1 \"p\" 40 \"other.metal\" x 41 0 1");
        assertThat(result.get(4).position()).hasToString("other.metal:40:19");
    }

    @Test
    void anUnknownHeaderEndsTheCompilation() {
        assertThatThrownBy(() -> expand("#include <metal_stdlib>\n#include \"foo.h\"\nx"))
                .isInstanceOf(CompilationAbortedException.class);
        assertThat(messages()).containsExactly("p:2:10: error: 'foo.h' file not found");
    }

    @Test
    void aPragmaOfALoopStandsBeforeItAndOthersVanish() {
        var text = """
                #pragma unroll(4)
                for
                #pragma clang diagnostic ignored "-Wall"
                #pragma mark here
                #define UNROLL _Pragma("unroll") next
                UNROLL
                """;
        var result = tokens(text, ParseOptions.of(LanguageVersion.METAL_3_1));
        assertThat(text(result)).isEqualTo("#pragma for #pragma next");
        assertThat(result.get(0).pragma().stream().map(Token::text)).containsExactly("unroll", "(", "4", ")");
        assertThat(result.get(2).position()).hasToString("p:6:1");
        assertThat(messages()).isEmpty();
    }

    @Test
    void aMacroThatDoublesWithoutEndIsStopped() {
        var text = new StringBuilder("#define A0 x x\n");
        for (int i = 1; i <= 40; i++) {
            text.append("#define A%d A%d A%d\n".formatted(i, i - 1, i - 1));
        }
        text.append("A40");
        assertThatThrownBy(() -> expand(text.toString())).isInstanceOf(CompilationAbortedException.class);
        assertThat(messages().getFirst()).startsWith("p:42:1: error: macro expansion produces too many tokens");
    }

    @Test
    void argumentsNestedWithoutEndAreStopped() {
        var text = "#define F(x) x\n" + "F(".repeat(5_000) + ")".repeat(5_000);
        assertThatThrownBy(() -> expand(text)).isInstanceOf(CompilationAbortedException.class);
        assertThat(messages().getFirst()).contains("macro arguments are nested too deeply");
    }
}
