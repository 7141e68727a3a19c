package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the kernels in {@code msl/accept}, and those in {@code msl/fault}, which must fail on the line that says so. */
final class KernelFixtureTest {

    private static Stream<DynamicTest> fixtures(String folder, FixtureCheck check) {
        try {
            var directory = Path.of(
                    KernelFixtureTest.class.getResource("/msl/" + folder).toURI());
            return Files.list(directory)
                    .filter(file -> file.toString().endsWith(".metal"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(), () -> check.run(new KernelFixture(Files.readString(file)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface FixtureCheck {
        void run(KernelFixture fixture) throws Exception;
    }

    @TestFactory
    Stream<DynamicTest> acceptedKernelsGiveWhatTheyExpect() {
        return fixtures(
                "accept",
                fixture ->
                        assertThat(fixture.run(fixture.options()).mismatches()).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> thePlainCodeShapeGivesTheSame() {
        return fixtures(
                "accept",
                fixture -> assertThat(
                                fixture.run(fixture.options().withFast(false)).mismatches())
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> instrumentedCodeGivesTheSame() {
        return fixtures(
                "accept",
                fixture -> assertThat(fixture.run(fixture.options().withInstrumentation(Instrumentation.ALL))
                                .mismatches())
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> uncheckedAccessGivesTheSame() {
        return fixtures(
                "accept",
                fixture -> assertThat(
                                fixture.run(fixture.options().withChecks(false)).mismatches())
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> faultsNameTheLineThatFails() {
        return fixtures("fault", fixture -> {
            var expected = fixture.faults().getFirst();
            var fault = catchThrowableOfType(KernelFault.class, () -> fixture.run(fixture.options()));
            assertThat(fault).isNotNull();
            assertThat(fault.getMessage()).contains(expected.getValue());
            assertThat(fault.line()).isEqualTo(expected.getKey());
        });
    }
}
