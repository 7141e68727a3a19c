package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.Faults;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the error of a command buffer says about its encoders. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class EncoderStatusTest {
    private static final String COUNT = """
            kernel void count(device int* cells [[buffer(0)]]) { cells[cells[0]] += 1; }
            """;
    private static final String SPIN = """
            kernel void spin(device atomic_int* cells [[buffer(0)]]) {
                atomic_fetch_add_explicit(&cells[1], 1, memory_order_relaxed);
                while (atomic_load_explicit(&cells[0], memory_order_relaxed) == 1) {}
            }
            """;

    /** One encoder for each buffer, named by its place. */
    private static CompletableFuture<MetalCommandBuffer> commit(
            TestKernel kernel, MetalErrorOption option, List<MetalBuffer> buffers) {
        try (var commands = kernel.queue().commandBuffer(option)) {
            for (int i = 0; i < buffers.size(); i++) {
                try (var encoder = commands.computeEncoder()) {
                    encoder.setLabel("encoder " + i);
                    encoder.insertDebugSignpost("begins");
                    encoder.setPipeline(kernel.pipeline());
                    encoder.setBuffers(0, buffers.get(i));
                    encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
                }
            }
            return commands.commit();
        }
    }

    private static CommandFailedException failureOf(CompletableFuture<MetalCommandBuffer> work) {
        return (CommandFailedException)
                catchThrowableOfType(CompletionException.class, work::join).getCause();
    }

    private static List<MetalEncoderInfo.State> states(CommandFailedException failure) {
        return failure.encoders().stream().map(MetalEncoderInfo::state).toList();
    }

    @Test
    void theEncoderThatFaultsIsNamedAndThoseBehindItNeverBegan(MetalDevice device, SoftwareMetal software) {
        try (var kernel = TestKernel.of(device, COUNT);
                var first = device.newBufferOf(1, 0);
                var second = device.newBufferOf(1 << 20, 0);
                var third = device.newBufferOf(1, 0)) {
            var failure =
                    failureOf(commit(kernel, MetalErrorOption.ENCODER_EXECUTION_STATUS, List.of(first, second, third)));
            assertThat(failure.error().code()).isEqualTo(Mtl.MTLCommandBufferErrorPageFault());
            assertThat(failure.isVictim()).isFalse();
            assertThat(failure.encoders())
                    .containsExactly(
                            new MetalEncoderInfo("encoder 0", List.of("begins"), MetalEncoderInfo.State.COMPLETED),
                            new MetalEncoderInfo("encoder 1", List.of("begins"), MetalEncoderInfo.State.FAULTED),
                            new MetalEncoderInfo("encoder 2", List.of("begins"), MetalEncoderInfo.State.PENDING));
            assertThat(first.readInts(0, 2)).containsExactly(1, 1);
            assertThat(third.readInts(0, 2)).containsExactly(1, 0);
        }
    }

    @Test
    void nothingIsSaidAboutEncodersUnlessItWasAskedFor(MetalDevice device, SoftwareMetal software) {
        try (var kernel = TestKernel.of(device, COUNT);
                var bad = device.newBufferOf(1 << 20, 0)) {
            assertThat(failureOf(commit(kernel, MetalErrorOption.NONE, List.of(bad)))
                            .encoders())
                    .isEmpty();
        }
    }

    @Test
    void aFaultMayDiscardWhatAnotherQueueRunsHalfWay(MetalDevice device, SoftwareMetal software) {
        software.recovery(0).discardOthersOnFault();
        try (var spinning = TestKernel.of(device, SPIN);
                var faulting = TestKernel.of(device, COUNT);
                var before = device.newBufferOf(0, 0);
                var during = device.newBufferOf(1, 0);
                var after = device.newBufferOf(0, 0);
                var bad = device.newBufferOf(1 << 20, 0)) {
            var work = commit(spinning, MetalErrorOption.ENCODER_EXECUTION_STATUS, List.of(before, during, after));
            while (during.readInts(4, 1)[0] == 0) {
                Thread.onSpinWait();
            }
            assertThat(failureOf(commit(faulting, MetalErrorOption.NONE, List.of(bad)))
                            .isVictim())
                    .isFalse();
            var victim = failureOf(work);
            assertThat(victim.isVictim()).isTrue();
            assertThat(victim.error().code()).isEqualTo(Mtl.MTLCommandBufferErrorInternal());
            assertThat(states(victim))
                    .containsExactly(
                            MetalEncoderInfo.State.COMPLETED,
                            MetalEncoderInfo.State.AFFECTED,
                            MetalEncoderInfo.State.PENDING);
        }
    }

    @Test
    void aTestChoosesWhatBecomesOfEachEncoder(MetalDevice device, SoftwareMetal software) {
        var states = List.of(
                MetalEncoderInfo.State.AFFECTED, MetalEncoderInfo.State.PENDING, MetalEncoderInfo.State.UNKNOWN);
        software.faults(0)
                .failNextCommandBuffer(new Faults.CommandBufferFault(
                        "MTLCommandBufferErrorDomain", 3, "as ordered", List.of(2L, 3L, 0L)));
        try (var kernel = TestKernel.of(device, COUNT);
                var first = device.newBufferOf(1, 0);
                var second = device.newBufferOf(1, 0);
                var third = device.newBufferOf(1, 0);
                var fourth = device.newBufferOf(1, 0)) {
            var buffers = List.of(first, second, third, fourth);
            var failure = failureOf(commit(kernel, MetalErrorOption.ENCODER_EXECUTION_STATUS, buffers));
            assertThat(states(failure).subList(0, 3)).isEqualTo(states);
            assertThat(states(failure).getLast()).isEqualTo(MetalEncoderInfo.State.PENDING);
            assertThat(buffers.stream().map(buffer -> buffer.readInts(4, 1)[0])).containsExactly(1, 0, 1, 0);
        }
    }
}
