package io.ringkernel.metal.bench;

import io.ringkernel.metal.bench.table.Comparison;
import io.ringkernel.metal.bench.table.Measured;
import io.ringkernel.metal.bench.table.SpeedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks and prints each beside what it is measured against. Arguments: {@code --quick}, and whatever JMH
 * takes, which wins over the defaults here.
 */
public final class Bench {
    private static final Path JSON = Path.of("target/bench.json");
    private static final Path MARKDOWN = Path.of("target/bench.md");

    private Bench() {}

    /** How long each benchmark runs, unless an argument says otherwise. */
    private record Effort(int forks, int warmups, int iterations) {
        static final Effort USUAL = new Effort(2, 5, 4);
        static final Effort QUICK = new Effort(1, 4, 3);
        static final TimeValue WARMUP = TimeValue.milliseconds(500);
        static final TimeValue ITERATION = TimeValue.milliseconds(300);
    }

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException, IOException {
        var rest = new ArrayList<>(Arrays.asList(arguments));
        var effort = rest.remove("--quick") ? Effort.QUICK : Effort.USUAL;
        var given = new CommandLineOptions(rest.toArray(String[]::new));
        if (given.shouldHelp()) {
            given.showHelp();
            return;
        }
        var comparisons = new ArrayList<Comparison>();
        if (!rest.equals(List.of("StartUp"))) {
            comparisons.addAll(comparisons(new Runner(options(given, effort)).run()));
        }
        if (given.getIncludes().isEmpty() || given.getIncludes().contains("StartUp")) {
            comparisons.addAll(StartUp.measure(effort.forks * 5));
        }
        var table = header() + "\n" + SpeedTable.of(comparisons);
        Files.writeString(MARKDOWN, table);
        System.out.println(table);
    }

    private static Options options(CommandLineOptions given, Effort effort) {
        return new OptionsBuilder()
                .parent(given)
                .forks(given.getForkCount().orElse(effort.forks))
                .warmupIterations(given.getWarmupIterations().orElse(effort.warmups))
                .measurementIterations(given.getMeasurementIterations().orElse(effort.iterations))
                .warmupTime(given.getWarmupTime().orElse(Effort.WARMUP))
                .measurementTime(given.getMeasurementTime().orElse(Effort.ITERATION))
                .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(JSON.toString())
                .build();
    }

    private static String header() {
        return "%s, %d processors, %s %s, %s %s%n"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"));
    }

    private static String processor() {
        var cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return "unknown processor";
        }
        try (var lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }

    /** One class's methods at one choice of parameters: what may be compared. */
    private record Group(String className, Map<String, String> parameters) {
        String name() {
            var simple = className.substring(className.lastIndexOf('.') + 1).replaceFirst("Benchmark$", "");
            return parameters.isEmpty() ? simple : simple + "[" + String.join(",", parameters.values()) + "]";
        }
    }

    private static List<Comparison> comparisons(Collection<RunResult> results) {
        var groups = results.stream()
                .collect(Collectors.groupingBy(
                        Bench::groupOf,
                        LinkedHashMap::new,
                        Collectors.toMap(Bench::methodOf, Bench::measured, (one, other) -> one, LinkedHashMap::new)));
        return groups.entrySet().stream()
                .flatMap(group -> comparisons(group.getKey(), group.getValue()).stream())
                .toList();
    }

    private static List<Comparison> comparisons(Group group, Map<String, Measured> byMethod) {
        var comparisons = new ArrayList<Comparison>();
        byMethod.forEach((method, measured) -> {
            for (var goal : goals(group.className, method)) {
                var name = group.name() + "." + method;
                var alternative = Optional.ofNullable(byMethod.get(goal.against()));
                if (goal.against().isEmpty() || alternative.isPresent()) {
                    comparisons.add(new Comparison(name, measured, goal.against(), alternative, goal.atMost()));
                }
            }
        });
        return comparisons;
    }

    private static Goal[] goals(String className, String method) {
        try {
            return Arrays.stream(Class.forName(className).getMethods())
                    .filter(candidate -> candidate.getName().equals(method))
                    .min(Comparator.comparing(candidate -> candidate.isBridge()))
                    .map(found -> found.getAnnotationsByType(Goal.class))
                    .orElseThrow();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Group groupOf(RunResult result) {
        var parameters = result.getParams();
        var name = parameters.getBenchmark();
        var values = new LinkedHashMap<String, String>();
        parameters.getParamsKeys().forEach(key -> values.put(key, parameters.getParam(key)));
        return new Group(name.substring(0, name.lastIndexOf('.')), values);
    }

    private static String methodOf(RunResult result) {
        var name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Measured measured(RunResult result) {
        var samples = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(primary -> primary.getScore())
                .toArray();
        var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        boolean throughput = result.getParams().getMode() == Mode.Throughput;
        return new Measured(
                samples,
                result.getPrimaryResult().getScoreUnit(),
                throughput,
                allocated == null ? Double.NaN : allocated.getScore());
    }
}
