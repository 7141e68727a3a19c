package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.TestDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A queue whose command buffers are all taken: who waits is told, can end it, and outlives those who forgot theirs. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class CommandBufferPlacesTest {
    private static final String ADD = """
            kernel void add(device int* cells [[buffer(0)]], constant int& by [[buffer(1)]],
                            uint i [[thread_position_in_grid]]) {
                cells[i] += by;
            }
            """;

    /** Each of them is left at another point: new, with an ended encoder, with one that is open and has bindings. */
    private static void drop(MetalCommandQueue queue, MetalPipeline pipeline, MetalBuffer buffer, int count) {
        for (int i = 0; i < count; i++) {
            var commands = queue.commandBuffer();
            if (i % 3 > 0) {
                var encoder = commands.computeEncoder();
                encoder.setPipeline(pipeline);
                encoder.setBuffer(0, buffer);
                encoder.setBytes(1, MemorySegment.ofArray(new int[1]));
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
                if (i % 3 == 1) {
                    encoder.endEncoding();
                }
            } else if (i % 2 == 1) {
                commands.blitEncoder().fill(buffer.slice(0, 4), (byte) 1);
            }
        }
    }

    @Test
    void commandBuffersThatWereDroppedAreGivenUp(MetalDevice device) {
        try (var library = device.newLibrary(ADD);
                var function = library.function("add");
                var pipeline = device.newPipeline(function);
                var buffer = device.newBuffer(4);
                var queue = device.newCommandQueue(12)) {
            drop(queue, pipeline, buffer, 24);
            queue.run(pipeline, MetalSize.of(1), buffer, buffer).join();
            var held = new ArrayList<MetalCommandBuffer>();
            for (int i = 0; i < 12; i++) {
                held.add(queue.commandBuffer());
            }
            queue.setLongestWait(Duration.ofMillis(300));
            assertThatThrownBy(queue::commandBuffer).isInstanceOf(IllegalStateException.class);
            held.forEach(MetalCommandBuffer::close);
        }
    }

    @Test
    void oneThatIsReachableThroughItsEncoderIsKept(MetalDevice device) {
        try (var buffer = device.newBuffer(4);
                var queue = device.newCommandQueue(1)) {
            encodeWhileAnotherOneWaits(queue, buffer);
            queue.setLongestWait(Duration.ofSeconds(20));
            queue.commandBuffer().close();
        }
    }

    private static void encodeWhileAnotherOneWaits(MetalCommandQueue queue, MetalBuffer buffer) {
        var blit = queue.commandBuffer().blitEncoder();
        queue.setLongestWait(Duration.ofMillis(500));
        assertThatThrownBy(queue::commandBuffer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of which 1 were neither committed nor closed");
        blit.fill(buffer.slice(0, 4), (byte) 1);
        blit.endEncoding();
    }

    @Test
    void aWaitThatIsTooLongEndsAndNamesThoseWhoHoldThePlaces(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue(3)) {
            queue.setLabel("crowded");
            CompletableFuture<?> done;
            try (var first = queue.commandBuffer();
                    var second = queue.commandBuffer();
                    var _ = software.faults(0).holdCompletions()) {
                first.setLabel("forgotten");
                done = queue.commandBuffer().commit();
                queue.setLongestWait(Duration.ofMillis(250));
                assertThatThrownBy(queue::commandBuffer)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("no command buffer became free within PT0.25S: "
                                + "MetalCommandQueue[crowded] has 3 that have not completed, of which 2 were neither"
                                + " committed nor closed (")
                        .hasMessageContaining("'forgotten' of thread '"
                                + Thread.currentThread().getName() + "'");
                assertThat(second.isClosed()).isFalse();
            }
            done.join();
            queue.setLongestWait(ChronoUnit.FOREVER.getDuration());
            queue.commandBuffer().close();
            assertThatIllegalArgumentException().isThrownBy(() -> queue.setLongestWait(Duration.ofNanos(-1)));
        }
    }

    @Test
    void aWaitCanBeInterrupted(MetalDevice device) throws Exception {
        try (var queue = device.newCommandQueue(1)) {
            var only = queue.commandBuffer();
            var outcome = new CompletableFuture<Boolean>();
            var waiting = Thread.ofPlatform().start(() -> {
                try {
                    queue.commandBuffer();
                } catch (IllegalStateException e) {
                    outcome.complete(Thread.currentThread().isInterrupted()
                            && e.getMessage().startsWith("interrupted"));
                }
            });
            waiting.interrupt();
            assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
            only.close();
            queue.commandBuffer().close();
        }
    }

    private static long queueThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("software GPU queue"))
                .count();
    }

    @Test
    void theThreadOfAQueueEndsWithTheQueue(MetalDevice device) {
        long before = queueThreads();
        for (int i = 0; i < 40; i++) {
            try (var queue = device.newCommandQueue();
                    var commands = queue.commandBuffer()) {
                commands.commit().join();
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (queueThreads() > before && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(queueThreads()).isLessThanOrEqualTo(before);
    }
}
