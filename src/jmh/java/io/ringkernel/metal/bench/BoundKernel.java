package io.ringkernel.metal.bench;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A kernel of {@code src/jmh/resources/kernels} and what it runs on, compiled with and without memory checks. */
final class BoundKernel implements AutoCloseable {
    private static final String CHECKS = "ringkernel.metal.software.checks";

    private final MetalCommandQueue queue;
    private final MetalPipeline checked;
    private final MetalPipeline unchecked;
    private final MetalSize grid;
    private final MetalSize threadgroup;
    private final List<MetalBuffer> buffers;

    BoundKernel(MetalDevice device, String name, MetalSize grid, MetalSize threadgroup, MetalBuffer... buffers) {
        queue = device.newCommandQueue();
        checked = compile(device, name, true);
        unchecked = compile(device, name, false);
        this.grid = grid;
        this.threadgroup = threadgroup;
        this.buffers = List.of(buffers);
    }

    private static MetalPipeline compile(MetalDevice device, String name, boolean checks) {
        var before = System.setProperty(CHECKS, Boolean.toString(checks));
        try (var library = device.newLibrary(source(name));
                var function = library.function(name)) {
            return device.newPipeline(function);
        } finally {
            if (before == null) {
                System.clearProperty(CHECKS);
            } else {
                System.setProperty(CHECKS, before);
            }
        }
    }

    /** The text of a kernel. */
    static String source(String name) {
        try (var stream = BoundKernel.class.getResourceAsStream("/kernels/" + name + ".metal")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One dispatch, to its end. */
    Object run() {
        return run(checked);
    }

    /** One dispatch without memory checks, to its end. */
    Object runUnchecked() {
        return run(unchecked);
    }

    private Object run(MetalPipeline pipeline) {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                for (int i = 0; i < buffers.size(); i++) {
                    encoder.setBuffer(i, buffers.get(i));
                }
                encoder.dispatchThreads(grid, threadgroup);
            }
            return commands.commit().join();
        }
    }

    @Override
    public void close() {
        checked.close();
        unchecked.close();
        queue.close();
    }
}
