package io.ringkernel.metal.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What jextract generated against what the headers say, so that the two cannot drift apart unnoticed. */
final class GeneratedBindingsTest {
    private static final Path FOLDER = Path.of("src/generated/java/io/ringkernel/metal/bindings");

    private final NativeHeaders headers = new NativeHeaders();

    @Test
    void everyFunctionTypeHasTheHeadersSignature() throws ReflectiveOperationException {
        var wrong = new ArrayList<String>();
        for (var function : headers.functions) {
            var descriptor = (FunctionDescriptor)
                    generated(function.name()).getMethod("descriptor").invoke(null);
            var arguments = function.arguments().stream().map(this::shape).collect(Collectors.joining(" "));
            var expected = arguments + " -> " + shape(function.result());
            if (!shape(descriptor).equals(expected)) {
                wrong.add(function.name() + ": " + shape(descriptor) + " instead of " + expected);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyConstantHasTheHeadersValue() throws ReflectiveOperationException {
        for (var constant : headers.constants) {
            var value = (Number) Mtl.class.getMethod(constant.name()).invoke(null);
            assertThat(value.longValue()).as(constant.name()).isEqualTo(constant.value());
        }
    }

    @Test
    void everyStructHasApplesSizeAlignmentAndOffsets() throws ReflectiveOperationException {
        for (var row : ApiTable.rows("structs.tsv")) {
            var layout =
                    (GroupLayout) generated(row.getFirst()).getMethod("layout").invoke(null);
            assertThat(layout.byteSize()).as(row.getFirst()).isEqualTo(Long.parseLong(row.get(1)));
            assertThat(layout.byteAlignment()).as(row.getFirst()).isEqualTo(Long.parseLong(row.get(2)));
            for (var field : row.get(3).split(",")) {
                var name = field.substring(0, field.indexOf(':'));
                long offset = Long.parseLong(field.substring(field.indexOf('@') + 1));
                assertThat(layout.byteOffset(PathElement.groupElement(name)))
                        .as(field)
                        .isEqualTo(offset);
            }
        }
    }

    @Test
    void nothingWasGeneratedThatTheHeadersDoNotDeclare() throws IOException {
        var declared = Stream.of(
                        headers.functions.stream().map(NativeHeaders.CFunctionType::name),
                        headers.structs.keySet().stream(),
                        Stream.of("Mtl", "MtlShared"))
                .flatMap(names -> names)
                .map(name -> name + ".java");
        assertThat(sources().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    /** {@code long} is 32 bits wide on Windows, where the constant for a 64-bit one fails every generated class. */
    @Test
    void noGeneratedClassKnowsLong() throws IOException {
        assertThat(sources()).noneMatch(file -> text(file).matches("(?s).*\\bC_LONG\\b.*"));
    }

    @Test
    void noGeneratedSourceNamesAPlaceOnTheMachineThatMadeIt() throws IOException {
        assertThat(sources()).noneMatch(file -> text(file).matches("(?s).*(/home/|/Users/|/tmp/|[A-Z]:\\\\).*"));
    }

    /** Two files whose names differ in case alone are one file on macOS and Windows. */
    @Test
    void everyFileNameIsUniqueWithoutCase() throws IOException {
        assertThat(sources().map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    private static Class<?> generated(String name) throws ClassNotFoundException {
        return Class.forName("io.ringkernel.metal.bindings." + name);
    }

    private static Stream<Path> sources() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The calling convention's view of a C type of the headers: one letter for each kind of scalar. */
    private String shape(String type) {
        var resolved = headers.resolve(type);
        if (resolved.endsWith("*")) {
            return "pointer";
        }
        var fields = headers.structs.get(resolved);
        if (fields != null) {
            return fields.stream().map(this::shape).collect(Collectors.joining(" ", "{", "}"));
        }
        return switch (resolved) {
            case "void" -> "void";
            case "_Bool" -> "boolean";
            case "unsigned char" -> "byte";
            case "int", "unsigned int" -> "int";
            case "long long", "unsigned long long" -> "long";
            case "float" -> "float";
            case "double" -> "double";
            default -> throw new AssertionError("a type that the headers do not define: " + type);
        };
    }

    private String shape(NativeHeaders.Field field) {
        return field.count() == 1 ? shape(field.type()) : field.count() + " x " + shape(field.type());
    }

    private static String shape(FunctionDescriptor descriptor) {
        var arguments = descriptor.argumentLayouts().stream()
                .map(GeneratedBindingsTest::shape)
                .collect(Collectors.joining(" "));
        return arguments + " -> "
                + descriptor.returnLayout().map(GeneratedBindingsTest::shape).orElse("void");
    }

    private static String shape(MemoryLayout layout) {
        return switch (layout) {
            case AddressLayout address -> "pointer";
            case ValueLayout value -> value.carrier().getSimpleName();
            case SequenceLayout array -> array.elementCount() + " x " + shape(array.elementLayout());
            case GroupLayout struct ->
                struct.memberLayouts().stream()
                        .map(GeneratedBindingsTest::shape)
                        .collect(Collectors.joining(" ", "{", "}"));
            default -> throw new AssertionError("padding in a struct that has none: " + layout);
        };
    }

    /** Guards the guard: a parser that found nothing would let every test above pass. */
    @Test
    void theHeadersWereRead() {
        assertThat(headers.functions).hasSizeGreaterThan(400);
        assertThat(headers.constants).hasSizeGreaterThan(200);
        assertThat(List.copyOf(headers.structs.keySet())).contains("MTLSize", "Block_literal");
    }
}
