package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class MslTextTest {
    @Test
    void everyMslFileOfTheProjectIsCarried() throws IOException {
        try (var files = Files.list(Path.of("msl"))) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(MslText.of(file.getFileName().toString()))
                            .isEqualTo(Files.readString(file)));
        }
    }

    @Test
    void anUnknownFileIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MslText.of("missing.metal"))
                .withMessage("no MSL file of the library: missing.metal");
    }
}
