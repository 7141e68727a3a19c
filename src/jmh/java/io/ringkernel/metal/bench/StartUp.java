package io.ringkernel.metal.bench;

import io.ringkernel.metal.bench.table.Comparison;
import io.ringkernel.metal.bench.table.Measured;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The time from starting a JVM to its first completed kernel, without and with an ahead-of-time cache (JEP 483, 514).
 * The two take turns, so that what disturbs the machine disturbs both.
 */
final class StartUp {
    private static final Path DIRECTORY = Path.of("target/start-up");
    private static final Path CACHE = DIRECTORY.resolve("first-kernel.aot");
    private static final double NANOS_PER_MILLI = 1e6;

    private StartUp() {}

    /** Starts so many JVMs of each kind. */
    static List<Comparison> measure(int times) {
        try {
            Files.createDirectories(DIRECTORY);
            var classPath = jars();
            millisToFirstKernel(classPath, "-XX:AOTCacheOutput=" + CACHE);
            var plain = new double[times];
            var cached = new double[times];
            for (int i = 0; i < times; i++) {
                plain[i] = millisToFirstKernel(classPath, "-Xshare:auto");
                cached[i] = millisToFirstKernel(classPath, "-XX:AOTCache=" + CACHE);
            }
            var plainTimes = new Measured(plain, "ms", false, Double.NaN);
            var cachedTimes = new Measured(cached, "ms", false, Double.NaN);
            return List.of(new Comparison(
                    "StartUp.aotCache", cachedTimes, "without", Optional.of(plainTimes), Double.POSITIVE_INFINITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path with jars for its directories, since a cache holds no classes of directories. */
    private static String jars() {
        var entries = System.getProperty("java.class.path").split(File.pathSeparator);
        var jars = Stream.of("classes", "jmh").map(name -> jar(Path.of("target", name)));
        return Stream.concat(jars, Arrays.stream(entries).filter(entry -> entry.endsWith(".jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String jar(Path directory) {
        var file = DIRECTORY.resolve(directory.getFileName() + ".jar").toString();
        int status = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", file, "-C", directory.toString(), ".");
        if (status != 0) {
            throw new IllegalStateException("jar ended with status " + status);
        }
        return file;
    }

    private static double millisToFirstKernel(String classPath, String option) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--class-path", classPath, "--enable-native-access=ALL-UNNAMED", option));
        command.addAll(List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", FirstKernel.class.getName()));
        long began = System.nanoTime();
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader()) {
            var line = output.readLine();
            double millis = (System.nanoTime() - began) / NANOS_PER_MILLI;
            if (!FirstKernel.DONE.equals(line)) {
                throw new IllegalStateException("the program said: " + line);
            }
            process.waitFor();
            return millis;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
