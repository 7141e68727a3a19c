package io.ringkernel.metal.software;

import static io.ringkernel.metal.software.Kernels.dispatch;
import static io.ringkernel.metal.software.Kernels.ints;
import static io.ringkernel.metal.software.Kernels.library;
import static io.ringkernel.metal.software.Kernels.pipeline;
import static io.ringkernel.metal.software.Kernels.use;
import static io.ringkernel.metal.software.Kernels.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.gpu.GpuLimits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sources, functions and their constants, pipelines and what they want bound. */
@Timeout(60)
final class LibraryTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    @Test
    void functionConstantsChooseTheCode() {
        try (var client = new TestClient()) {
            var values = client.newObject("MTLFunctionConstantValues");
            var number = client.arena().allocateFrom(INT, 11);
            client.send(
                    "MTLFunctionConstantValues_setConstantValue_type_atIndex",
                    values,
                    number,
                    Mtl.MTLDataTypeInt(),
                    3L);
            MemorySegment function = client.send(
                    "MTLLibrary_newFunctionWithName_constantValues_error",
                    library(client),
                    client.string("constants"),
                    values,
                    client.slot());
            MemorySegment pipeline = client.send(
                    "MTLDevice_newComputePipelineStateWithFunction_error",
                    client.device,
                    client.owned(function),
                    client.slot());
            var data = ints(client, 0);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, client.owned(pipeline), data);
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            client.finish(commands);
            assertThat(values(client, data)).containsExactly(11);
        }
    }

    @Test
    void aFunctionTakenWithoutValuesOnlyTellsItsConstants() {
        try (var client = new TestClient()) {
            MemorySegment function = client.owned(
                    client.send("MTLLibrary_newFunctionWithName", library(client), client.string("constants")));
            MemorySegment constants = client.send("MTLFunction_functionConstantsDictionary", function);
            assertThat(client.<Long>send("NSDictionary_count", constants)).isEqualTo(1);
            var error = client.slot();
            MemorySegment pipeline =
                    client.send("MTLDevice_newComputePipelineStateWithFunction_error", client.device, function, error);
            assertThat(pipeline.address()).isZero();
            assertThat(client.errorIn(error).description()).contains("'chosen'");
            MemorySegment other =
                    client.owned(client.send("MTLLibrary_newFunctionWithName", library(client), client.string("add")));
            MemorySegment none = client.send("MTLFunction_functionConstantsDictionary", other);
            assertThat(client.<Long>send("NSDictionary_count", none)).isZero();
        }
    }

    @Test
    void aConstantOfAnotherTypeIsAnError() {
        try (var client = new TestClient()) {
            var values = client.newObject("MTLFunctionConstantValues");
            var number = client.arena().allocateFrom(ValueLayout.JAVA_FLOAT, 1);
            client.send(
                    "MTLFunctionConstantValues_setConstantValue_type_withName",
                    values,
                    number,
                    Mtl.MTLDataTypeFloat(),
                    client.string("chosen"));
            var error = client.slot();
            MemorySegment none = client.send(
                    "MTLLibrary_newFunctionWithName_constantValues_error",
                    library(client),
                    client.string("constants"),
                    values,
                    error);
            assertThat(none.address()).isZero();
            assertThat(client.errorIn(error).description()).contains("chosen");
        }
    }

    @Test
    void aLibraryNamesItsKernelsAndKnowsNoOther() {
        try (var client = new TestClient()) {
            var library = library(client);
            assertThat(NSArray.toStrings(client.metal, client.send("MTLLibrary_functionNames", library)))
                    .contains("add", "scale", "spin", "constants");
            MemorySegment none = client.send("MTLLibrary_newFunctionWithName", library, client.string("subtract"));
            assertThat(none.address()).isZero();
        }
    }

    @Test
    void aSourceThatDoesNotCompileIsAnErrorWithLineAndColumn() {
        try (var client = new TestClient()) {
            var error = client.slot();
            MemorySegment none = client.send(
                    "MTLDevice_newLibraryWithSource_options_error",
                    client.device,
                    client.string("kernel void broken(device int* data) {\n    *data = missing;\n}\n"),
                    MemorySegment.NULL,
                    error);
            assertThat(none.address()).isZero();
            NSError said = client.errorIn(error);
            assertThat(said.domain()).isEqualTo("MTLLibraryErrorDomain");
            assertThat(said.code()).isEqualTo(Mtl.MTLLibraryErrorCompileFailure());
            assertThat(said.description())
                    .contains("program_source:2:13: error:")
                    .contains("missing");
        }
    }

    @Test
    void aPipelineSaysWhatItWantsBound() {
        try (var client = new TestClient()) {
            MemorySegment function =
                    client.send("MTLLibrary_newFunctionWithName", library(client), client.string("scale"));
            var reflection = client.slot();
            client.owned(client.send(
                    "MTLDevice_newComputePipelineStateWithFunction_options_reflection_error",
                    client.device,
                    client.owned(function),
                    Mtl.MTLPipelineOptionBindingInfo() | Mtl.MTLPipelineOptionBufferTypeInfo(),
                    reflection,
                    client.slot()));
            var object = MemorySegment.ofAddress(reflection.get(ValueLayout.JAVA_LONG, 0));
            MemorySegment bindings = client.send("MTLComputePipelineReflection_bindings", object);
            assertThat(client.<Long>send("NSArray_count", bindings)).isEqualTo(2);
            MemorySegment factor = client.send("NSArray_objectAtIndex", bindings, 1L);
            assertThat(client.text(client.send("MTLBinding_name", factor))).isEqualTo("factor");
            assertThat(client.<Long>send("MTLBinding_access", factor)).isEqualTo(Mtl.MTLBindingAccessReadOnly());
            assertThat(client.<Long>send("MTLBufferBinding_bufferDataType", factor))
                    .isEqualTo(Mtl.MTLDataTypeInt());
            assertThat(client.<Long>send("MTLBufferBinding_bufferDataSize", factor))
                    .isEqualTo(4);
        }
    }

    @Test
    void aKernelOfMoreThreadsThanTheDeviceHasMakesNoPipeline() {
        var limits = new GpuLimits(512, 1024, 1 << 20, 1 << 24, 4);
        try (var client = new TestClient(GpuConfiguration.unified().withLimits(limits))) {
            var error = client.slot();
            var most = client.owned(pipelineOfThreads(client, 512, error));
            assertThat(client.<Long>send("MTLComputePipelineState_maxTotalThreadsPerThreadgroup", most))
                    .isEqualTo(512);
            for (int threads : new int[] {513, 1024, 1_000_000}) {
                assertThat(pipelineOfThreads(client, threads, error).address()).isZero();
                var said = client.errorIn(error);
                assertThat(said.domain()).isEqualTo("MTLLibraryErrorDomain");
                assertThat(said.description())
                        .isEqualTo("max_total_threads_per_threadgroup of kernel 'wide' is beyond the device's 512"
                                + " threads: " + threads);
            }
        }
    }

    @Test
    void whatAKernelSaysOfItsThreadsOverridesTheLibrarysOption() {
        try (var client = new TestClient()) {
            var options = client.newObject("MTLCompileOptions");
            client.send("MTLCompileOptions_setMaxTotalThreadsPerThreadgroup", options, 64L);
            var pipeline = client.owned(pipelineOfThreads(client, 96, options, client.slot()));
            assertThat(client.<Long>send("MTLComputePipelineState_maxTotalThreadsPerThreadgroup", pipeline))
                    .isEqualTo(96);
        }
    }

    private static MemorySegment pipelineOfThreads(TestClient client, int threads, MemorySegment error) {
        return pipelineOfThreads(client, threads, MemorySegment.NULL, error);
    }

    private static MemorySegment pipelineOfThreads(
            TestClient client, int threads, MemorySegment options, MemorySegment error) {
        var source =
                "[[max_total_threads_per_threadgroup(" + threads + ")]] kernel void wide(device int* d) { *d = 1; }";
        MemorySegment library = client.owned(client.send(
                "MTLDevice_newLibraryWithSource_options_error", client.device, client.string(source), options, error));
        MemorySegment function = client.send("MTLLibrary_newFunctionWithName", library, client.string("wide"));
        return client.send(
                "MTLDevice_newComputePipelineStateWithFunction_error", client.device, client.owned(function), error);
    }

    @Test
    void aDescriptorAndTheDeviceLimitThePipelinesThreads() {
        var unified = GpuConfiguration.unified();
        var limits = new GpuLimits(512, 1024, 1 << 20, 1 << 24, 4);
        try (var client = new TestClient(unified.withLimits(limits))) {
            assertThat(client.<Long>send(
                            "MTLComputePipelineState_maxTotalThreadsPerThreadgroup", pipeline(client, "add")))
                    .isEqualTo(512);
            MemorySegment function =
                    client.send("MTLLibrary_newFunctionWithName", library(client), client.string("add"));
            var descriptor = client.newObject("MTLComputePipelineDescriptor");
            client.send("MTLComputePipelineDescriptor_setComputeFunction", descriptor, client.owned(function));
            client.send("MTLComputePipelineDescriptor_setMaxTotalThreadsPerThreadgroup", descriptor, 64L);
            var limited = client.owned(client.send(
                    "MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error",
                    client.device,
                    descriptor,
                    0L,
                    MemorySegment.NULL,
                    client.slot()));
            assertThat(client.<Long>send("MTLComputePipelineState_maxTotalThreadsPerThreadgroup", limited))
                    .isEqualTo(64);
        }
    }
}
