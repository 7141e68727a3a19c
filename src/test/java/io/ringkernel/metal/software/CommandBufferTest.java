package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** States and order of command buffers; work is done by blits. */
@Timeout(60)
final class CommandBufferTest {
    private static final long COMPLETED = Mtl.MTLCommandBufferStatusCompleted();
    private static final long ERROR = Mtl.MTLCommandBufferStatusError();

    private static void fill(TestClient client, MemorySegment commands, MemorySegment buffer, int value) {
        var encoder = client.blit(commands);
        long length = client.send("MTLBuffer_length", buffer);
        client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(0, length), value);
        client.end(encoder);
    }

    private static void copy(
            TestClient client, MemorySegment commands, MemorySegment from, MemorySegment to, long size) {
        var encoder = client.blit(commands);
        client.send(
                "MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size",
                encoder,
                from,
                0L,
                to,
                0L,
                size);
        client.end(encoder);
    }

    @Test
    void workIsDoneWhenTheWaitIsOver() {
        try (var client = new TestClient()) {
            var buffer = client.buffer(256, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            assertThat(client.status(commands)).isEqualTo(Mtl.MTLCommandBufferStatusNotEnqueued());
            client.send("MTLCommandBuffer_enqueue", commands);
            assertThat(client.status(commands)).isEqualTo(Mtl.MTLCommandBufferStatusEnqueued());
            fill(client, commands, buffer, 200);
            assertThat(client.finish(commands)).isEqualTo(COMPLETED);
            assertThat(client.contents(buffer).toArray(ValueLayout.JAVA_BYTE)).containsOnly(200);
            assertThat(client.<MemorySegment>send("MTLCommandBuffer_error", commands)
                            .address())
                    .isZero();
            double began = client.send("MTLCommandBuffer_GPUStartTime", commands);
            double ended = client.send("MTLCommandBuffer_GPUEndTime", commands);
            assertThat(began).isPositive().isLessThanOrEqualTo(ended);
        }
    }

    @Test
    void commandBuffersRunInTheOrderOfTheirEnqueueing() {
        try (var client = new TestClient()) {
            var queue = client.queue();
            var one = client.buffer(16, TestClient.SHARED);
            var other = client.buffer(16, TestClient.SHARED);
            var first = client.commandBuffer(queue);
            var second = client.commandBuffer(queue);
            client.send("MTLCommandBuffer_enqueue", first);
            client.send("MTLCommandBuffer_enqueue", second);
            copy(client, second, one, other, 16);
            client.commit(second);
            assertThat(client.status(second)).isEqualTo(Mtl.MTLCommandBufferStatusCommitted());
            fill(client, first, one, 9);
            client.commit(first);
            client.send("MTLCommandBuffer_waitUntilCompleted", second);
            assertThat(client.contents(other).toArray(ValueLayout.JAVA_BYTE)).containsOnly(9);
        }
    }

    @Test
    void anEnqueuedCommandBufferThatDiesLetsTheNextOneRun() {
        try (var client = new TestClient()) {
            var queue = client.queue();
            try (var _ = AutoreleasePool.push(client.metal)) {
                client.send("MTLCommandBuffer_enqueue", client.commandBuffer(queue));
            }
            assertThat(client.finish(client.commandBuffer(queue))).isEqualTo(COMPLETED);
        }
    }

    @Test
    void misuseOfStatesIsReported() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            client.assertViolations(ViolationKind.COMMAND_BUFFER_STATE);
            client.finish(commands);
            client.commit(commands);
            client.send("MTLCommandBuffer_enqueue", commands);
            assertThat(client.blit(commands).address()).isZero();
            client.assertViolations(
                    ViolationKind.COMMAND_BUFFER_STATE,
                    ViolationKind.COMMAND_BUFFER_STATE,
                    ViolationKind.COMMAND_BUFFER_STATE);
        }
    }

    @Test
    void anEncoderIsUsedOnlyUntilItEndsAndOnlyOneAtATime() {
        try (var client = new TestClient()) {
            var buffer = client.buffer(16, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            assertThat(client.compute(commands).address()).isZero();
            client.assertViolations(ViolationKind.ENCODER_OPEN);
            client.end(encoder);
            client.end(encoder);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(0, 16), 1);
            client.assertViolations(ViolationKind.ENCODER_ENDED, ViolationKind.ENCODER_ENDED);
            assertThat(client.finish(commands)).isEqualTo(COMPLETED);
        }
    }

    @Test
    void aCommitWithAnOpenEncoderIsReportedAndFails() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
            assertThat(client.error(commands).code()).isEqualTo(Mtl.MTLCommandBufferErrorInvalidResource());
            client.assertViolations(ViolationKind.ENCODER_OPEN);
            client.end(encoder);
        }
    }

    @Test
    void anEncoderThatDiesOpenIsReported() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            try (var _ = AutoreleasePool.push(client.metal)) {
                client.blit(commands);
            }
            client.assertViolations(ViolationKind.ENCODER_OPEN);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
        }
    }

    @Test
    void aBlitOutsideOfItsBufferIsReportedAndFails() {
        try (var client = new TestClient()) {
            var buffer = client.buffer(16, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(8, 9), 1);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(-1, 2), 1);
            client.send("MTLBlitCommandEncoder_synchronizeResource", encoder, buffer);
            client.end(encoder);
            client.assertViolations(ViolationKind.OUT_OF_RANGE, ViolationKind.OUT_OF_RANGE, ViolationKind.STORAGE_MODE);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
        }
    }

    @Test
    void aMacGpuCopiesWholeWords() {
        try (var client = new TestClient(GpuConfiguration.discrete())) {
            var buffer = client.buffer(16, TestClient.PRIVATE);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(0, 3), 1);
            client.end(encoder);
            client.assertViolations(ViolationKind.MISALIGNED);
        }
    }

    @Test
    void committedWorkKeepsItsBuffersAlive() {
        try (var client = new TestClient()) {
            var event = client.owned(client.send("MTLDevice_newSharedEvent", client.device));
            MemorySegment source = client.send("MTLDevice_newBufferWithLength_options", client.device, 16L, 0L);
            client.contents(source).fill((byte) 4);
            var target = client.buffer(16, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeWaitForEvent_value", commands, event, 1L);
            copy(client, commands, source, target, 16);
            client.commit(commands);
            client.metal.release(source);
            client.send("MTLSharedEvent_setSignaledValue", event, 1L);
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            assertThat(client.contents(target).toArray(ValueLayout.JAVA_BYTE)).containsOnly(4);
        }
    }

    @Test
    void aDeadResourceInAnUnretainedCommandBufferIsReported() {
        try (var client = new TestClient()) {
            MemorySegment buffer = client.send("MTLDevice_newBufferWithLength_options", client.device, 16L, 0L);
            MemorySegment commands =
                    client.send("MTLCommandQueue_commandBufferWithUnretainedReferences", client.queue());
            fill(client, commands, buffer, 1);
            client.metal.release(buffer);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
            client.assertViolations(ViolationKind.UNRETAINED_RESOURCE);
        }
    }

    @Test
    void aFullQueueMakesItsClientWait() throws Exception {
        try (var client = new TestClient()) {
            var queue =
                    client.owned(client.send("MTLDevice_newCommandQueueWithMaxCommandBufferCount", client.device, 2L));
            var first = client.commandBuffer(queue);
            client.commandBuffer(queue);
            var third = new CompletableFuture<Void>();
            var asking = Thread.ofPlatform().start(() -> {
                try (var _ = AutoreleasePool.push(client.metal)) {
                    client.commandBuffer(queue);
                    third.complete(null);
                }
            });
            while (asking.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(third).isNotDone();
            client.finish(first);
            third.get(20, TimeUnit.SECONDS);
            asking.join();
        }
    }

    @Test
    void noCompletionIsLostWithManyQueuesAndThreads() throws Exception {
        int threads = 6;
        int rounds = 150;
        try (var client = new TestClient()) {
            var completed = new CountDownLatch(threads * rounds);
            var results = IntStream.range(0, threads)
                    .mapToObj(thread -> {
                        var result = new CompletableFuture<List<Byte>>();
                        var queue = client.queue();
                        var buffer = client.buffer(64, TestClient.SHARED);
                        var seen = client.buffer(64, TestClient.SHARED);
                        Thread.ofPlatform().start(() -> {
                            var values = new ArrayList<Byte>();
                            for (int round = 0; round < rounds; round++) {
                                values.add(fillAndRead(client, queue, buffer, seen, round, completed));
                            }
                            result.complete(values);
                        });
                        return result;
                    })
                    .toList();
            for (var result : results) {
                assertThat(result.get(50, TimeUnit.SECONDS))
                        .containsExactlyElementsOf(IntStream.range(0, rounds)
                                .mapToObj(round -> (byte) round)
                                .toList());
            }
            assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Two command buffers of one queue, the second of which copies what the first filled. */
    private static byte fillAndRead(
            TestClient client,
            MemorySegment queue,
            MemorySegment buffer,
            MemorySegment seen,
            int value,
            CountDownLatch completed) {
        try (var _ = AutoreleasePool.push(client.metal)) {
            var first = client.commandBuffer(queue);
            client.onCompletion(first, completed::countDown);
            fill(client, first, buffer, value & 0xff);
            client.commit(first);
            var second = client.commandBuffer(queue);
            copy(client, second, buffer, seen, 64);
            assertThat(client.finish(second)).isEqualTo(COMPLETED);
            return client.contents(seen).get(ValueLayout.JAVA_BYTE, 63);
        }
    }
}
