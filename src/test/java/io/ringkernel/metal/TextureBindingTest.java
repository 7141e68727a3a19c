package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Textures and samplers as arguments of kernels. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class TextureBindingTest {
    private static final MetalPixelFormat GREY = MetalPixelFormat.R32_FLOAT;
    private static final int WIDTH = 13;
    private static final int HEIGHT = 7;

    /** The mean of four neighbours, which a linear sampler gives in the corner between them. */
    private static final String SMOOTH = """
            kernel void smooth(texture2d<float> source [[texture(0)]],
                               texture2d<float, access::write> result [[texture(1)]],
                               sampler linear [[sampler(0)]], uint2 at [[thread_position_in_grid]]) {
                result.write(source.sample(linear, float2(at) + 1.0f), at);
            }
            """;

    private static final String ASK = """
            kernel void ask(texture2d<float> source [[texture(3)]], device int* result [[buffer(0)]]) {
                result[0] = is_null_texture(source) ? 1 : 2;
            }
            """;

    private static MetalTexture texture(MetalDevice device, MetalTextureUsage usage) {
        return device.newTexture(
                MetalTextureDescriptor.of2d(GREY, WIDTH, HEIGHT).withUsage(usage));
    }

    @Test
    void aFilterSamplesOneTextureAndWritesAnother(MetalDevice device) {
        var pixels = new float[WIDTH * HEIGHT];
        var random = new Random(7);
        for (int i = 0; i < pixels.length; i++) {
            // Their means are exact in whatever precision a sampler has.
            pixels[i] = random.nextInt(16) * 4;
        }
        try (var kernel = TestKernel.of(device, SMOOTH);
                var source = texture(device, MetalTextureUsage.SHADER_READ);
                var result = texture(device, MetalTextureUsage.SHADER_WRITE);
                var linear = device.newSampler(MetalSamplerDescriptor.defaults()
                        .withFilter(MetalSamplerDescriptor.Filter.LINEAR)
                        .withPixelCoordinates())) {
            source.write(MemorySegment.ofArray(pixels));
            kernel.encode(encoder -> {
                encoder.setTextures(0, source, result);
                encoder.setSamplers(0, linear);
                encoder.dispatchThreads(MetalSize.of(WIDTH, HEIGHT), MetalSize.of(4, 4));
            });
            var actual = new float[pixels.length];
            result.read(MemorySegment.ofArray(actual));
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    float sum = at(pixels, x, y) + at(pixels, x + 1, y);
                    sum += at(pixels, x, y + 1) + at(pixels, x + 1, y + 1);
                    assertThat(actual[y * WIDTH + x]).isEqualTo(sum / 4);
                }
            }
        }
    }

    private static float at(float[] pixels, int x, int y) {
        return pixels[Math.min(y, HEIGHT - 1) * WIDTH + Math.min(x, WIDTH - 1)];
    }

    @Test
    void whatIsUsedAndNotBoundIsRefusedByName(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var kernel = TestKernel.of(device, SMOOTH);
                var source = texture(device, MetalTextureUsage.SHADER_READ);
                var result = texture(device, MetalTextureUsage.SHADER_WRITE);
                var sampler = device.newSampler(MetalSamplerDescriptor.defaults())) {
            kernel.encode(encoder -> {
                encoder.setTexture(0, source);
                encoder.setSampler(0, sampler);
                assertThatIllegalStateException()
                        .isThrownBy(() -> encoder.dispatchThreads(one, one))
                        .withMessage("smooth uses 'result', and no texture is bound at index 1");
                encoder.setTexture(1, result);
                encoder.dispatchThreads(one, one);
            });
            kernel.encode(encoder -> {
                encoder.setTextures(0, source, result);
                assertThatIllegalStateException()
                        .isThrownBy(() -> encoder.dispatchThreads(one, one))
                        .withMessage("smooth uses 'linear', and no sampler is bound at index 0");
                assertThatThrownBy(() -> encoder.setTexture(128, source)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setTextures(127, source, result))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setSampler(16, sampler)).isInstanceOf(IndexOutOfBoundsException.class);
            });
        }
    }

    @Test
    void aTextureOfAnotherTypeOrUsageIsRefused(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var kernel = TestKernel.of(device, SMOOTH);
                var source = texture(device, MetalTextureUsage.SHADER_READ);
                var line = device.newTexture(MetalTextureDescriptor.of1d(GREY, 4));
                var sampler = device.newSampler(MetalSamplerDescriptor.defaults())) {
            kernel.encode(encoder -> {
                encoder.setSampler(0, sampler);
                encoder.setTextures(0, source, source);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(one, one))
                        .withMessage("the texture at index 1, which is 'result' of smooth,"
                                + " was not made for SHADER_WRITE");
                encoder.setTexture(0, line);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(one, one))
                        .withMessage("the texture at index 0, which is 'source' of smooth, is ONE_D, not TWO_D");
            });
        }
    }

    @Test
    void aKernelCanAskWhetherThereIsATexture(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var kernel = TestKernel.of(device, ASK);
                var texture = texture(device, MetalTextureUsage.SHADER_READ);
                var result = device.newBuffer(8)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, result);
                encoder.setTexture(3, texture);
                encoder.dispatchThreads(one, one);
                encoder.setNoTexture(3);
                encoder.setBufferOffset(0, 4);
                encoder.dispatchThreads(one, one);
            });
            assertThat(result.readInts(0, 2)).containsExactly(2, 1);
        }
    }

    @Test
    void bindingsSayWhatTexturesMustBe(MetalDevice device) {
        try (var kernel = TestKernel.of(device, SMOOTH)) {
            var bindings = kernel.pipeline().bindings();
            assertThat(bindings)
                    .extracting(MetalBinding::name, MetalBinding::kind, MetalBinding::index, MetalBinding::access)
                    .containsExactlyInAnyOrder(
                            tuple("source", MetalBinding.Kind.TEXTURE, 0, MetalBinding.Access.READ_ONLY),
                            tuple("result", MetalBinding.Kind.TEXTURE, 1, MetalBinding.Access.WRITE_ONLY),
                            tuple("linear", MetalBinding.Kind.SAMPLER, 0, MetalBinding.Access.READ_ONLY));
            assertThat(bindings)
                    .filteredOn(b -> b.kind() == MetalBinding.Kind.TEXTURE)
                    .allSatisfy(b -> assertThat(b.texture())
                            .contains(new MetalBinding.Texture(MetalTextureType.TWO_D, false, 1)));
        }
    }

    @Test
    void whatIsBoundLivesUntilTheEncodingEnds(MetalDevice device) {
        try (var kernel = TestKernel.of(device, SMOOTH);
                var result = texture(device, MetalTextureUsage.SHADER_WRITE)) {
            kernel.encode(encoder -> {
                try (var source = texture(device, MetalTextureUsage.SHADER_READ);
                        var sampler = device.newSampler(MetalSamplerDescriptor.defaults())) {
                    source.write(MemorySegment.ofArray(new float[WIDTH * HEIGHT]));
                    encoder.setTextures(0, source, result);
                    encoder.setSampler(0, sampler);
                }
                encoder.dispatchThreads(MetalSize.of(WIDTH, HEIGHT), MetalSize.of(8));
            });
            var actual = new float[WIDTH * HEIGHT];
            result.read(MemorySegment.ofArray(actual));
            assertThat(actual).containsOnly(0);
        }
    }
}
