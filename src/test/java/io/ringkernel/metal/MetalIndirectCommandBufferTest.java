package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands that the CPU and kernels encode, and what becomes of them when they are executed. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalIndirectCommandBufferTest {
    private static final MetalSize ONE = MetalSize.of(1);
    private static final MetalIndirectCommandBufferDescriptor TWO_BUFFERS =
            MetalIndirectCommandBufferDescriptor.ofBuffers(2);

    /** Appends a digit; the order of dispatches shows in the decimal number. */
    private static final String APPEND = """
            kernel void append(device int* number [[buffer(0)]], constant int& digit [[buffer(1)]],
                    uint i [[thread_position_in_grid]], uint threads [[threads_per_grid]]) {
                if (i == threads - 1) {
                    number[0] = number[0] * 10 + digit + int(threads) - 1;
                }
            }
            """;

    /** Encodes one command per thread: the thread's digit is appended after a barrier. */
    private static final String ENCODE = """
            struct Commands {
                command_buffer commands [[id(0)]];
                compute_pipeline_state append [[id(1)]];
                device int* number;
                constant int* digits;
            };
            kernel void encode(constant Commands& given [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                if (i >= given.commands.size()) {
                    return;
                }
                compute_command command(given.commands, i);
                command.reset();
                command.set_compute_pipeline_state(given.append);
                command.set_kernel_buffer(given.number, 0);
                command.set_kernel_buffer(given.digits + i, 1);
                command.set_barrier();
                command.concurrent_dispatch_threads(uint3(1), uint3(1));
            }
            """;

    /** A copy of the first command into the second. */
    private static final String COPY = """
            struct Commands { command_buffer commands; };
            kernel void copy(constant Commands& given [[buffer(0)]]) {
                compute_command first{given.commands, 0};
                compute_command second{given.commands, 1};
                second.copy_command(first);
                first.clear_barrier();
                first.set_threadgroup_memory_length(16, 0);
            }
            """;

    /** The kernel that appends, a queue, the number that it appends to, and digits. */
    private record Bench(MetalPipeline append, MetalCommandQueue queue, MetalBuffer number, MetalBuffer digits)
            implements AutoCloseable {
        static Bench of(MetalDevice device) {
            try (var library = device.newLibrary(TestKernel.msl(APPEND));
                    var function = library.function("append")) {
                var options = MetalPipelineOptions.defaults().withIndirectCommands();
                return new Bench(
                        device.newPipeline(function, options),
                        device.newCommandQueue(),
                        device.newBuffer(4),
                        device.newBufferOf(1, 2, 3, 4));
            }
        }

        void compute(Consumer<MetalComputeEncoder> commands) {
            try (var buffer = queue.commandBuffer()) {
                try (var encoder = buffer.computeEncoder()) {
                    encoder.useResource(number, MetalBinding.Access.READ_WRITE);
                    encoder.useResource(digits, MetalBinding.Access.READ_ONLY);
                    commands.accept(encoder);
                }
                buffer.commit();
                buffer.waitUntilCompleted();
            }
        }

        void blit(Consumer<MetalBlitEncoder> commands) {
            try (var buffer = queue.commandBuffer()) {
                try (var encoder = buffer.blitEncoder()) {
                    commands.accept(encoder);
                }
                buffer.commit();
                buffer.waitUntilCompleted();
            }
        }

        /** Has the CPU encode a command that appends a digit. */
        MetalIndirectComputeCommand encode(MetalIndirectCommandBuffer commands, int index, int digit) {
            var command = commands.command(index);
            command.setPipeline(append);
            command.setBuffer(0, number, 0);
            command.setBuffer(1, digits, 4L * (digit - 1));
            command.dispatchThreads(ONE, ONE);
            return command;
        }

        int result() {
            return number.readInts(0, 1)[0];
        }

        @Override
        public void close() {
            append.close();
            queue.close();
            number.close();
            digits.close();
        }
    }

    private static MetalIndirectCommandBuffer commands(MetalDevice device, int count) {
        return device.newIndirectCommandBuffer(TWO_BUFFERS, count, MetalStorageMode.SHARED);
    }

    @Test
    void commandsOfTheCpuRunInTheOrderOfTheirBarriers(MetalDevice device) {
        try (var bench = Bench.of(device);
                var commands = commands(device, 4)) {
            for (int i = 0; i < 4; i++) {
                bench.encode(commands, i, i + 1).setBarrier();
            }
            bench.compute(encoder -> encoder.executeCommands(commands, 0, 4));
            assertThat(bench.result()).isEqualTo(1234);
            bench.compute(encoder -> encoder.executeCommands(commands, 1, 2));
            assertThat(bench.result()).isEqualTo(123423);
        }
    }

    @Test
    void theLastDispatchCountsAndAResetCommandDoesNothing(MetalDevice device) {
        try (var bench = Bench.of(device);
                var commands = commands(device, 3)) {
            bench.encode(commands, 0, 1).dispatchThreadgroups(MetalSize.of(2), MetalSize.of(3));
            bench.encode(commands, 1, 2).reset();
            bench.encode(commands, 2, 3).clearBarrier();
            commands.reset(2, 1);
            bench.compute(encoder -> encoder.executeCommands(commands, 0, 3));
            assertThat(bench.result()).isEqualTo(6);
        }
    }

    @Test
    void kernelsEncodeCommandsThatALaterEncoderExecutes(MetalDevice device) {
        Assumptions.assumeTrue(device.limits().argumentBufferTier() == 2, "needs tier 2");
        try (var bench = Bench.of(device);
                var commands = device.newIndirectCommandBuffer(TWO_BUFFERS, 4, MetalStorageMode.PRIVATE);
                var encode = TestKernel.of(device, ENCODE);
                var arguments = device.newBuffer(32);
                var range = device.newBufferOf(7, 1, 3)) {
            arguments.write(
                    0,
                    commands.gpuResourceId(),
                    bench.append.gpuResourceId(),
                    bench.number.gpuAddress(),
                    bench.digits.gpuAddress());
            bench.compute(encoder -> {
                encoder.useResource(commands, MetalBinding.Access.READ_WRITE);
                encoder.setPipeline(encode.pipeline());
                encoder.setBuffer(0, arguments);
                encoder.dispatchThreads(MetalSize.of(5), MetalSize.of(5));
            });
            bench.compute(encoder -> encoder.executeCommands(commands, 0, 4));
            assertThat(bench.result()).isEqualTo(1234);
            bench.compute(encoder -> encoder.executeCommands(commands, range, 4));
            assertThat(bench.result()).isEqualTo(1234234);
        }
    }

    @Test
    void aBlitCopiesResetsAndOptimizesCommands(MetalDevice device) {
        try (var bench = Bench.of(device);
                var commands = commands(device, 2);
                var copies = commands(device, 3)) {
            bench.encode(commands, 0, 1);
            bench.encode(commands, 1, 2).setBarrier();
            bench.blit(encoder -> {
                encoder.resetCommands(copies, 0, 3);
                encoder.copyCommands(commands, 0, 2, copies, 1);
                encoder.resetCommands(commands, 0, 1);
                encoder.optimizeCommands(copies, 0, 3);
            });
            bench.compute(encoder -> encoder.executeCommands(copies, 0, 3));
            assertThat(bench.result()).isEqualTo(12);
            bench.compute(encoder -> encoder.executeCommands(commands, 0, 2));
            assertThat(bench.result()).isEqualTo(122);
        }
    }

    @Test
    void commandsInheritThePipelineAndTheBuffersOfTheirEncoder(MetalDevice device) {
        var inheriting = TWO_BUFFERS.withInheritedPipeline().withInheritedBuffers();
        try (var bench = Bench.of(device);
                var commands = device.newIndirectCommandBuffer(inheriting, 1, MetalStorageMode.SHARED)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> commands.command(0).setPipeline(bench.append));
            commands.command(0).dispatchThreads(ONE, ONE);
            bench.compute(encoder -> {
                encoder.setPipeline(bench.append);
                encoder.setBuffer(0, bench.number);
                encoder.setBuffer(1, bench.digits, 12);
                encoder.executeCommands(commands, 0, 1);
            });
            assertThat(bench.result()).isEqualTo(4);
        }
    }

    @Test
    void aKernelCopiesACommandAndChangesTheOriginal(MetalDevice device) {
        Assumptions.assumeTrue(device.limits().argumentBufferTier() == 2, "needs tier 2");
        try (var bench = Bench.of(device);
                var commands = device.newIndirectCommandBuffer(
                        TWO_BUFFERS.withThreadgroupMemory(1), 2, MetalStorageMode.SHARED);
                var copy = TestKernel.of(device, COPY);
                var arguments = device.newBuffer(8)) {
            bench.encode(commands, 0, 3).setThreadgroupMemory(0, 32);
            arguments.write(0, commands.gpuResourceId());
            bench.compute(encoder -> {
                encoder.useResource(commands, MetalBinding.Access.READ_WRITE);
                encoder.setPipeline(copy.pipeline());
                encoder.setBuffer(0, arguments);
                encoder.dispatchThreads(ONE, ONE);
            });
            bench.compute(encoder -> encoder.executeCommands(commands, 0, 2));
            assertThat(bench.result()).isEqualTo(33);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAtTheCall(MetalDevice device) {
        try (var bench = Bench.of(device);
                var plain = TestKernel.of(device, APPEND);
                var commands = commands(device, 2);
                var hidden = device.newIndirectCommandBuffer(TWO_BUFFERS, 2, MetalStorageMode.PRIVATE)) {
            var command = commands.command(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> command.setPipeline(plain.pipeline()))
                    .withMessageContaining("withIndirectCommands");
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> commands.command(2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> command.setBuffer(2, bench.number, 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> command.setThreadgroupMemory(0, 16));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> commands.reset(1, 2));
            assertThatIllegalStateException()
                    .isThrownBy(() -> hidden.command(0))
                    .withMessageContaining("private");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> device.newIndirectCommandBuffer(TWO_BUFFERS, 0, MetalStorageMode.SHARED));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MetalIndirectCommandBufferDescriptor.ofBuffers(32))
                    .withMessageContaining("0..31");
        }
    }
}
