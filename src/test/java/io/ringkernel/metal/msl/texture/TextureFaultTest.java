package io.ringkernel.metal.msl.texture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** Kernels that use a texture which is not there, or not what they take it for. */
final class TextureFaultTest {
    private static TextureShape shape(String format, int width, int height) {
        return TextureShape.of(TextureType.D2, PixelFormat.named(format), width, height, 1);
    }

    @Test
    void aTextureThatIsNotThereOrDoesNotFitIsAFault() {
        var source = """
                kernel void k(texture2d<float> t [[texture(0)]], device float* out [[buffer(0)]]) {
                    constexpr sampler s(filter::linear);
                    out[0] = t.sample(s, float2(0)).x;
                }
                """;
        try (var kernel = TextureKernel.of(source)) {
            kernel.buffer(4);
            assertThatThrownBy(() -> kernel.run(1, 1))
                    .isInstanceOfSatisfying(
                            KernelFault.class,
                            fault -> assertThat(fault.kind()).isEqualTo(KernelFault.Kind.NULL_POINTER))
                    .hasMessageContaining("null texture");
        }
        try (var kernel = TextureKernel.of(source)) {
            kernel.texture(shape("RGBA8Uint", 1, 1));
            kernel.buffer(4);
            assertThatThrownBy(() -> kernel.run(1, 1))
                    .isInstanceOfSatisfying(
                            KernelFault.class,
                            fault -> assertThat(fault.kind()).isEqualTo(KernelFault.Kind.INVALID_ARGUMENT))
                    .hasMessageContaining("RGBA8Uint");
        }
    }

    @Test
    void aTextureWhoseMemoryIsGoneDangles() {
        try (var kernel = TextureKernel.of("""
                kernel void k(texture2d<float> t [[texture(0)]], device float* out [[buffer(0)]]) {
                    out[0] = t.read(uint2(0)).x;
                }
                """)) {
            kernel.buffer(4);
            try (var arena = Arena.ofShared()) {
                kernel.bind(Texture.over(arena.allocate(16), shape("R32Float", 1, 1), Swizzle.IDENTITY));
            }
            assertThatThrownBy(() -> kernel.run(1, 1))
                    .isInstanceOfSatisfying(
                            KernelFault.class,
                            fault -> assertThat(fault.kind()).isEqualTo(KernelFault.Kind.DANGLING_POINTER));
        }
    }
}
