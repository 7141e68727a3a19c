package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.run.check.Finding;
import io.ringkernel.metal.msl.run.check.FindingSink;
import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the kernels in {@code msl/check}: those in {@code faulty} have one fault each, with {@code // finding: KIND} on
 * its one or two lines; those in {@code right} have none. What else may be found in a faulty one is only between lines
 * that are marked, with {@code // near} if with no finding of their own.
 */
final class CheckFixtureTest {
    private static final Pattern MARK = Pattern.compile("// (?:finding: (\\w+)|near)");

    /** Findings by kind and lines. */
    private static final class Found implements FindingSink {
        private final Map<Key, Finding> byKey = new LinkedHashMap<>();

        @Override
        public void take(Key key, Supplier<Finding> finding) {
            byKey.computeIfAbsent(key, _ -> finding.get());
        }
    }

    private static Stream<DynamicTest> fixtures(String folder, Consumer<String> check) {
        try {
            var directory = Path.of(
                    CheckFixtureTest.class.getResource("/msl/check/" + folder).toURI());
            return Files.list(directory)
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> check.accept(Files.readString(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Found run(String source) {
        var fixture = new KernelFixture(source);
        var found = new Found();
        var options = fixture.options().withInstrumentation(Instrumentation.ALL);
        assertThat(fixture.run(options, found).mismatches()).isEmpty();
        return found;
    }

    @TestFactory
    Stream<DynamicTest> rightKernelsHaveNoFindings() {
        return fixtures(
                "right", source -> assertThat(run(source).byKey.values()).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> faultsAreFoundAtTheirLines() {
        return fixtures("faulty", source -> {
            var kinds = new TreeSet<Finding.Kind>();
            var expected = new TreeSet<Integer>();
            var marked = new TreeSet<Integer>();
            var lines = source.split("\n");
            for (int i = 0; i < lines.length; i++) {
                var mark = MARK.matcher(lines[i]);
                if (mark.find()) {
                    marked.add(i + 1);
                    if (mark.group(1) != null) {
                        expected.add(i + 1);
                        kinds.add(Finding.Kind.valueOf(mark.group(1)));
                    }
                }
            }
            var found = run(source).byKey;
            assertThat(kinds).hasSize(1);
            assertThat(found.values())
                    .as(found.values().toString())
                    .anyMatch(finding ->
                            finding.kind() == kinds.first() && lines(finding).equals(expected));
            assertThat(found.values()).allMatch(finding -> marked.containsAll(lines(finding)));
        });
    }

    private static TreeSet<Integer> lines(Finding finding) {
        var lines = new TreeSet<Integer>();
        finding.first().ifPresent(first -> lines.add(first.line()));
        lines.add(finding.second().line());
        return lines;
    }
}
