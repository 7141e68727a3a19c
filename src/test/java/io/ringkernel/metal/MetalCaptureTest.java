package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalCaptureTest {
    @Test
    void withoutPermissionARecordingIsRefusedInClearWords(MetalDevice device, @TempDir Path folder) {
        Assumptions.assumeFalse(MetalCapture.isSupportedBy(device), "the process may record");
        try (var queue = device.newCommandQueue()) {
            assertThatThrownBy(() -> MetalCapture.start(device, folder.resolve("a.gputrace")))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("MTL_CAPTURE_ENABLED=1");
            assertThatThrownBy(() -> MetalCapture.start(queue, folder.resolve("a.gputrace")))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aRecordingIsADocument(MetalDevice device, @TempDir Path folder) {
        Assumptions.assumeTrue(MetalCapture.isSupportedBy(device), "needs MTL_CAPTURE_ENABLED=1");
        var document = folder.resolve("a.gputrace");
        try (var kernel = TestKernel.of(device, "kernel void set(device int* cells [[buffer(0)]]) { cells[0] = 1; }");
                var cells = device.newBuffer(4)) {
            try (var capture = MetalCapture.start(kernel.queue(), document)) {
                assertThatIllegalStateException().isThrownBy(() -> MetalCapture.start(device, document));
                kernel.run(1, cells);
                assertThat(capture).isNotNull();
            }
            assertThat(Files.exists(document)).isTrue();
        }
    }
}
