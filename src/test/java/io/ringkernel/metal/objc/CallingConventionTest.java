package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Linker;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds that a test run which was asked for another system's C calling convention has it. */
@Tag("abi")
final class CallingConventionTest {
    private static final Map<String, String> LINKERS =
            Map.of("WIN_64", "Windowsx64Linker", "MAC_OS_AARCH_64", "MacOsAArch64Linker");

    @Test
    void theConventionIsTheOneAskedFor() {
        var asked = System.getProperty("jdk.internal.foreign.CABI");
        Assumptions.assumeTrue(asked != null, "the tests run with the system's own convention");
        assertThat(Linker.nativeLinker().getClass().getSimpleName()).isEqualTo(LINKERS.get(asked));
    }
}
