package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workflows name exists, what they run is fixed, and no run is without an end. */
final class WorkflowTest {

    private static final Path WORKFLOWS = Path.of(".github", "workflows");
    private static final Path SOAK =
            Path.of("src", "examples", "java", "io", "ringkernel", "metal", "examples", "soak");

    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w./])(?:scripts|\\.ci)/[\\w-]+");
    private static final Pattern SOAK_PROGRAM = Pattern.compile("\\b\\w+Soak\\b");
    private static final Pattern USES = Pattern.compile("uses: *(.*)");
    private static final Pattern ACTION = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+(\\.\\d+){2}");
    private static final Pattern JOB = Pattern.compile("(?m)^ {2}([\\w-]+):$(?:\\R(?: {4}.*| *| {2}#.*)$)*");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.sorted().toList();
        }
    }

    @Test
    void thereIsOneForEachOccasion() throws IOException {
        assertThat(workflows())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("ci.yml", "nightly.yml", "release.yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyScriptThatItRunsIsThere(Path workflow) throws IOException {
        assertThat(all(SCRIPT, Files.readString(workflow)))
                .isNotEmpty()
                .allMatch(script -> Files.isRegularFile(Path.of(script)), "is a file");
    }

    @Test
    void everyLongProgramRunsAtNight() throws IOException {
        try (Stream<Path> files = Files.list(SOAK)) {
            List<String> programs = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Soak.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
            assertThat(all(SOAK_PROGRAM, Files.readString(WORKFLOWS.resolve("nightly.yml"))))
                    .containsExactlyInAnyOrderElementsOf(programs);
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsFixedByTheDigestOfItsCommit(Path workflow) throws IOException {
        assertThat(USES.matcher(Files.readString(workflow)).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allMatch(ACTION.asMatchPredicate(), "is a commit with its version beside it");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void oneRunAtATimeAndEveryJobEnds(Path workflow) throws IOException {
        String text = Files.readString(workflow);
        assertThat(text).contains("\nconcurrency:\n  group: ", "\npermissions:\n  contents: read\n");
        List<String> jobs = all(JOB, text.substring(text.indexOf("\njobs:\n") + 1));
        assertThat(jobs)
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job)
                        .containsPattern("(?m)^ {4}timeout-minutes: \\d+$")
                        .containsPattern("(?m)^ {4}steps:$"));
    }

    /** Two triggers that fire for one push to a branch of a pull request would test it twice. */
    @Test
    void aPushToTheBranchOfAPullRequestIsTestedOnce() throws IOException {
        assertThat(Files.readString(WORKFLOWS.resolve("ci.yml")))
                .contains("\non:\n  push:\n    branches: [main]\n  pull_request:\n");
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).toList();
    }
}
