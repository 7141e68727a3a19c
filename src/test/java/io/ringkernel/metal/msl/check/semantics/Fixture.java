package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A source text of its own; comments such as {@code // version: 3.1} say how it wants to be compiled. */
record Fixture(String name, String text) {
    /** What became of it; no program if the check was abandoned. */
    record Checked(Program program, List<Diagnostic> errors) {}

    static Stream<Fixture> all(String folder) throws IOException {
        try (var files = Files.list(Path.of("src/test/resources/msl", folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".metal"))
                    .sorted()
                    .map(Fixture::read)
                    .toList()
                    .stream();
        }
    }

    private static Fixture read(Path file) {
        try {
            return new Fixture(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of the line {@code // key: rest}, or null. */
    String header(String key) {
        var start = "// " + key + ":";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    private LanguageVersion version() {
        var wanted = header("version");
        return wanted == null
                ? LanguageVersion.METAL_3_0
                : LanguageVersion.valueOf("METAL_" + wanted.replace('.', '_'));
    }

    Checked check() {
        var diagnostics = new Diagnostics();
        Program program = null;
        try {
            var unit = MslParser.parse(name, text, ParseOptions.of(version()), diagnostics);
            program = Checker.check(unit, version(), diagnostics);
        } catch (CompilationAbortedException _) {
            // The diagnostics say why.
        }
        var errors = diagnostics.messages().stream()
                .filter(message -> message.severity() == Diagnostic.Severity.ERROR)
                .toList();
        return new Checked(program, errors);
    }

    @Override
    public String toString() {
        return name;
    }
}
