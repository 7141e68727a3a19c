package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.check.CheckSession;
import io.ringkernel.metal.msl.run.check.FindingSink;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source file that says in comments how to run it:
 *
 * <pre>
 * // kernel: name                          the first kernel of the library if absent
 * // version: 3.2                          3.1 if absent
 * // grid: x[,y[,z]] threads: x[,y[,z]]    threads of the grid and of a threadgroup
 * // constant 0: uint 3                    a function constant
 * // buffer 0: float[4] = 1 2 3 4          content; one value fills
 * // threadgroup 0: 1024                   bytes
 * // expect 1: float[4] = 2 4 6 8          what a buffer holds afterwards, from its start
 * // fault: text                           on the line that fails: part of the fault's message
 * </pre>
 */
record KernelFixture(String source) {
    private static final Pattern GRID = Pattern.compile("// grid: ([\\d, ]+?) threads: ([\\d, ]+)");
    private static final Pattern DATA = Pattern.compile("// (buffer|expect) (\\d+): (\\w+)\\[(\\d+)] = (.*)");
    private static final Pattern CONSTANT = Pattern.compile("// constant (\\d+): (\\w+) (\\S+)");
    private static final Pattern THREADGROUP = Pattern.compile("// threadgroup (\\d+): (\\d+)");
    private static final Pattern FAULT = Pattern.compile("// fault: (.*)");

    private String setting(String name, String otherwise) {
        var matcher = Pattern.compile("// " + name + ": (\\S+)").matcher(source);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    MslOptions options() {
        var version = setting("version", "3.1").replace('.', '_');
        return MslOptions.of(LanguageVersion.valueOf("METAL_" + version));
    }

    String kernelName(MslLibrary library) {
        return setting("kernel", library.kernelNames().getFirst());
    }

    private static Extent extent(String text) {
        var parts = Arrays.stream(text.split(","))
                .map(String::strip)
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Extent(parts[0], parts.length > 1 ? parts[1] : 1, parts.length > 2 ? parts[2] : 1);
    }

    private Grid grid() {
        var matcher = GRID.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("fixture has no grid");
        }
        return Grid.ofThreads(extent(matcher.group(1)), extent(matcher.group(2)));
    }

    Map<Integer, byte[]> constants() {
        var constants = new HashMap<Integer, byte[]>();
        CONSTANT.matcher(source)
                .results()
                .forEach(m -> constants.put(
                        Integer.parseInt(m.group(1)),
                        ScalarData.of(m.group(2), 1, m.group(3)).bytes()));
        return constants;
    }

    private Map<Integer, ScalarData> data(String kind) {
        var data = new TreeMap<Integer, ScalarData>();
        for (Matcher m = DATA.matcher(source); m.find(); ) {
            if (m.group(1).equals(kind)) {
                data.put(
                        Integer.parseInt(m.group(2)),
                        ScalarData.of(m.group(3), Integer.parseInt(m.group(4)), m.group(5)));
            }
        }
        return data;
    }

    /** The line that must fail and what the message must say; empty when none is marked. */
    List<Map.Entry<Integer, String>> faults() {
        var faults = new ArrayList<Map.Entry<Integer, String>>();
        var lines = source.split("\n");
        for (int i = 0; i < lines.length; i++) {
            var matcher = FAULT.matcher(lines[i]);
            if (matcher.find()) {
                faults.add(Map.entry(i + 1, matcher.group(1).strip()));
            }
        }
        return faults;
    }

    /** Runs the kernel, all units on this thread. */
    Result run(MslOptions options) {
        return run(options, FindingSink.NONE);
    }

    /** The same with somebody to tell what instrumented code finds. */
    Result run(MslOptions options, FindingSink sink) {
        try (var library = MslCompiler.compile(source, options);
                var arena = Arena.ofConfined()) {
            var kernel = library.specialize(kernelName(library), constants());
            var buffers = new HashMap<Integer, MemorySegment>();
            data("buffer").forEach((index, data) -> buffers.put(index, data.in(arena)));
            var lengths = new HashMap<Integer, Integer>();
            THREADGROUP
                    .matcher(source)
                    .results()
                    .forEach(m -> lengths.put(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))));
            var run = kernel.prepare(TestKernel.arguments(buffers, lengths, grid(), resolver(buffers))
                    .withSession(new CheckSession(sink)));
            run.run(0, run.unitCount());
            var mismatches = new ArrayList<String>();
            data("expect")
                    .forEach((index, expected) -> expected.mismatch(buffers.get(index))
                            .ifPresent(text -> mismatches.add("buffer " + index + ": " + text)));
            return new Result(mismatches);
        }
    }

    private static AddressResolver resolver(Map<Integer, MemorySegment> buffers) {
        return address -> buffers.values().stream()
                .filter(b -> address >= b.address() && address < b.address() + b.byteSize())
                .findFirst();
    }

    /** What is not as expected. */
    record Result(List<String> mismatches) {}
}
