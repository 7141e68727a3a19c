package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReflectionTest {
    private static final long BUFFER = Mtl.MTLBindingTypeBuffer();
    private static final long MEMORY = Mtl.MTLBindingTypeThreadgroupMemory();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 30})
    void whatAnEncoderCanBindHasItsKind(long index) {
        assertThat(Reflection.kindOf(BUFFER, index)).isEqualTo(MetalBinding.Kind.BUFFER);
        assertThat(Reflection.kindOf(MEMORY, index)).isEqualTo(MetalBinding.Kind.THREADGROUP_MEMORY);
    }

    /** 32 would be 0 as the distance of a shift; Long.MAX_VALUE is NSNotFound. */
    @ParameterizedTest
    @ValueSource(longs = {31, 32, 63, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1})
    void whatNoEncoderCanBindIsOfAnotherKind(long index) {
        assertThat(Reflection.kindOf(BUFFER, index)).isEqualTo(MetalBinding.Kind.OTHER);
        assertThat(Reflection.kindOf(MEMORY, index)).isEqualTo(MetalBinding.Kind.OTHER);
    }
}
