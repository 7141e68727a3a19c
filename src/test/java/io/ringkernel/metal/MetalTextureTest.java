package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Texels in and out of textures, by the CPU and by blits; what Metal would end a process for is refused at the call.
 */
@Tag("gpu")
@ExtendWith(TestDevice.class)
class MetalTextureTest {
    private static final MetalPixelFormat RGBA8 = MetalPixelFormat.RGBA8_UNORM;

    private static byte[] random(long seed, long bytes) {
        var values = new byte[Math.toIntExact(bytes)];
        new Random(seed).nextBytes(values);
        return values;
    }

    private static MemorySegment segment(byte[] bytes) {
        return MemorySegment.ofArray(bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = MetalPixelFormat.class,
            names = {"R8_UNORM", "RG8_UNORM", "RGBA8_UNORM", "RGBA16_FLOAT", "RGBA32_FLOAT", "R32_UINT", "RGB10A2_UNORM"
            })
    void texelsComeBackAsTheyWereStored(MetalPixelFormat format, MetalDevice device) {
        try (var texture = device.newTexture(MetalTextureDescriptor.of2d(format, 13, 7))) {
            var texels = random(1, 13L * 7 * format.bytesPerBlock());
            texture.write(segment(texels));
            var back = new byte[texels.length];
            texture.read(segment(back));
            assertThat(back).isEqualTo(texels);
            assertThat(texture.allocatedSize()).isGreaterThanOrEqualTo(texels.length);
        }
    }

    @Test
    void aRegionOfALevelAndSliceIsPutInItsPlace(MetalDevice device) {
        var descriptor =
                MetalTextureDescriptor.of2d(RGBA8, 16, 8).withArrayLength(3).withMipmaps();
        try (var texture = device.newTexture(descriptor);
                var arena = Arena.ofConfined()) {
            assertThat(descriptor.mipmapLevels()).isEqualTo(5);
            assertThat(texture.size(1)).isEqualTo(MetalSize.of(8, 4));
            assertThat(texture.size(4)).isEqualTo(MetalSize.of(1));
            var whole = MetalRegion.of(texture.size(1));
            texture.write(whole, 1, 2, segment(new byte[8 * 4 * 4]));
            var part = arena.allocate(2 * 3 * 4).copyFrom(segment(random(2, 24)));
            texture.write(MetalRegion.of(5, 1, 2, 3), 1, 2, part);
            var back = new int[8 * 4];
            texture.read(whole, 1, 2, MemorySegment.ofArray(back));
            for (int i = 0; i < back.length; i++) {
                int x = i % 8 - 5;
                int y = i / 8 - 1;
                boolean inside = x >= 0 && x < 2 && y >= 0 && y < 3;
                int expected = inside ? part.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, y * 2L + x) : 0;
                assertThat(back[i]).isEqualTo(expected);
            }
        }
    }

    @Test
    void boxesRowsAndCubesHaveTheirShapes(MetalDevice device) {
        try (var box = device.newTexture(MetalTextureDescriptor.of3d(RGBA8, MetalSize.of(4, 3, 2)));
                var row = device.newTexture(MetalTextureDescriptor.of1d(RGBA8, 5));
                var cube = device.newTexture(MetalTextureDescriptor.ofCube(RGBA8, 4))) {
            var texels = random(3, 4 * 3 * 2 * 4);
            box.write(segment(texels));
            var back = new byte[texels.length];
            box.read(segment(back));
            assertThat(back).isEqualTo(texels);
            row.write(segment(random(4, 20)));
            var rowBack = new byte[20];
            row.read(segment(rowBack));
            assertThat(rowBack).isEqualTo(random(4, 20));
            assertThat(cube.slices()).isEqualTo(6);
            cube.write(MetalRegion.of(cube.size(0)), 0, 5, segment(random(5, 64)));
            var face = new byte[64];
            cube.read(MetalRegion.of(cube.size(0)), 0, 5, segment(face));
            assertThat(face).isEqualTo(random(5, 64));
        }
    }

    @Test
    void blitsMoveTexelsBetweenBuffersAndTextures(MetalDevice device) {
        var texels = random(6, 8 * 4 * 4);
        try (var queue = device.newCommandQueue();
                var source = device.newBufferOf(texels);
                var first = device.newTexture(
                        MetalTextureDescriptor.of2d(RGBA8, 8, 4).withStorageMode(MetalStorageMode.PRIVATE));
                var second = device.newTexture(
                        MetalTextureDescriptor.of2d(RGBA8, 8, 4).withStorageMode(MetalStorageMode.PRIVATE));
                var result = device.newBuffer(texels.length)) {
            try (var commands = queue.commandBuffer()) {
                try (var blit = commands.blitEncoder()) {
                    blit.copy(source, 0, 32, MetalTexturePart.of(first));
                    blit.copy(first, second);
                    blit.copy(part(first, 0, 0), part(second, 6, 3));
                    blit.optimizeForCpu(second);
                    blit.copy(MetalTexturePart.of(second), result, 0, 32);
                }
                commands.commit().join();
            }
            var expected = texels.clone();
            System.arraycopy(texels, 0, expected, 3 * 32 + 6 * 4, 8);
            var back = new byte[texels.length];
            result.read(0, segment(back));
            assertThat(back).isEqualTo(expected);
            assertThatThrownBy(() -> second.read(segment(back))).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private static MetalTexturePart part(MetalTexture texture, long x, long y) {
        return new MetalTexturePart(texture, MetalRegion.of(x, y, 2, 1), 0, 0);
    }

    @Test
    void mipmapsOfOneColorAreThatColor(MetalDevice device) {
        try (var queue = device.newCommandQueue();
                var texture = device.newTexture(
                        MetalTextureDescriptor.of2d(RGBA8, 9, 5).withMipmaps())) {
            var color = new int[9 * 5];
            Arrays.fill(color, 0x80402010);
            texture.write(MemorySegment.ofArray(color));
            try (var commands = queue.commandBuffer()) {
                try (var blit = commands.blitEncoder()) {
                    blit.generateMipmaps(texture);
                }
                commands.commit().join();
            }
            var last = new int[1];
            texture.read(MetalRegion.of(texture.size(3)), 3, 0, MemorySegment.ofArray(last));
            assertThat(last[0]).isEqualTo(0x80402010);
        }
    }

    @Test
    void aTextureOverABufferAndViewsShowTheSameBytes(MetalDevice device) {
        long alignment = device.minimumTextureAlignment(RGBA8);
        long row = Math.ceilDiv(3 * 4, alignment) * alignment;
        try (var buffer = device.newBuffer(row * 2 + alignment);
                var texture = buffer.newTexture(MetalTextureDescriptor.of2d(RGBA8, 3, 2), alignment, row);
                var view = texture.newView(MetalPixelFormat.RGBA8_UNORM_SRGB)) {
            buffer.write(alignment + row + 4, 0x01020304);
            var back = new int[6];
            view.read(MemorySegment.ofArray(back));
            assertThat(back[4]).isEqualTo(0x01020304);
            assertThat(view.format()).isEqualTo(MetalPixelFormat.RGBA8_UNORM_SRGB);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> buffer.newTexture(MetalTextureDescriptor.of2d(RGBA8, 3, 2), 1, row));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> buffer.newTexture(MetalTextureDescriptor.ofCube(RGBA8, 2), 0, row));
            assertThatThrownBy(() -> buffer.newTexture(MetalTextureDescriptor.of2d(RGBA8, 3, 9), 0, row))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    @SuppressWarnings("try")
    void aViewOfALevelAndSliceIsThatPart(MetalDevice device) {
        var descriptor =
                MetalTextureDescriptor.of2d(RGBA8, 8, 8).withArrayLength(4).withMipmaps();
        var texture = device.newTexture(descriptor);
        texture.write(MetalRegion.of(texture.size(1)), 1, 3, segment(random(7, 64)));
        var part = MetalTextureViewDescriptor.of(texture).withLevels(1, 1).withSlices(MetalTextureType.TWO_D, 3, 1);
        try (var view = texture.newView(part)) {
            texture.close();
            var back = new byte[64];
            view.read(segment(back));
            assertThat(back).isEqualTo(random(7, 64));
        }
    }

    @Test
    void whatEndsAProcessIsRefused(MetalDevice device) {
        assertThatIllegalArgumentException().isThrownBy(() -> MetalTextureDescriptor.of2d(RGBA8, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetalTextureDescriptor.of2d(RGBA8, 8, 8).withMipmapLevels(5))
                .withMessageContaining("1..4: 5");
        assertThatIllegalStateException()
                .isThrownBy(() -> MetalTextureDescriptor.of1d(RGBA8, 8).withMipmaps());
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        MetalTextureDescriptor.of3d(RGBA8, MetalSize.of(1)).withArrayLength(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.minimumTextureAlignment(MetalPixelFormat.BC1_RGBA));
        try (var texture = device.newTexture(MetalTextureDescriptor.of2d(RGBA8, 4, 4))) {
            assertThatThrownBy(() -> texture.write(segment(new byte[60])))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("64");
            assertThatThrownBy(() -> texture.write(MetalRegion.of(1, 1, 4, 1), 0, 0, segment(new byte[16])))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> texture.read(MetalRegion.of(0, 0, 1, 1), 1, 0, segment(new byte[4])))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> texture.newView(MetalPixelFormat.R8_UNORM))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void samplersAreCheckedAndHaveNumbers(MetalDevice device) {
        var linear = MetalSamplerDescriptor.defaults()
                .withFilter(MetalSamplerDescriptor.Filter.LINEAR)
                .withLabel("linear");
        try (var sampler = device.newSampler(linear)) {
            assertThat(sampler.descriptor().label()).isEqualTo("linear");
            assertThat(sampler.gpuResourceId()).isNotZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.newSampler(
                        linear.withPixelCoordinates().withAddressMode(MetalSamplerDescriptor.AddressMode.REPEAT)));
        assertThatIllegalArgumentException().isThrownBy(() -> linear.withMaxAnisotropy(17));
        assertThatIllegalArgumentException().isThrownBy(() -> linear.withLodClamp(2, 1));
    }
}
