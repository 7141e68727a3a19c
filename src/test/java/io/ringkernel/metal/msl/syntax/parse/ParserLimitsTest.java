package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserLimitsTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private void parse(String source) {
        MslParser.parse("t", source, ParseOptions.of(LanguageVersion.METAL_4_0), diagnostics);
    }

    private record Nesting(String name, IntFunction<String> source) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Nesting nest(String before, String open, String middle, String close, String after) {
        return new Nesting(open, depth -> before + open.repeat(depth) + middle + close.repeat(depth) + after);
    }

    /** With a bracket at each level, or a declaration, of which some may be nested. */
    static Stream<Nesting> nestings() {
        return Stream.of(
                nest("constant int x = ", "(", "1", ")", ";"),
                nest("constant int x = ", "f(", "1", ")", ";"),
                nest("constant int x = ", "a[", "1", "]", ";"),
                nest("constant int x[] = ", "{", "1", "}", ";"),
                nest("constant int x = ", "[] { return ", "1", "; }", ";"),
                nest("constant int x = ", "int(", "1", ")", ";"),
                nest("void f() { ", "{", "", "}", "}"),
                nest("template <typename T> struct A {}; ", "A<", "int", ">", " x;"),
                nest("template <int N> struct A { enum { v }; }; constant int x = ", "A<", "1", ">::v", ";"),
                nest("", "namespace n {", "", "}", ""),
                nest("", "struct S {", "", "};", ""),
                nest("void f(", "int (*g)(", "int a", ")", ");"),
                nest("constant int ", "(", "x", ")", " = 1;"),
                nest("", "template <typename T> ", "void S<T>::f();", "", ""));
    }

    /** Operands and branches in a row, of which there may be any number. */
    static Stream<Nesting> chains() {
        return Stream.of(
                nest("constant int x = ", "- ", "1", "", ";"),
                nest("constant int x = ", "!-", "1", "", ";"),
                nest("constant int x = ", "(int)", "1", "", ";"),
                nest("constant int x = ", "a ? b : ", "1", "", ";"),
                nest("constant int x = ", "a ? b + ", "1", " : 1", ";"),
                nest("constant int x = ", "a = ", "1", "", ";"),
                nest("constant int x = ", "sizeof ", "1", "", ";"),
                nest("void f() { ", "if (a) ", ";", "", "}"),
                nest("void f() { ", "if (a) ; else ", ";", "", "}"),
                nest("void f() { ", "for (;;) ", ";", "", "}"),
                nest("void f() { ", "do ", ";", "while (1);", "}"),
                nest("void f() { ", "x: ", ";", "", "}"),
                nest("void f() { a", " + 1", "", "", "; }"),
                nest("void f() { a", ".x", "", "", "; }"),
                nest("void f() { a", "(1)", "", "", "; }"),
                nest("void f() { a", "[1]", "", "", "; }"),
                nest("void f() { a", ", 1", "", "", "; }"),
                nest("void f() { a", " && 1", "", "", "; }"),
                nest("void f() { a", "++", "", "", "; }"));
    }

    @ParameterizedTest
    @MethodSource("nestings")
    void deepNestingIsRefusedAndNotAStackOverflow(Nesting nesting) throws InterruptedException {
        assertThat(thrownBy(nesting.source.apply(21_000))).isInstanceOf(CompilationAbortedException.class);
        assertThat(diagnostics.messages().getLast().message()).contains("nesting level exceeded maximum of ");
    }

    /** What the parser throws on a stack as large as the compiler's. */
    private Throwable thrownBy(String source) throws InterruptedException {
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(null, () -> parse(source), "parser", 1 << 30);
        thread.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
        thread.start();
        thread.join();
        return thrown.get();
    }

    @ParameterizedTest
    @MethodSource("chains")
    void operatorsAndBranchesInARowHaveNoLimit(Nesting chain) throws InterruptedException {
        assertThat(thrownBy(chain.source.apply(30_000))).isNull();
        assertThat(diagnostics.hasErrors()).as("%s", diagnostics.messages()).isFalse();
    }

    @Test
    void eachKindOfBracketIsCountedByItself() throws InterruptedException {
        var inside = "(".repeat(200) + "a[".repeat(200) + "1" + "]".repeat(200) + ")".repeat(200);
        assertThat(thrownBy("void f() " + "{".repeat(200) + inside + ";" + "}".repeat(200)))
                .isNull();
        assertThat(diagnostics.messages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"nestings", "chains"})
    void nestingThatPeopleWriteIsParsedQuickly(Nesting nesting) {
        assertTimeout(Duration.ofSeconds(2), () -> parse(nesting.source.apply(60)));
        assertThat(diagnostics.hasErrors()).as("%s", diagnostics.messages()).isFalse();
    }

    @Test
    void aLongTableAndALongSwitchAreNoNesting() {
        parse("constant int t[] = {" + "1, ".repeat(20_000) + "};");
        var cases = new StringBuilder("void f(int a) { switch (a) {");
        for (int i = 0; i < 2_000; i++) {
            cases.append("case ").append(i).append(": ");
        }
        parse(cases.append("a = 1; } }").toString());
        assertThat(diagnostics.messages()).isEmpty();
    }

    /**
     * Sources with tokens removed, doubled and exchanged at random: whatever they are, the parser ends with a verdict.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedSourcesAreReportedNotCrashedOn(long seed) throws IOException, URISyntaxException {
        var random = new Random(seed);
        for (var source : acceptedSources()) {
            var words = new ArrayList<>(List.of(source.split("(?<=\\W)|(?=\\W)")));
            for (int i = 0; i < 12; i++) {
                int at = random.nextInt(words.size());
                switch (random.nextInt(3)) {
                    case 0 -> words.remove(at);
                    case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                    default -> words.set(at, words.get(random.nextInt(words.size())));
                }
            }
            var damaged = new Diagnostics();
            try {
                MslParser.parse("t", String.join("", words), ParseOptions.of(LanguageVersion.METAL_3_2), damaged);
            } catch (CompilationAbortedException aborted) {
                assertThat(damaged.hasErrors()).isTrue();
            }
        }
    }

    @Test
    void twoThousandLinesAreParsedWellUnderAFifthOfASecond() throws IOException, URISyntaxException {
        var unit = String.join("\n", acceptedSources());
        var source = new StringBuilder("#include <metal_stdlib>\n");
        for (int i = 0; source.toString().lines().count() < 2_000; i++) {
            source.append("namespace n")
                    .append(i)
                    .append(" {\n")
                    .append(unit.replace("#include", "//"))
                    .append("}\n");
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            var fresh = new Diagnostics();
            long start = System.nanoTime();
            MslParser.parse("t", source.toString(), ParseOptions.of(LanguageVersion.METAL_3_2), fresh);
            best = Math.min(best, System.nanoTime() - start);
            assertThat(fresh.errorCount()).isZero();
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(200));
    }

    private static List<String> acceptedSources() throws IOException, URISyntaxException {
        var folder =
                Path.of(ParserLimitsTest.class.getResource("/msl/syntax/accept").toURI());
        var result = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                result.add(Files.readString(file));
            }
        }
        return result;
    }
}
