package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalBinaryArchiveTest {
    private static final String SOURCE = msl("""
            kernel void square(device float* cells [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                cells[i] *= cells[i];
            }
            """);

    @TempDir
    private Path folder;

    @Test
    void anArchiveIsWrittenReadAndUsed(MetalDevice device) {
        var file = folder.resolve("squares.bin");
        try (var library = device.newLibrary(SOURCE);
                var function = library.function("square")) {
            try (var archive = device.newBinaryArchive()) {
                archive.setLabel("squares");
                assertThat(archive.label()).isEqualTo("squares");
                archive.add(function, MetalPipelineOptions.defaults());
                archive.writeTo(file);
            }
            assertThat(file).isNotEmptyFile();
            try (var archive = device.newBinaryArchive(file);
                    var pipeline = device.newPipeline(
                            function, MetalPipelineOptions.defaults().withArchive(archive));
                    var queue = device.newCommandQueue();
                    var cells = device.newBufferOf(3f, 4f)) {
                queue.run(pipeline, MetalSize.of(2), cells).join();
                assertThat(cells.readFloats(0, 2)).containsExactly(9, 16);
            }
        }
    }

    @Test
    void aFileThatIsMissingOrNoArchiveIsRefusedWithItsName(MetalDevice device) throws Exception {
        var missing = folder.resolve("missing.bin");
        assertThatThrownBy(() -> device.newBinaryArchive(missing))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("missing.bin");
        var garbage = folder.resolve("garbage.bin");
        Files.writeString(garbage, "garbage");
        assertThatThrownBy(() -> device.newBinaryArchive(garbage))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("garbage.bin");
    }

    @Test
    void aFileThatCannotBeWrittenIsReported(MetalDevice device) {
        try (var library = device.newLibrary(SOURCE);
                var function = library.function("square");
                var archive = device.newBinaryArchive()) {
            archive.add(function, MetalPipelineOptions.defaults());
            assertThatThrownBy(() ->
                            archive.writeTo(folder.resolve("no such folder").resolve("a.bin")))
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("no such folder");
        }
    }
}
