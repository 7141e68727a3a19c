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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that depends on the packaged jar and runs the README's first example, with nothing else of this build.
 */
final class ConsumerIT {

    private static final Path JAR = Path.of(System.getProperty("packaged.jar"));
    private static final Path RUN_TIME_JARS = Path.of(System.getProperty("run-time.jars"));

    @TempDir
    private Path project;

    private String expectedOutput;

    @BeforeEach
    void writeTheReadmesExample() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Files.writeString(project.resolve("Add.java"), firstBlock("java", readme));
        expectedOutput = firstBlock("text", readme);
    }

    @Test
    void theReadmesExampleRunsOnTheClassPath() throws Exception {
        Path classes = compile("--class-path", libraries(), "Add.java");
        String output = java(
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                libraries() + File.pathSeparator + classes,
                "Add");
        assertThat(output).isEqualToNormalizingNewlines(expectedOutput);
    }

    @Test
    void theReadmesExampleRunsOnTheModulePath() throws Exception {
        Path source = project.resolve("Add.java");
        Files.writeString(source, "package consumer;\n" + Files.readString(source));
        Files.writeString(project.resolve("module-info.java"), "module consumer { requires io.ringkernel.metal; }");
        Path classes = compile("--module-path", libraries(), "Add.java", "module-info.java");
        String output = java(
                "--enable-native-access=io.ringkernel.metal",
                "--module-path",
                libraries() + File.pathSeparator + classes,
                "--module",
                "consumer/consumer.Add");
        assertThat(output).isEqualToNormalizingNewlines(expectedOutput);
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
                                            && (name.endsWith(".class") || name.endsWith(".metal"))),
                            "is a class of ours or MSL")
                    .noneMatch(name -> name.contains("/examples/") || name.contains("/bench/"));
            assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Title"))
                    .isEqualTo("ringkernel-metal");
        }
    }

    private static String firstBlock(String language, String readme) {
        var block = Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(block.find()).as("README.md has a block of %s", language).isTrue();
        return block.group(1);
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
