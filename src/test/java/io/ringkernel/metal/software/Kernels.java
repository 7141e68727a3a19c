package io.ringkernel.metal.software;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Kernels for tests, and how a test runs them through messages. */
final class Kernels {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private static final String SOURCE = """
            #include <metal_stdlib>
            using namespace metal;

            kernel void add(device const int* a [[buffer(0)]], device const int* b [[buffer(1)]],
                            device int* sum [[buffer(2)]], uint i [[thread_position_in_grid]]) {
                sum[i] = a[i] + b[i];
            }

            kernel void scale(device int* data [[buffer(0)]], constant int& factor [[buffer(1)]],
                              uint i [[thread_position_in_grid]]) {
                data[i] *= factor;
            }

            kernel void increment(device int* data [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                data[i] += 1;
            }

            kernel void spin(device atomic_uint* flag [[buffer(0)]]) {
                while (atomic_load_explicit(flag, memory_order_relaxed) == 0) {
                }
            }

            kernel void stray(device int* data [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                data[i + 100000] = 1;
            }

            kernel void reverse(device int* data [[buffer(0)]], threadgroup int* scratch [[threadgroup(0)]],
                                uint i [[thread_position_in_threadgroup]], uint n [[threads_per_threadgroup]]) {
                scratch[i] = data[i];
                threadgroup_barrier(mem_flags::mem_threadgroup);
                data[i] = scratch[n - 1 - i];
            }

            struct Table {
                device int* values;
            };

            kernel void follow(device const Table& table [[buffer(0)]], device int* first [[buffer(1)]]) {
                *first = table.values[0];
            }

            constant int chosen [[function_constant(3)]];

            kernel void constants(device int* data [[buffer(0)]]) {
                *data = chosen;
            }
            """;

    static MemorySegment library(TestClient client) {
        var error = client.slot();
        var source = client.string(SOURCE);
        MemorySegment library = client.send(
                "MTLDevice_newLibraryWithSource_options_error", client.device, source, MemorySegment.NULL, error);
        return client.owned(library);
    }

    static MemorySegment pipeline(TestClient client, String kernel) {
        MemorySegment function = client.send("MTLLibrary_newFunctionWithName", library(client), client.string(kernel));
        return client.owned(client.send(
                "MTLDevice_newComputePipelineStateWithFunction_error",
                client.device,
                client.owned(function),
                client.slot()));
    }

    static MemorySegment ints(TestClient client, int... values) {
        var buffer = client.buffer(values.length * 4L, TestClient.SHARED);
        client.contents(buffer).copyFrom(MemorySegment.ofArray(values));
        return buffer;
    }

    static int[] values(TestClient client, MemorySegment buffer) {
        return client.contents(buffer).toArray(INT);
    }

    static void use(TestClient client, MemorySegment encoder, MemorySegment pipeline, MemorySegment... buffers) {
        client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
        for (int i = 0; i < buffers.length; i++) {
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, buffers[i], 0L, (long) i);
        }
    }

    static void dispatch(TestClient client, MemorySegment encoder, long threads, long perGroup) {
        client.send(
                "MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup",
                encoder,
                client.size(threads, 1, 1),
                client.size(perGroup, 1, 1));
    }

    /** Runs one kernel over these buffers; gives the command buffer, which is done. */
    static MemorySegment run(TestClient client, String kernel, long threads, MemorySegment... buffers) {
        var commands = client.commandBuffer(client.queue());
        var encoder = client.compute(commands);
        use(client, encoder, pipeline(client, kernel), buffers);
        dispatch(client, encoder, threads, Math.min(threads, 64));
        client.end(encoder);
        client.finish(commands);
        return commands;
    }

    private Kernels() {}
}
