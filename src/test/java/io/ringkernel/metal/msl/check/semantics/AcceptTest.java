package io.ringkernel.metal.msl.check.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.Kernel;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources under {@code msl/accept} have no errors and contain the kernel that their first line names. */
final class AcceptTest {
    static Stream<Fixture> fixtures() throws IOException {
        return Fixture.all("accept");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theSourceHasNoErrors(Fixture fixture) {
        var checked = fixture.check();
        assertThat(checked.errors()).isEmpty();
        assertThat(checked.program().kernels()).isNotEmpty();
        if (fixture.header("kernel") != null) {
            assertThat(checked.program().kernels()).extracting(Kernel::name).contains(fixture.header("kernel"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fixtures")
    void theTypedTreeKeepsItsPromises(Fixture fixture) {
        assertThat(TreeRules.violations(fixture.check().program())).isEmpty();
    }
}
