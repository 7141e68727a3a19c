package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application that depends on the packaged jar and runs the README's programs and those beside it, with nothing else
 * of this build.
 */
final class ConsumerIT {

    private static final Path JAR = Path.of(System.getProperty("packaged.jar"));
    private static final Path RUN_TIME_JARS = Path.of(System.getProperty("run-time.jars"));

    @TempDir
    private Path project;

    /** A program that the README shows, and what it says the program prints. */
    private record Example(String name, String source, String output) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() throws IOException {
        var block = Pattern.compile("```java\\R(.*?)```.*?```text\\R(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md"))
                        + Files.readString(Path.of("src", "docs", "programs.md")));
        var found = new ArrayList<Example>();
        while (block.find()) {
            var name = Pattern.compile("public class (\\w+)").matcher(block.group(1));
            assertThat(name.find()).as("a program: %s", block.group(1)).isTrue();
            found.add(new Example(name.group(1), block.group(1), block.group(2)));
        }
        assertThat(found).hasSizeGreaterThanOrEqualTo(5);
        return found;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theReadmesExampleRunsOnTheClassPath(Example example) throws Exception {
        var source = example.name() + ".java";
        Files.writeString(project.resolve(source), example.source());
        Path classes = compile("--class-path", libraries(), source);
        String output = java(
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                libraries() + File.pathSeparator + classes,
                example.name());
        assertThat(output).isEqualToNormalizingNewlines(example.output());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theReadmesExampleRunsOnTheModulePath(Example example) throws Exception {
        var source = example.name() + ".java";
        Files.writeString(project.resolve(source), "package consumer;\n" + example.source());
        Files.writeString(project.resolve("module-info.java"), """
                module consumer {
                    requires io.ringkernel.metal;
                    opens consumer to io.ringkernel.metal;
                }
                """);
        Path classes = compile("--module-path", libraries(), source, "module-info.java");
        String output = java(
                "--enable-native-access=io.ringkernel.metal",
                "--module-path",
                libraries() + File.pathSeparator + classes,
                "--module",
                "consumer/consumer." + example.name());
        assertThat(output).isEqualToNormalizingNewlines(example.output());
    }

    @Test
    void theJarHoldsTheLibraryAndNothingElse() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(entry -> entry.getName())
                            .filter(name -> !name.startsWith("META-INF/")))
                    .allMatch(
                            name -> name.equals("module-info.class")
                                    || (name.startsWith("io/ringkernel/metal/")
                                            && (name.endsWith(".class")
                                                    || name.endsWith(".metal")
                                                    || name.endsWith("/msl/macros.txt"))),
                            "is a class of ours, MSL, or the list of its macros")
                    .noneMatch(name -> name.contains("/examples/") || name.contains("/bench/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Title"))
                    .isEqualTo("ringkernel-metal");
        }
    }

    /** The jars that an application needs at run time: ours and SLF4J's API. */
    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(RUN_TIME_JARS)) {
            Path slf4j = jars.filter(jar -> jar.getFileName().toString().startsWith("slf4j-api"))
                    .findFirst()
                    .orElseThrow();
            return JAR + File.pathSeparator + slf4j;
        }
    }

    private Path compile(String... arguments) throws Exception {
        Path classes = project.resolve("classes");
        List<String> command = new ArrayList<>(List.of(tool("javac"), "-Werror", "-d", classes.toString()));
        command.addAll(List.of(arguments));
        run(command);
        return classes;
    }

    private String java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Runs a program to its end in the consumer's folder and returns what it printed to its output. */
    private String run(List<String> command) throws IOException, InterruptedException {
        Path errors = project.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output + Files.readString(errors)).isZero();
        return output;
    }
}
