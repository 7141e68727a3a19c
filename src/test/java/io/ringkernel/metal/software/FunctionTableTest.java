package io.ringkernel.metal.software;

import static io.ringkernel.metal.software.Kernels.dispatch;
import static io.ringkernel.metal.software.Kernels.ints;
import static io.ringkernel.metal.software.Kernels.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Visible functions in tables that kernels call them through. */
@Timeout(60)
final class FunctionTableTest {
    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;
            [[visible]] int plus(int x) { return x + 100; }
            [[visible]] int minus(int x) { return x - 100; }
            [[visible]] float other(float x) { return x; }
            kernel void apply(device int* data [[buffer(0)]], visible_function_table<int(int)> table [[buffer(3)]],
                              uint i [[thread_position_in_grid]]) {
                data[i] = table[i % table.size()](data[i]);
            }
            struct Arguments { visible_function_table<int(int)> table; };
            kernel void indirect(device int* data [[buffer(0)]], constant Arguments& arguments [[buffer(1)]],
                                 uint i [[thread_position_in_grid]]) {
                data[i] = arguments.table[0](data[i]);
            }
            """;

    private static MemorySegment library(TestClient client) {
        return client.owned(client.send(
                "MTLDevice_newLibraryWithSource_options_error",
                client.device,
                client.string(SOURCE),
                MemorySegment.NULL,
                client.slot()));
    }

    private static MemorySegment function(TestClient client, MemorySegment library, String name) {
        return client.owned(client.send("MTLLibrary_newFunctionWithName", library, client.string(name)));
    }

    /** A pipeline that may call functions; null with an error when it cannot be made. */
    private static MemorySegment pipeline(
            TestClient client, MemorySegment kernel, MemorySegment error, MemorySegment... linked) {
        var descriptor = client.newObject("MTLComputePipelineDescriptor");
        client.send("MTLComputePipelineDescriptor_setComputeFunction", descriptor, kernel);
        var functions = client.newObject("MTLLinkedFunctions");
        client.send("MTLLinkedFunctions_setFunctions", functions, NSArray.of(client.metal, List.of(linked)));
        client.send("MTLComputePipelineDescriptor_setLinkedFunctions", descriptor, functions);
        return client.send(
                "MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error",
                client.device,
                descriptor,
                Mtl.MTLPipelineOptionNone(),
                MemorySegment.NULL,
                error);
    }

    private static MemorySegment table(TestClient client, MemorySegment pipeline, long count) {
        var descriptor = client.newObject("MTLVisibleFunctionTableDescriptor");
        client.send("MTLVisibleFunctionTableDescriptor_setFunctionCount", descriptor, count);
        return client.owned(
                client.send("MTLComputePipelineState_newVisibleFunctionTableWithDescriptor", pipeline, descriptor));
    }

    private static void set(
            TestClient client, MemorySegment table, long index, MemorySegment pipeline, MemorySegment function) {
        MemorySegment handle = client.send("MTLComputePipelineState_functionHandleWithFunction", pipeline, function);
        client.send("MTLVisibleFunctionTable_setFunction_atIndex", table, handle, index);
    }

    @Test
    void aKernelCallsWhatTheTableHolds() {
        try (var client = new TestClient()) {
            var library = library(client);
            var plus = function(client, library, "plus");
            var minus = function(client, library, "minus");
            var pipeline =
                    client.owned(pipeline(client, function(client, library, "apply"), client.slot(), plus, minus));
            var table = table(client, pipeline, 2);
            set(client, table, 0, pipeline, minus);
            set(client, table, 1, pipeline, plus);
            var data = ints(client, 1, 2, 3, 4);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 0L);
            client.send("MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex", encoder, table, 3L);
            dispatch(client, encoder, 4, 4);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
            assertThat(values(client, data)).containsExactly(-99, 102, -97, 104);
        }
    }

    @Test
    void aTableInAnArgumentBufferIsFoundByItsResourceId() {
        try (var client = new TestClient()) {
            var library = library(client);
            var plus = function(client, library, "plus");
            var pipeline = client.owned(pipeline(client, function(client, library, "indirect"), client.slot(), plus));
            var table = table(client, pipeline, 1);
            set(client, table, 0, pipeline, plus);
            MemorySegment id = client.send("MTLVisibleFunctionTable_gpuResourceID", table);
            var arguments = client.buffer(8, TestClient.SHARED);
            client.contents(arguments).set(ValueLayout.JAVA_LONG, 0, id.get(ValueLayout.JAVA_LONG, 0));
            var data = ints(client, 5);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 0L);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, arguments, 0L, 1L);
            client.send("MTLComputeCommandEncoder_useResource_usage", encoder, table, Mtl.MTLResourceUsageRead());
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
            assertThat(values(client, data)).containsExactly(105);
        }
    }

    @Test
    void anEmptyEntryIsAFault() {
        try (var client = new TestClient()) {
            var library = library(client);
            var pipeline = client.owned(pipeline(client, function(client, library, "apply"), client.slot()));
            var data = ints(client, 1);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 0L);
            client.send(
                    "MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex",
                    encoder,
                    table(client, pipeline, 1),
                    3L);
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusError());
        }
    }

    @Test
    void aFunctionThatIsNotLinkedHasNoHandle() {
        try (var client = new TestClient()) {
            var library = library(client);
            var plus = function(client, library, "plus");
            var pipeline = client.owned(pipeline(client, function(client, library, "apply"), client.slot(), plus));
            MemorySegment known = client.send("MTLComputePipelineState_functionHandleWithFunction", pipeline, plus);
            MemorySegment unknown = client.send(
                    "MTLComputePipelineState_functionHandleWithFunction", pipeline, function(client, library, "minus"));
            assertThat(client.text(client.send("MTLFunctionHandle_name", known)))
                    .isEqualTo("plus");
            assertThat(unknown.address()).isZero();
        }
    }

    @Test
    void onlyVisibleFunctionsOfTheKernelsLibraryAreLinked() {
        try (var client = new TestClient()) {
            var library = library(client);
            var kernel = function(client, library, "apply");
            var foreign = function(client, library(client), "plus");
            Stream.of(foreign, function(client, library, "indirect")).forEach(linked -> {
                var error = client.slot();
                assertThat(pipeline(client, kernel, error, linked).address()).isZero();
                assertThat(client.errorIn(error).code()).isEqualTo(Mtl.MTLLibraryErrorUnsupported());
            });
        }
    }

    @Test
    void aBufferIsNoTable() {
        try (var client = new TestClient()) {
            var library = library(client);
            var pipeline = client.owned(pipeline(client, function(client, library, "apply"), client.slot()));
            var other = client.owned(pipeline(client, function(client, library, "apply"), client.slot()));
            var data = ints(client, 1);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 0L);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 3L);
            dispatch(client, encoder, 1, 1);
            client.send(
                    "MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex",
                    encoder,
                    table(client, other, 1),
                    3L);
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            client.finish(commands);
            client.assertViolations(ViolationKind.BAD_ARGUMENT, ViolationKind.BAD_ARGUMENT);
        }
    }
}
