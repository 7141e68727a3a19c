package io.ringkernel.metal.msl.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.lower.UnsupportedCode;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is written depends on the kernel alone: not on how often it is written, nor on what was written before. */
final class RepeatableEmissionTest {
    private static final String HEADER = "#include <metal_stdlib>\nusing namespace metal;\n";

    @TestFactory
    Stream<DynamicTest> everyKernelIsWrittenAlikeEachTime() throws IOException, URISyntaxException {
        var folder =
                Path.of(RepeatableEmissionTest.class.getResource("/msl/accept").toURI());
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> assertRepeatable(check(file))));
        }
    }

    private static Program check(Path file) throws IOException {
        return check(Files.readString(file));
    }

    private static Program check(String source) {
        var version = LanguageVersion.METAL_4_0;
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("program_source", source, ParseOptions.of(version), diagnostics);
        return Checker.check(unit, version, diagnostics);
    }

    private static void assertRepeatable(Program program) {
        if (program.functionConstants().isEmpty()) {
            program.kernels().stream()
                    .filter(kernel -> UnsupportedCode.reason(kernel).isEmpty())
                    .forEach(kernel -> assertRepeatable(program, kernel));
        }
    }

    private static void assertRepeatable(Program program, Kernel kernel) {
        for (var fast : List.of(true, false)) {
            var lowered = new KernelProgram(program, kernel, Map.of(), new CodeOptions(true, fast, !fast, false));
            var first = new ClassEmitter(lowered, "msl.k").emit();
            var second = new ClassEmitter(lowered, "msl.k").emit();
            assertThat(Arrays.equals(first, second)).as(kernel.name()).isTrue();
        }
    }

    private static String repeated(int count, String statement) {
        return IntStream.range(0, count).mapToObj(statement::formatted).collect(Collectors.joining("\n"));
    }

    /** A jump over more than 32 KB makes the class file's writer write the method again. */
    @Test
    void aMethodWithLongJumpsHasItsPartsOnce() {
        var body = repeated(5000, "o[o[0] & 7] += o[1] * 3;");
        var program = check(HEADER + "kernel void k(device int* o [[buffer(0)]]) {" + body + "}");
        var options = new CodeOptions(true, true, false, false);
        var lowered = new KernelProgram(program, program.kernels().getFirst(), Map.of(), options);
        var names = ClassFile.of().parse(new ClassEmitter(lowered, "msl.k").emit()).methods().stream()
                .map(MethodModel::methodName)
                .map(Object::toString);
        assertThat(names).doesNotHaveDuplicates();
    }
}
