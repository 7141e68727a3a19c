package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The repository as a newcomer sees it: what lies at the top, and whether the README tells the truth about commands.
 */
final class RepositoryTest {

    private static final Set<String> TOP_LEVEL =
            Set.of("pom.xml", "README.md", "LICENSE", "src", "native-headers", "msl", "scripts", "mvnw", "mvnw.cmd");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void theTopLevelHoldsNothingUnexpected() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(""))) {
            assertThat(entries.map(Path::toString)
                            .filter(name -> !name.startsWith("."))
                            .filter(name -> !name.equals("target")))
                    .isSubsetOf(TOP_LEVEL);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no executable bit there")
    void everyScriptWithAnInterpreterIsExecutable() throws IOException {
        try (Stream<Path> scripts = Stream.concat(Files.list(Path.of("scripts")), Stream.of(Path.of(".ci", "run")))) {
            assertThat(scripts.filter(RepositoryTest::namesAnInterpreter))
                    .isNotEmpty()
                    .allMatch(Files::isExecutable, "is executable");
        }
    }

    @Test
    void theReadmeNamesTheTwoCommandsThatDoAllTheSetUp() throws IOException {
        assertThat(scriptsNamedInTheReadme()).contains("scripts/demo", "scripts/test");
    }

    @Test
    void everyCommandThatTheReadmeNamesExists() throws IOException {
        assertThat(scriptsNamedInTheReadme()).allMatch(name -> Files.isRegularFile(Path.of(name)), "is a file");
    }

    @Test
    void everyLinkInTheReadmeLeadsToAFile() throws IOException {
        List<String> targets =
                LINK.matcher(readme()).results().map(match -> match.group(1)).toList();
        assertThat(targets).isNotEmpty().allMatch(target -> Files.exists(Path.of(target)), "exists");
    }

    @Test
    void everyLinkInAPageLeadsToAFile() throws IOException {
        for (Path folder : List.of(Path.of("src", "docs"), Path.of(".github"), Path.of("src", "jmh"))) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path page :
                        files.filter(file -> file.toString().endsWith(".md")).toList()) {
                    assertThat(LINK.matcher(Files.readString(page)).results().map(match -> match.group(1)))
                            .as("%s", page)
                            .allMatch(target -> Files.exists(folder.resolve(target)), "exists");
                }
            }
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(readme().lines()).hasSizeLessThanOrEqualTo(180);
    }

    private static List<String> scriptsNamedInTheReadme() throws IOException {
        return Pattern.compile("(?:scripts|\\.ci)/[a-z][a-z.-]*[a-z]")
                .matcher(readme())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static boolean namesAnInterpreter(Path script) {
        try {
            return Files.readString(script).startsWith("#!");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
