package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands whose execution a GPU leaves undefined: the software device fails, and says why. */
@Timeout(60)
final class IndirectCommandFaultsTest {
    private static final MetalSize ONE = MetalSize.of(1);

    private static final String FILL = "kernel void fill(device int* out [[buffer(0)]]) { out[0] = 1; }";

    private static final String ENCODE = """
            struct Commands { command_buffer commands; uint command; uint buffer; };
            kernel void encode(constant Commands& given [[buffer(0)]]) {
                compute_command command(given.commands, given.command);
                command.reset();
                command.set_kernel_buffer((constant Commands*) &given, given.buffer);
            }
            """;

    private static void expectFault(MetalDevice device, String text, Consumer<MetalComputeEncoder> commands) {
        try (var queue = device.newCommandQueue();
                var buffer = queue.commandBuffer()) {
            try (var encoder = buffer.computeEncoder()) {
                commands.accept(encoder);
            }
            buffer.commit();
            assertThatExceptionOfType(CommandFailedException.class)
                    .isThrownBy(buffer::waitUntilCompleted)
                    .withMessageContaining(text);
        }
    }

    private static MetalIndirectCommandBuffer commands(MetalDevice device) {
        return device.newIndirectCommandBuffer(
                MetalIndirectCommandBufferDescriptor.ofBuffers(1), 2, MetalStorageMode.SHARED);
    }

    private static MetalPipeline fill(MetalDevice device) {
        try (var library = device.newLibrary(FILL);
                var function = library.function("fill")) {
            return device.newPipeline(function, MetalPipelineOptions.defaults().withIndirectCommands());
        }
    }

    @Test
    void aCommandThatNobodyResetIsNotExecuted() {
        try (var device = MetalDevice.software();
                var commands = commands(device)) {
            expectFault(device, "neither encoded", encoder -> encoder.executeCommands(commands, 0, 1));
        }
    }

    @Test
    void aRangeInMemoryMustBeInside() {
        try (var device = MetalDevice.software();
                var commands = commands(device);
                var range = device.newBufferOf(1, 2)) {
            expectFault(
                    device, "a range of commands not in 0..2", encoder -> encoder.executeCommands(commands, range, 0));
        }
    }

    @Test
    @SuppressWarnings("try") // closes the pipeline early on purpose
    void whatACommandNamesMustBeAliveAndAnnounced() {
        try (var device = MetalDevice.software();
                var commands = commands(device);
                var out = device.newBuffer(4);
                var pipeline = fill(device)) {
            var command = commands.command(0);
            command.dispatchThreads(ONE, ONE);
            expectFault(device, "no pipeline", encoder -> encoder.executeCommands(commands, 0, 1));
            command.setPipeline(pipeline);
            expectFault(device, "not bound", encoder -> encoder.executeCommands(commands, 0, 1));
            command.setBuffer(0, out, 0);
            expectFault(device, "call useResource", encoder -> encoder.executeCommands(commands, 0, 1));
            command.dispatchThreads(MetalSize.of(2048), MetalSize.of(2048));
            expectFault(device, "threadsPerThreadgroup", encoder -> encoder.executeCommands(commands, 0, 1));
            pipeline.close();
            expectFault(device, "no pipeline", encoder -> encoder.executeCommands(commands, 0, 1));
        }
    }

    @Test
    void aKernelCannotEncodeBeyondTheCommandsAndTheirBuffers() {
        try (var device = MetalDevice.software();
                var commands = commands(device);
                var encode = TestKernel.of(device, ENCODE);
                var arguments = device.newBuffer(16)) {
            int[][] beyond = {{2, 0}, {0, 1}};
            for (var each : beyond) {
                arguments.write(0, commands.gpuResourceId());
                arguments.write(8, each[0], each[1]);
                expectFault(device, "null", encoder -> {
                    encoder.useResource(commands, MetalBinding.Access.READ_WRITE);
                    encoder.setPipeline(encode.pipeline());
                    encoder.setBuffer(0, arguments);
                    encoder.dispatchThreads(ONE, ONE);
                });
            }
        }
    }
}
