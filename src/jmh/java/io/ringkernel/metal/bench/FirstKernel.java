package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;

/** The least program that runs a kernel; says when the kernel has completed. */
public final class FirstKernel {
    static final String DONE = "completed";

    private FirstKernel() {}

    public static void main(String[] arguments) {
        var source = """
                kernel void add(device const float* left [[buffer(0)]],
                                device const float* right [[buffer(1)]],
                                device float* sum [[buffer(2)]],
                                uint index [[thread_position_in_grid]]) {
                    sum[index] = left[index] + right[index];
                }
                """;
        try (var device = MetalDevice.software();
                var library = device.newLibrary(source);
                var function = library.function("add");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var left = device.newBufferOf(1, 2, 3, 4f);
                var right = device.newBufferOf(10, 20, 30, 40f);
                var sum = device.newBuffer(left.byteSize())) {
            queue.run(pipeline, MetalSize.of(4), left, right, sum).join();
            System.out.println(DONE);
        }
    }
}
