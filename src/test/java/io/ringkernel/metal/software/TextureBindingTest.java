package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Textures and samplers that kernels use, bound by a client. */
final class TextureBindingTest extends TextureScene {
    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;
            struct Table { texture2d<float> image; sampler smooth; };
            kernel void blur(texture2d<float> in [[texture(0)]], texture2d<float, access::write> out [[texture(1)]],
                             sampler s [[sampler(2)]], uint2 i [[thread_position_in_grid]]) {
                out.write(in.sample(s, (float2(i) + 1.0f) / float2(out.get_width(), out.get_height())), i);
            }
            kernel void table(constant Table& table [[buffer(0)]], device float* out [[buffer(1)]]) {
                out[0] = table.image.sample(table.smooth, float2(0.5f)).x;
            }
            kernel void many(array<depth2d<float>, 3> a [[texture(1)]], device float* out [[buffer(0)]]) {
                out[0] = a[1].get_width();
            }
            """;

    private MemorySegment pipeline(String name, long options, MemorySegment reflection) {
        var library = client.owned(client.send(
                "MTLDevice_newLibraryWithSource_options_error",
                client.device,
                client.string(SOURCE),
                MemorySegment.NULL,
                client.slot()));
        var function = client.owned(client.send("MTLLibrary_newFunctionWithName", library, client.string(name)));
        return client.owned(client.send(
                "MTLDevice_newComputePipelineStateWithFunction_options_reflection_error",
                client.device,
                function,
                options,
                reflection,
                client.slot()));
    }

    private MemorySegment smooth(boolean forArgumentBuffers) {
        var descriptor = client.newObject("MTLSamplerDescriptor");
        client.send("MTLSamplerDescriptor_setMinFilter", descriptor, Mtl.MTLSamplerMinMagFilterLinear());
        client.send("MTLSamplerDescriptor_setMagFilter", descriptor, Mtl.MTLSamplerMinMagFilterLinear());
        client.send("MTLSamplerDescriptor_setSupportArgumentBuffers", descriptor, forArgumentBuffers);
        return client.owned(client.send("MTLDevice_newSamplerStateWithDescriptor", client.device, descriptor));
    }

    private MemorySegment ofUsage(long usage) {
        var descriptor = descriptor(Mtl.MTLPixelFormatR8Unorm(), 2, 2, false);
        client.send("MTLTextureDescriptor_setUsage", descriptor, usage);
        return texture(descriptor);
    }

    @Test
    void aKernelSamplesAndWritesWhatIsBound() {
        run(() -> {
            var in = ofUsage(Mtl.MTLTextureUsageShaderRead());
            var texels = client.bytes((byte) 0, (byte) 8, (byte) 4, (byte) 12);
            client.send(REPLACE, in, region(0, 0, 0, 2, 2, 1), 0L, 0L, texels, 2L, 0L);
            var out = ofUsage(Mtl.MTLTextureUsageShaderWrite());
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send(
                    "MTLComputeCommandEncoder_setComputePipelineState",
                    encoder,
                    pipeline("blur", 0L, MemorySegment.NULL));
            client.send(
                    "MTLComputeCommandEncoder_setTextures_withRange",
                    encoder,
                    client.objects(in, out),
                    client.range(0, 2));
            client.send("MTLComputeCommandEncoder_setSamplerState_atIndex", encoder, smooth(false), 2L);
            Kernels.dispatch(client, encoder, 2, 2);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
            assertThat(read(out, region(0, 0, 0, 2, 2, 1), 0, 0, new long[] {2, 0, 4}))
                    .containsExactly(6, 10, 0, 0);
        });
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsEncoded() {
        run(() -> {
            var in = ofUsage(Mtl.MTLTextureUsageShaderRead());
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send(
                    "MTLComputeCommandEncoder_setComputePipelineState",
                    encoder,
                    pipeline("blur", 0L, MemorySegment.NULL));
            client.send("MTLComputeCommandEncoder_setTexture_atIndex", encoder, in, 0L);
            Kernels.dispatch(client, encoder, 2, 2);
            client.assertViolations(ViolationKind.UNBOUND_SAMPLER);
            client.send("MTLComputeCommandEncoder_setSamplerState_atIndex", encoder, smooth(false), 2L);
            client.send("MTLComputeCommandEncoder_setTexture_atIndex", encoder, in, 1L);
            Kernels.dispatch(client, encoder, 2, 2);
            client.assertViolations(ViolationKind.TEXTURE_MISMATCH);
            client.send("MTLComputeCommandEncoder_setTexture_atIndex", encoder, in, 128L);
            client.assertViolations(ViolationKind.OUT_OF_RANGE);
            client.end(encoder);
        });
    }

    @Test
    void anArgumentBufferHoldsResourceIds() {
        run(() -> {
            var in = ofUsage(Mtl.MTLTextureUsageShaderRead());
            var texels = client.bytes((byte) 51, (byte) 51, (byte) 51, (byte) 51);
            client.send(REPLACE, in, region(0, 0, 0, 2, 2, 1), 0L, 0L, texels, 2L, 0L);
            var sampler = smooth(true);
            var table = client.buffer(16, TestClient.SHARED);
            client.contents(table).set(ValueLayout.JAVA_LONG, 0, id("MTLTexture_gpuResourceID", in));
            client.contents(table).set(ValueLayout.JAVA_LONG, 8, id("MTLSamplerState_gpuResourceID", sampler));
            var out = client.buffer(4, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            Kernels.use(client, encoder, pipeline("table", 0L, MemorySegment.NULL), table, out);
            client.send("MTLComputeCommandEncoder_useResource_usage", encoder, in, Mtl.MTLResourceUsageRead());
            Kernels.dispatch(client, encoder, 1, 1);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
            assertThat(client.contents(out).get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(0.2f);
        });
    }

    @Test
    void reflectionShowsTexturesAndSamplers() {
        run(() -> {
            var slot = client.slot();
            pipeline("many", Mtl.MTLPipelineOptionBindingInfo(), slot);
            var reflection = MemorySegment.ofAddress(slot.get(ValueLayout.JAVA_LONG, 0));
            MemorySegment bindings = client.send("MTLComputePipelineReflection_bindings", reflection);
            assertThat((long) client.send("NSArray_count", bindings)).isEqualTo(2);
            MemorySegment texture = client.send("NSArray_objectAtIndex", bindings, 1L);
            assertThat((long) client.send("MTLBinding_type", texture)).isEqualTo(Mtl.MTLBindingTypeTexture());
            assertThat((long) client.send("MTLBinding_index", texture)).isEqualTo(1);
            assertThat((long) client.send("MTLTextureBinding_arrayLength", texture))
                    .isEqualTo(3);
            assertThat((boolean) client.send("MTLTextureBinding_isDepthTexture", texture))
                    .isTrue();
            assertThat((long) client.send("MTLTextureBinding_textureType", texture))
                    .isEqualTo(Mtl.MTLTextureType2D());
            assertThat((long) client.send("MTLTextureBinding_textureDataType", texture))
                    .isEqualTo(Mtl.MTLDataTypeFloat());
        });
    }
}
