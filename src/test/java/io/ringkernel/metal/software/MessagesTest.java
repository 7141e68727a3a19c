package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every message and function of the bindings is answered, or is known not to be. */
final class MessagesTest {
    private static final Path BINDINGS = Path.of("src/generated/java/io/ringkernel/metal/bindings");

    /** Objects that the software Metal never makes: dynamic libraries. */
    private static final Set<String> ABSENT_MESSAGES = Set.of(
            "MTLDynamicLibrary_label",
            "MTLDynamicLibrary_setLabel",
            "MTLDynamicLibrary_device",
            "MTLDynamicLibrary_installName",
            "MTLDynamicLibrary_serializeToURL_error");

    /** For comparing signatures with a real runtime's; and types of blocks, which clients implement. */
    private static final Set<String> ABSENT_FUNCTIONS = Set.of(
            "class_getInstanceMethod",
            "class_getClassMethod",
            "method_getTypeEncoding",
            "Block_invoke_object",
            "Block_invoke_two_objects",
            "Block_invoke_three_objects",
            "Block_invoke_object_value",
            "Block_invoke_bytes",
            "Block_invoke_log");

    private static TreeSet<String> typedefs(boolean messages) throws IOException {
        try (var files = Files.list(BINDINGS)) {
            return files.filter(file -> isTypedef(file, messages))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isTypedef(Path file, boolean messages) {
        try {
            var text = Files.readString(file);
            return text.contains("public interface Function")
                    && text.contains("public static MemorySegment allocate(")
                    && !text.contains("class Block_literal")
                    && text.contains("MemorySegment _cmd") == messages;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyMessageIsAnsweredOrKnownToBeAbsent() throws IOException {
        var unanswered = typedefs(true).stream()
                .filter(name -> !SoftwareMetal.answers(Message.of(TestClient.generated(name))))
                .toList();
        assertThat(unanswered).containsExactlyInAnyOrderElementsOf(ABSENT_MESSAGES);
    }

    @Test
    void everyAnswerHasTheSignatureOfItsMessage() throws IOException {
        try (var metal = SoftwareMetal.of(GpuConfiguration.unified())) {
            for (var name : typedefs(true)) {
                if (!ABSENT_MESSAGES.contains(name)) {
                    assertThat(metal.bind(Message.of(TestClient.generated(name)))
                                    .function()
                                    .address())
                            .as(name)
                            .isNotZero();
                }
            }
        }
    }

    @Test
    void everyFunctionIsExportedOrKnownToBeAbsent() throws IOException {
        try (var metal = SoftwareMetal.of(GpuConfiguration.unified())) {
            var unanswered = typedefs(false).stream()
                    .filter(name -> !metal.exports(CFunction.of(TestClient.generated(name))))
                    .toList();
            assertThat(unanswered).containsExactlyInAnyOrderElementsOf(ABSENT_FUNCTIONS);
        }
    }
}
