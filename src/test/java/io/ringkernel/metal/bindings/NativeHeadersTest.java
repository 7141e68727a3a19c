package io.ringkernel.metal.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The headers against tables that were extracted from Apple's. */
final class NativeHeadersTest {
    /** How the headers spell types that Apple's spell otherwise. A byte argument is widened, see metal_command.h. */
    private static final Map<String, String> SPELLING = Map.of(
            "uint64_t", "unsigned long long",
            "uint32_t", "unsigned int",
            "uint8_t", "unsigned int",
            "unsigned long", "unsigned long long",
            "size_t", "unsigned long long",
            "block", "struct Block_literal*");

    private static final Map<String, String> UNDERLYING =
            Map.of("NSUInteger", "unsigned long long", "NSInteger", "long long", "uint8_t", "unsigned char");

    private final NativeHeaders headers = new NativeHeaders();

    @Test
    void everyMessageIsDeclaredByApplesHeaders() {
        var declared = headers.functions.stream()
                .filter(NativeHeaders.CFunctionType::isMessage)
                .map(m -> List.of(m.owner(), m.selector(), m.receiver()));
        var expected = ApiTable.rows("messages.tsv").stream().map(row -> row.subList(0, 3));
        assertThat(declared).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void everyMessageHasApplesTypes() {
        var rows = new HashMap<List<String>, List<String>>();
        ApiTable.rows("messages.tsv").forEach(row -> rows.put(row.subList(0, 3), row));
        var wrong = new ArrayList<String>();
        headers.functions.stream()
                .filter(NativeHeaders.CFunctionType::isMessage)
                .forEach(m -> {
                    var row = rows.get(List.of(m.owner(), m.selector(), m.receiver()));
                    var expected = new ArrayList<>(List.of(m.receiver().equals("class") ? "Class" : "id", "SEL"));
                    expected.addAll(spelledArguments(row.get(4)));
                    if (!m.result().equals(spelled(row.get(3)))
                            || !m.arguments().equals(expected)) {
                        wrong.add(m + " is not " + row);
                    }
                });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyFunctionHasItsLibrarysTypes() {
        var wrong = new ArrayList<String>();
        var rows = new HashMap<String, List<String>>();
        ApiTable.rows("functions.tsv").forEach(row -> rows.put(row.getFirst(), row));
        functions().forEach(function -> {
            var row = rows.remove(function.name());
            if (row == null
                    || !function.result().equals(spelled(row.get(1)))
                    || !function.arguments().equals(spelledArguments(row.get(2)))) {
                wrong.add(function + " is not " + row);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(rows).isEmpty();
    }

    @Test
    void everyConstantHasApplesValueAndWidth() {
        var declared = headers.constants.stream()
                .filter(constant -> !constant.enumeration().equals("Block_flags"))
                .map(c -> List.of(c.enumeration(), c.name(), Long.toUnsignedString(c.value()), c.underlying()));
        var expected = ApiTable.rows("constants.tsv").stream()
                .map(row -> List.of(row.get(0), row.get(1), row.get(2), UNDERLYING.get(row.get(3))));
        assertThat(declared).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void aGlobalBlockIsMarkedByBit28() {
        assertThat(headers.constants)
                .contains(new NativeHeaders.Constant("Block_flags", "int", "BLOCK_IS_GLOBAL", 1 << 28));
    }

    @Test
    void everyStructHasApplesFields() {
        var rows = ApiTable.rows("structs.tsv");
        assertThat(headers.structs.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(List::getFirst).toList());
        for (var row : rows) {
            var fields = headers.structs.get(row.getFirst()).stream()
                    .map(f -> f.name() + ":" + f.type() + (f.count() == 1 ? "" : "[" + f.count() + "]"));
            var expected = Stream.of(row.get(3).split(","))
                    .map(field -> field.substring(0, field.indexOf('@')))
                    .map(field -> field.replace("uint8_t", "unsigned char")
                            .replace("uint32_t", "unsigned int")
                            .replace("uint64_t", "unsigned long long")
                            .replaceFirst("unsigned long$", "unsigned long long")
                            // The block's last field is typed here and untyped in the specification of blocks.
                            .replace("descriptor:void*", "descriptor:struct Block_descriptor*"));
            assertThat(fields).as(row.getFirst()).containsExactlyElementsOf(expected.toList());
        }
    }

    @Test
    void noTypeIsAsWideAsThePlatformLikes() {
        assertThat(headers.text.replace("long long", ""))
                .doesNotContainPattern("\\blong\\b")
                .doesNotContainPattern("\\bu?int\\d+_t\\b")
                .doesNotContainPattern("\\bsize_t\\b");
    }

    @Test
    void theHeadersIncludeNothingButEachOther() throws IOException {
        var names = NativeHeaders.files().stream()
                .map(file -> file.getFileName().toString())
                .toList();
        for (var file : NativeHeaders.files()) {
            assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("#include")))
                    .allMatch(line -> names.stream().anyMatch(name -> line.equals("#include \"" + name + "\"")));
        }
    }

    private Stream<NativeHeaders.CFunctionType> functions() {
        return headers.functions.stream()
                .filter(function -> !function.isMessage() && !function.name().startsWith("Block_invoke_"));
    }

    private static List<String> spelledArguments(String arguments) {
        return arguments.isEmpty()
                ? List.of()
                : Stream.of(arguments.split(","))
                        .map(NativeHeadersTest::spelled)
                        .toList();
    }

    /** A type of the table as the headers spell it; the table names some arguments after their type. */
    private static String spelled(String type) {
        var bare = type.replaceFirst("^(id|block) \\w+$", "$1");
        return SPELLING.getOrDefault(bare, bare);
    }
}
