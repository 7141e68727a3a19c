package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.NSArray;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A library has functions of every kind; only kernels make compute pipelines. */
@Timeout(60)
final class FunctionTypeTest {
    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;
            struct Pixel { half4 colour [[color(0)]]; };
            struct Varyings { float4 position [[position]]; };
            vertex Varyings corner(uint id [[vertex_id]]) { return {float4(id)}; }
            fragment half4 shade(Varyings in [[stage_in]]) { return half4(in.position); }
            [[visible]] float doubled(float x) { return 2 * x; }
            [[object]] void expand(mesh_grid_properties grid) { grid.set_threadgroups_per_grid(uint3(1)); }
            [[mesh]] void emit(mesh<Varyings, void, 3, 1, topology::triangle> out) { out.set_primitive_count(0); }
            kernel void tile(imageblock<Pixel> block, ushort2 at [[thread_position_in_threadgroup]]) {
                block.write(block.read(at), at);
            }
            kernel void warped(constant rasterization_rate_map_data& data [[buffer(0)]],
                               device float2* out [[buffer(1)]]) {
                rasterization_rate_map_decoder map(data);
                *out = map.map_screen_to_physical_coordinates(float2(1), 0);
            }
            kernel void plain(device float* out [[buffer(0)]]) { *out = doubled(*out); }
            """;

    private static MemorySegment library(TestClient client) {
        return client.owned(client.send(
                "MTLDevice_newLibraryWithSource_options_error",
                client.device,
                client.string(SOURCE),
                MemorySegment.NULL,
                client.slot()));
    }

    private static MemorySegment function(TestClient client, String name) {
        return client.owned(client.send("MTLLibrary_newFunctionWithName", library(client), client.string(name)));
    }

    @Test
    void aLibraryNamesFunctionsOfEveryKind() {
        try (var client = new TestClient()) {
            MemorySegment names = client.send("MTLLibrary_functionNames", library(client));
            assertThat(NSArray.toStrings(client.metal, names))
                    .containsExactly("corner", "shade", "doubled", "expand", "emit", "tile", "warped", "plain");
        }
    }

    @ParameterizedTest
    @CsvSource({"corner,1", "shade,2", "tile,3", "plain,3", "doubled,5", "emit,7", "expand,8"})
    void aFunctionTellsItsType(String name, long type) {
        try (var client = new TestClient()) {
            long told = client.send("MTLFunction_functionType", function(client, name));
            assertThat(told).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "corner,corner has MTLFunctionTypeVertex",
        "shade,shade has MTLFunctionTypeFragment",
        "doubled,doubled has MTLFunctionTypeVisible",
        "expand,expand has MTLFunctionTypeObject",
        "emit,emit has MTLFunctionTypeMesh",
        "tile,imageblock<Pixel",
        "warped,rasterization_rate_map_decoder"
    })
    void noComputePipelineIsMadeOfWhatIsNoKernelHere(String name, String reason) {
        try (var client = new TestClient()) {
            var error = client.slot();
            MemorySegment pipeline = client.send(
                    "MTLDevice_newComputePipelineStateWithFunction_error",
                    client.device,
                    function(client, name),
                    error);
            assertThat(pipeline.address()).isZero();
            assertThat(client.errorIn(error).code()).isEqualTo(Mtl.MTLLibraryErrorUnsupported());
            assertThat(client.errorIn(error).description()).contains(reason);
        }
    }

    @Test
    void aKernelBesideThemMakesAPipeline() {
        try (var client = new TestClient()) {
            client.owned(client.send(
                    "MTLDevice_newComputePipelineStateWithFunction_error",
                    client.device,
                    function(client, "plain"),
                    client.slot()));
        }
    }
}
