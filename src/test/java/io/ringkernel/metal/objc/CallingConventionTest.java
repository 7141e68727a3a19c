package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Linker;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds that a test run which was asked for another system's C calling convention has it. */
@Tag("abi")
final class CallingConventionTest {
    @Test
    void theConventionIsTheOneAskedFor() {
        var asked = System.getProperty("jdk.internal.foreign.CABI");
        Assumptions.assumeTrue("WIN_64".equals(asked), "the tests run with the system's own convention");
        // In C on Windows, and nowhere else on a 64-bit machine, long has 32 bits.
        assertThat(Linker.nativeLinker().canonicalLayouts().get("long").byteSize())
                .isEqualTo(Integer.BYTES);
    }
}
