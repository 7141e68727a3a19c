package io.ringkernel.metal.msl.check.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.Diagnostic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources under {@code msl/reject} are refused where a comment {@code // error: text} stands, with that text in the
 * message, and nowhere else; {@code // error at 14: text} also says the column.
 */
final class RejectTest {
    private static final Pattern EXPECTED = Pattern.compile("// error(?: at (\\d+))?: (.*?)(?=\\s*// error|$)");

    private record Expected(int line, int column, String text) {
        boolean is(Diagnostic error) {
            return error.position().line() == line
                    && (column == 0 || error.position().column() == column)
                    && error.message().contains(text);
        }
    }

    static Stream<Fixture> fixtures() throws IOException {
        return Fixture.all("reject");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theErrorStandsWhereTheCommentSays(Fixture fixture) {
        var expected = expected(fixture.text());
        assertThat(expected).as("a rejected source says what is wrong").isNotEmpty();
        var errors = fixture.check().errors();
        for (var one : expected) {
            assertThat(errors).as("line %d: %s", one.line(), one.text()).anyMatch(one::is);
        }
        assertThat(errors).as("errors").hasSameSizeAs(expected);
    }

    private static List<Expected> expected(String text) {
        var expected = new ArrayList<Expected>();
        int number = 0;
        for (var line : text.split("\n")) {
            number++;
            var matcher = EXPECTED.matcher(line);
            while (matcher.find()) {
                int column = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
                expected.add(new Expected(number, column, matcher.group(2).strip()));
            }
        }
        return expected;
    }

    @Test
    void anEndlessInstantiationIsRefused() throws InterruptedException {
        var source = """
                template <int n> struct Deep { static constexpr constant int value = Deep<n + 1>::value; };
                constant int x = Deep<0>::value;
                """;
        var errors = new ArrayList<Diagnostic>();
        // The compiler has a stack of its own.
        var compiler = new Thread(
                null, () -> errors.addAll(new Fixture("endless", source).check().errors()), "compiler", 1 << 29);
        compiler.start();
        compiler.join();
        assertThat(errors).anyMatch(error -> error.message().contains("exceeded maximum depth of 1024"));
    }
}
