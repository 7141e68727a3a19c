package io.ringkernel.metal.msl.lower;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.MslCompilationException;
import io.ringkernel.metal.msl.MslCompiler;
import io.ringkernel.metal.msl.MslOptions;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursion is refused, with its place, where the body of a function has to be part of the kernel's own method. */
final class UnsupportedCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"threadgroup_barrier(mem_flags::mem_device);", "n += simd_sum(n);", "n += gid;", "n += *table;"})
    void aRecursiveFunctionThatNeedsItsKernelIsRefused(String statement) {
        var source = """
                #include <metal_stdlib>
                using namespace metal;
                uint gid [[thread_position_in_grid]];
                device int* constant table [[buffer(4)]];
                int deep(int n) {
                    %s
                    return n == 0 ? 0 : deep(n - 1);
                }
                kernel void k(device int* out [[buffer(0)]]) { *out = deep(3); }
                """.formatted(statement);
        assertThatThrownBy(() -> MslCompiler.compile(source, MslOptions.of(LanguageVersion.METAL_3_2)))
                .isInstanceOf(MslCompilationException.class)
                .hasMessageContaining(":9:")
                .hasMessageContaining("recursive function 'deep' that synchronises threads or reads inputs");
    }
}
