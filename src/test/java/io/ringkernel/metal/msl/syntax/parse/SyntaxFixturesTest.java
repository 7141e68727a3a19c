package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostic.Severity;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources under {@code msl/syntax}: those in {@code accept} parse without error; those in {@code reject} report exactly
 * what their comments say, on the lines of the comments: {@code // error: text}, {@code // warning: text}.
 */
final class SyntaxFixturesTest {
    private static final Pattern EXPECTATION =
            Pattern.compile("// (error|warning): (.*?)(?= // (?:error|warning): |$)");

    static Stream<Path> accepted() throws IOException, URISyntaxException {
        return sources("accept");
    }

    static Stream<Path> rejected() throws IOException, URISyntaxException {
        return sources("reject");
    }

    private static Stream<Path> sources(String folder) throws IOException, URISyntaxException {
        var root = Path.of(
                SyntaxFixturesTest.class.getResource("/msl/syntax/" + folder).toURI());
        try (var files = Files.list(root)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void anAcceptedSourceHasNoErrors(Path source) throws IOException {
        var errors = parse(Files.readString(source)).stream()
                .filter(message -> message.severity() == Severity.ERROR)
                .toList();
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aRejectedSourceReportsWhatItsCommentsSay(Path source) throws IOException {
        var text = Files.readString(source);
        var reported = parse(text).stream()
                .filter(message -> message.severity() != Severity.NOTE)
                .map(message ->
                        message.position().line() + ": " + message.severity().word() + ": " + message.message())
                .sorted()
                .toList();
        assertThat(reported).isEqualTo(expectations(text));
    }

    private static List<String> expectations(String text) {
        var result = new ArrayList<String>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var matcher = EXPECTATION.matcher(lines.get(i));
            while (matcher.find()) {
                result.add((i + 1) + ": " + matcher.group(1) + ": " + matcher.group(2));
            }
        }
        var sorted = result.toArray(String[]::new);
        Arrays.sort(sorted);
        return List.of(sorted);
    }

    private static List<Diagnostic> parse(String text) {
        var diagnostics = new Diagnostics();
        try {
            MslParser.parse("fixture.metal", text, ParseOptions.of(LanguageVersion.METAL_3_2), diagnostics);
        } catch (CompilationAbortedException aborted) {
            assertThat(diagnostics.hasErrors()).isTrue();
        }
        return diagnostics.messages();
    }
}
