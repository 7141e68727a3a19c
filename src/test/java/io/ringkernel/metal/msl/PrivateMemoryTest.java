package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A variable that is declared without a value shows nothing of other threads, other kernels or earlier turns. */
final class PrivateMemoryTest {
    private static final int POISON = 0xcbcbcbcb;

    private static final String SOURCE = """
            struct S { int x; float y; uchar z; };
            int left(int n) { int a[4]; int old = a[n & 3]; a[n & 3] = 77; return old; }
            kernel void k(device int* o [[buffer(0)]], device uint* u [[buffer(1)]], device int* in [[buffer(2)]],
                          uint i [[thread_position_in_grid]]) {
                int a[2];
                o[3 * i] = a[1];
                int b[2];
                o[3 * i + 1] = b[in[i]];
                b[0] = b[1] = 5;
                left(in[0]);
                o[3 * i + 2] = left(in[0]);
                S s;
                u[4 * i] = uint(s.x);
                u[4 * i + 1] = as_type<uint>(s.y);
                u[4 * i + 2] = s.z;
                for (int k = 0; k < 3; k++) {
                    int c[3];
                    u[4 * i + 3] = uint(c[in[i] & 1]);
                    c[in[i] & 1] = 9;
                }
            }
            """;

    private static final String OTHER = """
            kernel void k(device int* o [[buffer(0)]]) {
                int a[64];
                for (int i = 0; i < 64; i++) a[i] = 1234567;
                o[0] = a[o[1] & 63];
            }
            """;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVariableWithoutAValueIsPoisoned(boolean isFast) {
        var options = MslOptions.of(LanguageVersion.METAL_3_1).withFast(isFast).withChecks(true);
        try (var other = TestKernel.of(OTHER, options);
                var kernel = TestKernel.of(SOURCE, options)) {
            other.bind(0, 0, 0).run(1, 1);
            kernel.bind(0, new int[9]).bind(1, new int[12]).bind(2, 1, 1, 1).run(3, 3);
            assertThat(kernel.ints(0)).containsOnly(POISON);
            assertThat(kernel.ints(1)).containsOnly(POISON, POISON & 0xff);
        }
    }
}
