package io.ringkernel.metal.examples.soak;

import io.ringkernel.metal.CompilationFailedException;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Compiles 100,000 damaged sources, made from the compiler's fixtures and the library's shaders with seeds that are
 * printed, and fails on an internal error, on one that takes too long, and on a diagnostic without a place.
 */
public final class CompilerSoak {
    private static final int MUTANTS = 100_000;
    private static final int ROUND = 5_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<Path> FOLDERS = List.of(
            Path.of("src/test/resources/msl/accept"),
            Path.of("src/test/resources/msl/reject"),
            Path.of("src/test/resources/msl/fault"),
            Path.of("msl"));

    private CompilerSoak() {}

    /**
     * {@code arguments} may be the number of mutants, the first seed, and a folder with other sources to damage, which
     * are looked for in folders inside of it too; exits with 1 if one of the mutants failed.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MUTANTS;
        long first = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        var sources = arguments.length > 2 ? sources(List.of(Path.of(arguments[2]))) : sources(FOLDERS);
        System.out.printf("%,d mutants of %d sources, seeds from %d%n", count, sources.size(), first);
        int failures = 0;
        try (var device = MetalDevice.software();
                var executor = Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().factory())) {
            for (int i = 0; i < count; i++) {
                long seed = first + i;
                var mutant = mutant(sources, new Random(seed));
                var problem = executor.submit(() -> problem(device, mutant));
                try {
                    var found = problem.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
                    failures += report(seed, found, mutant);
                } catch (TimeoutException e) {
                    failures += report(seed, "takes longer than " + LONGEST, mutant);
                } catch (ExecutionException e) {
                    failures += report(seed, e.getCause().toString(), mutant);
                }
                if ((i + 1) % ROUND == 0) {
                    System.out.printf("  %,7d  %d failed%n", i + 1, failures);
                }
            }
            System.exit(failures == 0 ? 0 : 1);
        }
    }

    private static int report(long seed, String problem, String mutant) throws IOException {
        if (problem.isEmpty()) {
            return 0;
        }
        var file = Files.writeString(Files.createTempFile("mutant-" + seed + "-", ".metal"), mutant);
        System.out.println("seed " + seed + ": " + problem + " (" + file + ")");
        return 1;
    }

    private static List<String> sources(List<Path> folders) throws IOException {
        var sources = new ArrayList<String>();
        for (var folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                    sources.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                }
            }
        }
        return sources;
    }

    /** A source with a few words removed, doubled, moved, or replaced by those of another source. */
    private static String mutant(List<String> sources, Random random) {
        var words = words(sources.get(random.nextInt(sources.size())));
        var others = words(sources.get(random.nextInt(sources.size())));
        for (int changes = 1 + random.nextInt(6); changes > 0 && !words.isEmpty(); changes--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(6)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, words.get(random.nextInt(words.size())));
                case 3 -> words.set(at, others.get(random.nextInt(others.size())));
                case 4 -> {
                    int from = random.nextInt(others.size());
                    words.addAll(at, List.copyOf(others.subList(from, Math.min(others.size(), from + 12))));
                }
                default ->
                    words.subList(at, Math.min(words.size(), at + 1 + random.nextInt(12)))
                            .clear();
            }
        }
        return String.join("", words);
    }

    private static List<String> words(String source) {
        return new ArrayList<>(List.of(source.split("(?<=\\W)|(?=\\W)")));
    }

    private static void makePipeline(MetalDevice device, MetalLibrary library, String name) {
        try (var function = library.function(name);
                var pipeline = device.newPipeline(function)) {
            if (pipeline.maxTotalThreadsPerThreadgroup() < 1) {
                throw new IllegalStateException("a pipeline without threads: " + pipeline);
            }
        }
    }

    /** What is wrong with how a source is compiled, not with the source; empty if nothing is. */
    private static String problem(MetalDevice device, String source) {
        try (var library = device.newLibrary(source)) {
            for (var name : library.functionNames()) {
                makePipeline(device, library, name);
            }
            return "";
        } catch (CompilationFailedException e) {
            var text = String.valueOf(e.getMessage());
            if (text.contains("internal compiler error") || text.contains("gave no reason")) {
                return text.lines().findFirst().orElse(text);
            }
            boolean isPlaced = e.diagnostics().stream().allMatch(one -> one.line() > 0 && one.column() > 0);
            return isPlaced ? "" : "a diagnostic without a place: " + text;
        }
    }
}
