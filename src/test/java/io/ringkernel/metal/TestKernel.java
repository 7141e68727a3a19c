package io.ringkernel.metal;

import java.util.function.Consumer;

/** One kernel with a queue, for tests that encode its dispatches themselves. */
final class TestKernel implements AutoCloseable {
    private static final String HEADER = """
            #include <metal_stdlib>
            using namespace metal;
            """;

    private final MetalPipeline pipeline;
    private final MetalCommandQueue queue;

    private TestKernel(MetalPipeline pipeline, MetalCommandQueue queue) {
        this.pipeline = pipeline;
        this.queue = queue;
    }

    /** The source with what every MSL file begins with, so that the first line given is line 3. */
    static String msl(String source) {
        return HEADER + source;
    }

    /** The only function of a source, which {@link #msl} completes. */
    static TestKernel of(MetalDevice device, String source) {
        return of(device, source, MetalCompileOptions.defaults(), MetalFunctionConstants.none());
    }

    static TestKernel of(
            MetalDevice device, String source, MetalCompileOptions options, MetalFunctionConstants constants) {
        return new TestKernel(pipeline(device, source, options, constants), device.newCommandQueue());
    }

    static MetalPipeline pipeline(MetalDevice device, String source) {
        return pipeline(device, source, MetalCompileOptions.defaults(), MetalFunctionConstants.none());
    }

    private static MetalPipeline pipeline(
            MetalDevice device, String source, MetalCompileOptions options, MetalFunctionConstants constants) {
        try (var library = device.newLibrary(msl(source), options);
                var function = library.function(library.functionNames().getFirst(), constants)) {
            return device.newPipeline(function);
        }
    }

    MetalPipeline pipeline() {
        return pipeline;
    }

    MetalCommandQueue queue() {
        return queue;
    }

    /** Runs the function over a line of threads and waits. */
    void run(long threads, MetalBuffer... buffers) {
        queue.run(pipeline, MetalSize.of(threads), buffers).join();
    }

    /** Encodes into a serial encoder that has the pipeline set, runs it and waits. */
    void encode(Consumer<MetalComputeEncoder> commands) {
        encode(MetalDispatchType.SERIAL, commands);
    }

    void encode(MetalDispatchType type, Consumer<MetalComputeEncoder> commands) {
        try (var buffer = queue.commandBuffer()) {
            try (var encoder = buffer.computeEncoder(type)) {
                encoder.setPipeline(pipeline);
                commands.accept(encoder);
            }
            buffer.commit();
            buffer.waitUntilCompleted();
        }
    }

    @Override
    public void close() {
        queue.close();
        pipeline.close();
    }
}
