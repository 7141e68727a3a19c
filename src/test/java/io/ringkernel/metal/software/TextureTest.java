package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Textures as a client makes them, and fills and reads them without a kernel. */
final class TextureTest extends TextureScene {
    @Test
    void aDescriptorBeginsAsMetalsDoes() {
        run(() -> {
            var descriptor = client.newObject("MTLTextureDescriptor");
            assertThat((long) client.send("MTLTextureDescriptor_textureType", descriptor))
                    .isEqualTo(Mtl.MTLTextureType2D());
            assertThat((long) client.send("MTLTextureDescriptor_pixelFormat", descriptor))
                    .isEqualTo(RGBA8);
            assertThat((long) client.send("MTLTextureDescriptor_usage", descriptor))
                    .isEqualTo(Mtl.MTLTextureUsageShaderRead());
            MemorySegment swizzle = client.send("MTLTextureDescriptor_swizzle", descriptor);
            assertThat(swizzle.toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3, 4, 5);
        });
    }

    @Test
    void aMipmappedTextureHasTheWholeChain() {
        run(() -> {
            var texture = texture(descriptor(RGBA8, 37, 11, true));
            assertThat((long) client.send("MTLTexture_mipmapLevelCount", texture))
                    .isEqualTo(6);
            assertThat((long) client.send("MTLTexture_width", texture)).isEqualTo(37);
            assertThat((long) client.send("MTLResource_storageMode", texture)).isEqualTo(TestClient.SHARED);
        });
    }

    @Test
    void whatIsReplacedIsRead() {
        run(() -> {
            var texture = texture(descriptor(RGBA8, 7, 5, true));
            var bytes = random(1, 4 * 3 * 2);
            client.send(REPLACE, texture, region(2, 1, 0, 3, 2, 1), 0L, 0L, bytes, 12L, 0L);
            assertThat(read(texture, region(2, 1, 0, 3, 2, 1), 0, 0, new long[] {12, 0, 24}))
                    .containsExactly(bytes.toArray(ValueLayout.JAVA_BYTE));
            assertThat(read(texture, region(0, 0, 0, 2, 5, 1), 0, 0, new long[] {8, 0, 40}))
                    .containsOnly(0);
            client.send(
                    "MTLTexture_replaceRegion_mipmapLevel_withBytes_bytesPerRow",
                    texture,
                    region(0, 0, 0, 3, 2, 1),
                    1L,
                    bytes,
                    12L);
            assertThat(read(texture, region(0, 0, 0, 3, 2, 1), 1, 0, new long[] {12, 0, 24}))
                    .containsExactly(bytes.toArray(ValueLayout.JAVA_BYTE));
            assertThat(read(texture, region(2, 1, 0, 3, 2, 1), 0, 0, new long[] {12, 0, 24}))
                    .containsExactly(bytes.toArray(ValueLayout.JAVA_BYTE));
        });
    }

    @Test
    void imagesAndSlicesAreApart() {
        run(() -> {
            var volume = descriptor(Mtl.MTLPixelFormatR16Uint(), 3, 2, false);
            client.send("MTLTextureDescriptor_setTextureType", volume, Mtl.MTLTextureType3D());
            client.send("MTLTextureDescriptor_setDepth", volume, 2L);
            var texture = texture(volume);
            var bytes = random(2, 2 * 16);
            client.send(REPLACE, texture, region(0, 0, 0, 3, 2, 2), 0L, 0L, bytes, 8L, 16L);
            var read = read(texture, region(0, 0, 0, 3, 2, 2), 0, 0, new long[] {6, 12, 24});
            for (int i = 0; i < read.length; i++) {
                int from = i / 12 * 16 + i % 12 / 6 * 8 + i % 6;
                assertThat(read[i]).isEqualTo(bytes.get(ValueLayout.JAVA_BYTE, from));
            }
            var layers = descriptor(RGBA8, 2, 2, true);
            client.send("MTLTextureDescriptor_setTextureType", layers, Mtl.MTLTextureType2DArray());
            client.send("MTLTextureDescriptor_setArrayLength", layers, 3L);
            var array = texture(layers);
            client.send(REPLACE, array, region(0, 0, 0, 2, 2, 1), 0L, 1L, bytes, 8L, 0L);
            assertThat(read(array, region(0, 0, 0, 2, 2, 1), 0, 2, new long[] {8, 0, 16}))
                    .containsOnly(0);
            assertThat(read(array, region(0, 0, 0, 1, 1, 1), 1, 1, new long[] {4, 0, 4}))
                    .containsOnly(0);
        });
    }

    @Test
    void aTextureOverABufferIsTheBuffersBytes() {
        run(() -> {
            var buffer = client.buffer(1024, TestClient.SHARED);
            MemorySegment texture = client.send(
                    "MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow",
                    buffer,
                    descriptor(RGBA8, 5, 3, false),
                    64L,
                    32L);
            client.owned(texture);
            var bytes = random(3, 20);
            client.send(REPLACE, texture, region(0, 2, 0, 5, 1, 1), 0L, 0L, bytes, 20L, 0L);
            assertThat(client.contents(buffer).asSlice(64 + 2 * 32, 20).mismatch(bytes))
                    .isEqualTo(-1);
            MemorySegment owner = client.send("MTLTexture_buffer", texture);
            assertThat(owner.address()).isEqualTo(buffer.address());
            MemorySegment refused = client.send(
                    "MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow",
                    buffer,
                    descriptor(RGBA8, 5, 3, false),
                    4L,
                    32L);
            assertThat(refused.address()).isZero();
            client.assertViolations(ViolationKind.MISALIGNED);
        });
    }

    @Test
    void aViewShowsLevelsAndSlicesOfItsParent() {
        run(() -> {
            var cube = client.send(
                    "MTLTextureDescriptor_textureCubeDescriptorWithPixelFormat_size_mipmapped",
                    client.metal.classNamed("MTLTextureDescriptor"),
                    RGBA8,
                    8L,
                    true);
            var texture = texture((MemorySegment) cube);
            var bytes = random(4, 4 * 4 * 4);
            client.send(REPLACE, texture, region(0, 0, 0, 4, 4, 1), 1L, 3L, bytes, 16L, 0L);
            MemorySegment view = client.send(
                    "MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices",
                    texture,
                    Mtl.MTLPixelFormatRGBA8Unorm_sRGB(),
                    Mtl.MTLTextureType2D(),
                    client.range(1, 2),
                    client.range(3, 1));
            client.owned(view);
            assertThat((long) client.send("MTLTexture_width", view)).isEqualTo(4);
            assertThat((long) client.send("MTLTexture_mipmapLevelCount", view)).isEqualTo(2);
            assertThat((long) client.send("MTLTexture_parentRelativeSlice", view))
                    .isEqualTo(3);
            assertThat(read(view, region(0, 0, 0, 4, 4, 1), 0, 0, new long[] {16, 0, 64}))
                    .containsExactly(bytes.toArray(ValueLayout.JAVA_BYTE));
            MemorySegment refused =
                    client.send("MTLTexture_newTextureViewWithPixelFormat", texture, Mtl.MTLPixelFormatR32Uint());
            assertThat(refused.address()).isZero();
            client.assertViolations(ViolationKind.BAD_ARGUMENT);
        });
    }

    @Test
    void blitsMoveTexelsBetweenTexturesAndBuffers() {
        run(() -> {
            var source = client.buffer(4 * 4 * 16, TestClient.SHARED);
            var bytes = random(5, 4 * 4 * 16);
            client.contents(source).copyFrom(bytes);
            var first = texture(descriptor(RGBA8, 8, 8, true));
            var second = texture(descriptor(RGBA8, 8, 8, true));
            var target = client.buffer(64, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            var blit = client.blit(commands);
            client.send(
                    "MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_"
                            + "sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin",
                    blit,
                    source,
                    0L,
                    32L,
                    256L,
                    client.size(8, 8, 1),
                    first,
                    0L,
                    0L,
                    region(0, 0, 0));
            client.send("MTLBlitCommandEncoder_copyFromTexture_toTexture", blit, first, second);
            client.send(
                    "MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_"
                            + "destinationOffset_destinationBytesPerRow_destinationBytesPerImage",
                    blit,
                    second,
                    0L,
                    0L,
                    region(2, 3, 0),
                    client.size(4, 4, 1),
                    target,
                    0L,
                    16L,
                    0L);
            client.end(blit);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
            for (int row = 0; row < 4; row++) {
                assertThat(client.contents(target)
                                .asSlice(row * 16, 16)
                                .mismatch(bytes.asSlice((row + 3) * 32 + 8, 16)))
                        .isEqualTo(-1);
            }
        });
    }

    @Test
    void mipmapsAreMeans() {
        run(() -> {
            var texture = texture(descriptor(Mtl.MTLPixelFormatR8Unorm(), 5, 2, true));
            client.send(
                    REPLACE,
                    texture,
                    region(0, 0, 0, 5, 2, 1),
                    0L,
                    0L,
                    client.bytes(new byte[] {0, 4, 8, 16, 100, 4, 8, 16, 32, 100}),
                    5L,
                    0L);
            var commands = client.commandBuffer(client.queue());
            var blit = client.blit(commands);
            client.send("MTLBlitCommandEncoder_generateMipmapsForTexture", blit, texture);
            client.end(blit);
            client.finish(commands);
            assertThat(read(texture, region(0, 0, 0, 2, 1, 1), 1, 0, new long[] {2, 0, 2}))
                    .containsExactly(4, 18);
            assertThat(read(texture, region(0, 0, 0, 1, 1, 1), 2, 0, new long[] {1, 0, 1}))
                    .containsExactly(11);
        });
    }

    @Test
    void aManagedTextureShowsWhatTheGpuWroteOnceItIsSynchronized() {
        try (var discrete = new TestClient(GpuConfiguration.discrete())) {
            MemorySegment descriptor = discrete.send(
                    "MTLTextureDescriptor_texture2DDescriptorWithPixelFormat_width_height_mipmapped",
                    discrete.metal.classNamed("MTLTextureDescriptor"),
                    RGBA8,
                    1L,
                    1L,
                    false);
            var texture =
                    discrete.owned(discrete.send("MTLDevice_newTextureWithDescriptor", discrete.device, descriptor));
            assertThat((long) discrete.send("MTLResource_storageMode", texture)).isEqualTo(Mtl.MTLStorageModeManaged());
            var other =
                    discrete.owned(discrete.send("MTLDevice_newTextureWithDescriptor", discrete.device, descriptor));
            var region = discrete.arena().allocateFrom(ValueLayout.JAVA_LONG, 0, 0, 0, 1, 1, 1);
            var texel = discrete.bytes((byte) 1, (byte) 2, (byte) 3, (byte) 4);
            discrete.send(REPLACE, other, region, 0L, 0L, texel, 4L, 0L);
            var read = discrete.bytes(new byte[4]);
            var commands = discrete.commandBuffer(discrete.queue());
            var blit = discrete.blit(commands);
            discrete.send("MTLBlitCommandEncoder_copyFromTexture_toTexture", blit, other, texture);
            discrete.end(blit);
            discrete.finish(commands);
            discrete.send(GET, texture, read, 4L, 0L, region, 0L, 0L);
            assertThat(read.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            commands = discrete.commandBuffer(discrete.queue());
            blit = discrete.blit(commands);
            discrete.send("MTLBlitCommandEncoder_synchronizeTexture_slice_level", blit, texture, 0L, 0L);
            discrete.end(blit);
            discrete.finish(commands);
            discrete.send(GET, texture, read, 4L, 0L, region, 0L, 0L);
            assertThat(read.toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aHeapHasRoomForTextures() {
        run(() -> {
            var heapDescriptor = client.newObject("MTLHeapDescriptor");
            client.send("MTLHeapDescriptor_setSize", heapDescriptor, 65536L);
            client.send("MTLHeapDescriptor_setStorageMode", heapDescriptor, TestClient.SHARED);
            var heap = client.owned(client.send("MTLDevice_newHeapWithDescriptor", client.device, heapDescriptor));
            MemorySegment texture =
                    client.send("MTLHeap_newTextureWithDescriptor", heap, descriptor(RGBA8, 16, 16, false));
            MemorySegment view =
                    client.send("MTLTexture_newTextureViewWithPixelFormat", texture, Mtl.MTLPixelFormatBGRA8Unorm());
            client.metal.release(view);
            assertThat((long) client.send("MTLHeap_usedSize", heap)).isEqualTo(1024);
            client.metal.release(texture);
            assertThat((long) client.send("MTLHeap_usedSize", heap)).isZero();
        });
    }

    @Test
    void whatMetalRefusesIsRefused() {
        run(() -> {
            refused(descriptor(Mtl.MTLPixelFormatBC1_RGBA(), 4, 4, false), ViolationKind.UNSUPPORTED);
            refused(descriptor(9, 4, 4, false), ViolationKind.BAD_ARGUMENT);
            refused(descriptor(RGBA8, 0, 4, false), ViolationKind.BAD_ARGUMENT);
            refused(descriptor(RGBA8, 16385, 4, false), ViolationKind.BAD_ARGUMENT);
            var levels = descriptor(RGBA8, 4, 4, false);
            client.send("MTLTextureDescriptor_setMipmapLevelCount", levels, 4L);
            refused(levels, ViolationKind.BAD_ARGUMENT);
            var written = descriptor(Mtl.MTLPixelFormatB5G6R5Unorm(), 4, 4, false);
            client.send("MTLTextureDescriptor_setUsage", written, Mtl.MTLTextureUsageShaderWrite());
            refused(written, ViolationKind.BAD_ARGUMENT);
            var texture = texture(descriptor(RGBA8, 4, 4, false));
            client.send(REPLACE, texture, region(2, 0, 0, 3, 1, 1), 0L, 0L, client.bytes(new byte[12]), 12L, 0L);
            client.assertViolations(ViolationKind.OUT_OF_RANGE);
            client.send(REPLACE, texture, region(0, 0, 0, 3, 2, 1), 0L, 0L, client.bytes(new byte[24]), 8L, 0L);
            client.assertViolations(ViolationKind.BAD_ARGUMENT);
            var hidden = descriptor(RGBA8, 4, 4, false);
            client.send("MTLTextureDescriptor_setStorageMode", hidden, Mtl.MTLStorageModePrivate());
            client.send(REPLACE, texture(hidden), region(0, 0, 0, 1, 1, 1), 0L, 0L, client.bytes(new byte[4]), 4L, 0L);
            client.assertViolations(ViolationKind.STORAGE_MODE);
        });
    }

    private void refused(MemorySegment descriptor, ViolationKind kind) {
        MemorySegment texture = client.send("MTLDevice_newTextureWithDescriptor", client.device, descriptor);
        assertThat(texture.address()).isZero();
        client.assertViolations(kind);
    }

    @Test
    void resourceIdsAreNotUsedTwice() {
        run(() -> {
            MemorySegment first =
                    client.send("MTLDevice_newTextureWithDescriptor", client.device, descriptor(RGBA8, 1, 1, false));
            long id = id("MTLTexture_gpuResourceID", first);
            client.metal.release(first);
            var second = texture(descriptor(RGBA8, 1, 1, false));
            assertThat(id("MTLTexture_gpuResourceID", second)).isNotEqualTo(id).isNotZero();
            var samplerDescriptor = client.newObject("MTLSamplerDescriptor");
            var sampler = client.owned(
                    client.send("MTLDevice_newSamplerStateWithDescriptor", client.device, samplerDescriptor));
            id("MTLSamplerState_gpuResourceID", sampler);
            client.assertViolations(ViolationKind.BAD_ARGUMENT);
            client.send("MTLSamplerDescriptor_setSupportArgumentBuffers", samplerDescriptor, true);
            sampler = client.owned(
                    client.send("MTLDevice_newSamplerStateWithDescriptor", client.device, samplerDescriptor));
            assertThat(id("MTLSamplerState_gpuResourceID", sampler)).isNotZero();
        });
    }

    @Test
    void aSamplerOfPixelsIsClampedToTheEdge() {
        run(() -> {
            var descriptor = client.newObject("MTLSamplerDescriptor");
            client.send("MTLSamplerDescriptor_setNormalizedCoordinates", descriptor, false);
            client.owned(client.send("MTLDevice_newSamplerStateWithDescriptor", client.device, descriptor));
            client.send("MTLSamplerDescriptor_setSAddressMode", descriptor, Mtl.MTLSamplerAddressModeRepeat());
            MemorySegment refused = client.send("MTLDevice_newSamplerStateWithDescriptor", client.device, descriptor);
            assertThat(refused.address()).isZero();
            client.assertViolations(ViolationKind.BAD_ARGUMENT);
        });
    }
}
