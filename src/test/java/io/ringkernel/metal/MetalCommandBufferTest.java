package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalCommandBufferTest {
    @Test
    void copiesAndFillsRunInOrder(MetalDevice device) {
        try (var queue = device.newCommandQueue();
                var source = device.newBufferOf(1, 2, 3, 4);
                var target = device.newBuffer(32, MetalStorageMode.PRIVATE);
                var result = device.newBuffer(32)) {
            try (var commands = queue.commandBuffer()) {
                try (var blit = commands.blitEncoder()) {
                    blit.fill(target.slice(0, 32), (byte) -1);
                    blit.copy(source.slice(4, 8), target, 12);
                    blit.copy(target, result);
                }
                commands.commit().join();
            }
            assertThat(result.readInts(0, 8)).containsExactly(-1, -1, -1, 2, 3, -1, -1, -1);
        }
    }

    @Test
    void aCommandBufferGoesThroughItsStates(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue()) {
            var commands = queue.commandBuffer();
            assertThat(commands.status()).isEqualTo(MetalCommandBufferStatus.NOT_ENQUEUED);
            commands.enqueue();
            assertThat(commands.status()).isEqualTo(MetalCommandBufferStatus.ENQUEUED);
            try (var _ = software.faults(0).holdCompletions()) {
                commands.commit();
                assertThat(commands.status())
                        .isIn(MetalCommandBufferStatus.COMMITTED, MetalCommandBufferStatus.SCHEDULED);
                assertThat(commands.completion()).isNotDone();
                assertThatIllegalStateException().isThrownBy(commands::gpuTime);
            }
            commands.waitUntilCompleted();
            assertThat(commands.status()).isEqualTo(MetalCommandBufferStatus.COMPLETED);
            assertThat(commands.error()).isEmpty();
            assertThat(commands.gpuEndSeconds()).isGreaterThanOrEqualTo(commands.gpuStartSeconds());
            assertThat(commands.gpuTime()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(commands.isClosed()).isTrue();
        }
    }

    @Test
    void aFailedCommandBufferFailsItsFutureWithDomainCodeAndLabels(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue()) {
            queue.setLabel("queue A");
            var commands = queue.commandBuffer();
            commands.setLabel("step 7");
            software.faults(0).failNextCommandBuffer("MTLCommandBufferErrorDomain", 8, "out of memory");
            assertThatThrownBy(commands.commit()::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(CommandFailedException.class, failure -> {
                        assertThat(failure.error().domain()).isEqualTo("MTLCommandBufferErrorDomain");
                        assertThat(failure.error().code()).isEqualTo(8);
                        assertThat(failure.error().description()).contains("out of memory");
                        assertThat(failure.queueLabel()).isEqualTo("queue A");
                        assertThat(failure.bufferLabel()).isEqualTo("step 7");
                        assertThat(failure.messageIds()).isEmpty();
                        assertThat(failure.withMessageIds(List.of(3L, 4L)))
                                .hasMessageContaining("msg:0000000000000003, msg:0000000000000004")
                                .hasCause(failure);
                    });
            assertThat(commands.status()).isEqualTo(MetalCommandBufferStatus.ERROR);
            assertThat(commands.error()).isPresent();
            assertThatThrownBy(commands::waitUntilCompleted).isInstanceOf(CommandFailedException.class);
            queue.commandBuffer().commit().join();
        }
    }

    @Test
    void closingACommittedBufferChangesNothing(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue();
                var buffer = device.newBuffer(16)) {
            CompletableFuture<MetalCommandBuffer> done;
            try (var _ = software.faults(0).holdCompletions();
                    var commands = queue.commandBuffer()) {
                try (var blit = commands.blitEncoder()) {
                    blit.fill(buffer.slice(0, 16), (byte) 1);
                }
                done = commands.commit();
            }
            assertThat(done.join().status()).isEqualTo(MetalCommandBufferStatus.COMPLETED);
            assertThat(buffer.readInts(0, 1)).containsExactly(0x01010101);
        }
    }

    @Test
    void committedWorkKeepsItsBuffersAlive(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue();
                var result = device.newBuffer(16)) {
            var source = device.newBufferOf(5, 6, 7, 8);
            var commands = queue.commandBuffer();
            try (var _ = software.faults(0).holdCompletions()) {
                try (var blit = commands.blitEncoder()) {
                    blit.copy(source, result);
                }
                commands.commit();
                source.close();
            }
            commands.waitUntilCompleted();
            assertThat(result.readInts(0, 4)).containsExactly(5, 6, 7, 8);
        }
    }

    @Test
    void misuseIsRefusedBeforeMetalSeesIt(MetalDevice device) {
        try (var queue = device.newCommandQueue();
                var buffer = device.newBuffer(16);
                var other = device.newBuffer(8)) {
            var commands = queue.commandBuffer();
            assertThatIllegalStateException().isThrownBy(commands::waitUntilCompleted);
            var blit = commands.blitEncoder();
            assertThatIllegalStateException()
                    .isThrownBy(commands::computeEncoder)
                    .withMessageContaining("endEncoding");
            assertThatIllegalStateException().isThrownBy(commands::commit);
            assertThatIllegalArgumentException().isThrownBy(() -> blit.fill(buffer.slice(2, 4), (byte) 0));
            assertThatIllegalArgumentException().isThrownBy(() -> blit.fill(buffer.slice(4, 0), (byte) 0));
            assertThatIllegalArgumentException().isThrownBy(() -> blit.copy(buffer.slice(0, 8), buffer, 4));
            assertThatIllegalArgumentException().isThrownBy(() -> blit.synchronize(buffer));
            assertThatThrownBy(() -> blit.copy(buffer, other)).isInstanceOf(IndexOutOfBoundsException.class);
            blit.endEncoding();
            blit.endEncoding();
            assertThatIllegalStateException().isThrownBy(() -> blit.fill(buffer.slice(0, 4), (byte) 0));
            commands.commit().join();
            assertThatIllegalStateException().isThrownBy(commands::commit);
            assertThatIllegalStateException().isThrownBy(commands::blitEncoder);
            assertThatIllegalStateException().isThrownBy(commands::enqueue);
            assertThatIllegalArgumentException().isThrownBy(() -> device.newCommandQueue(0));
            assertThatIllegalArgumentException().isThrownBy(() -> device.newCommandQueue(Integer.MAX_VALUE));
        }
    }

    @Test
    void anUncommittedBufferIsGivenUpWithItsOpenEncoder(MetalDevice device) {
        try (var queue = device.newCommandQueue(1)) {
            for (int i = 0; i < 3; i++) {
                var commands = queue.commandBuffer();
                commands.blitEncoder();
                commands.close();
                commands.close();
            }
        }
    }

    @Test
    void aFullQueueMakesTheNextBufferWait(MetalDevice device, SoftwareMetal software) throws Exception {
        try (var queue = device.newCommandQueue(2)) {
            var running = new ArrayList<CompletableFuture<MetalCommandBuffer>>();
            var third = new CompletableFuture<MetalCommandBuffer>();
            try (var _ = software.faults(0).holdCompletions()) {
                running.add(queue.commandBuffer().commit());
                running.add(queue.commandBuffer().commit());
                var started = new CountDownLatch(1);
                Thread.startVirtualThread(() -> {
                    started.countDown();
                    third.complete(queue.commandBuffer());
                });
                started.await();
                assertThat(third.isDone()).isFalse();
            }
            third.get(30, TimeUnit.SECONDS).commit().join();
            running.forEach(CompletableFuture::join);
        }
    }

    @Test
    void commandBuffersOfAQueueRunInOrder(MetalDevice device) {
        int count = 200;
        try (var queue = device.newCommandQueue();
                var cells = device.newBuffer(4L * (count + 1))) {
            cells.write(0, 42);
            var all = new ArrayList<CompletableFuture<MetalCommandBuffer>>();
            for (int i = 0; i < count; i++) {
                all.add(copy(queue, cells.slice(4L * i, 4), 4L * (i + 1)));
            }
            all.forEach(CompletableFuture::join);
            assertThat(cells.readInts(4L * count, 1)).containsExactly(42);
        }
    }

    private static CompletableFuture<MetalCommandBuffer> copy(MetalCommandQueue queue, MetalBufferSlice from, long to) {
        try (var commands = queue.commandBuffer()) {
            try (var blit = commands.blitEncoder()) {
                blit.copy(from, from.buffer(), to);
            }
            return commands.commit();
        }
    }

    @Test
    void manyThreadsEncodeAtOnce(MetalDevice device) throws Exception {
        int threads = 8;
        int perThread = 100;
        try (var queue = device.newCommandQueue(4);
                var cells = device.newBuffer(4L * threads * perThread)) {
            Together.run(threads, thread -> {
                for (int i = 0; i < perThread; i++) {
                    fill(queue, cells.slice(4L * (thread * perThread + i), 4)).join();
                }
            });
            assertThat(cells.readInts(0, threads * perThread)).containsOnly(0x07070707);
        }
    }

    private static CompletableFuture<MetalCommandBuffer> fill(MetalCommandQueue queue, MetalBufferSlice cells) {
        try (var commands = queue.commandBuffer()) {
            try (var blit = commands.blitEncoder()) {
                blit.fill(cells, (byte) 7);
            }
            return commands.commit();
        }
    }

    @Test
    void whatHangsOnAFutureDoesNotBlockTheDriver(MetalDevice device) throws Exception {
        try (var queue = device.newCommandQueue()) {
            var release = new CountDownLatch(1);
            var first = queue.commandBuffer();
            var blocked = first.completion().thenAccept(done -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            first.commit();
            queue.commandBuffer().commit().get(30, TimeUnit.SECONDS);
            assertThat(blocked).isNotDone();
            release.countDown();
            blocked.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void eventsOrderQueues(MetalDevice device) {
        try (var first = device.newCommandQueue();
                var second = device.newCommandQueue();
                var event = device.newEvent();
                var cells = device.newBuffer(8)) {
            event.setLabel("written");
            assertThat(event.label()).isEqualTo("written");
            var reads = second.commandBuffer();
            reads.waitFor(event, 1);
            try (var blit = reads.blitEncoder()) {
                blit.copy(cells.slice(0, 4), cells, 4);
            }
            var read = reads.commit();
            var writes = first.commandBuffer();
            try (var blit = writes.blitEncoder()) {
                blit.fill(cells.slice(0, 4), (byte) 9);
            }
            writes.signal(event, 1);
            writes.commit().join();
            read.join();
            assertThat(cells.readInts(4, 1)).containsExactly(0x09090909);
        }
    }

    @Test
    void theCpuSignalsAndWaits(MetalDevice device) throws Exception {
        try (var queue = device.newCommandQueue();
                var event = device.newSharedEvent()) {
            assertThat(event.value()).isZero();
            assertThat(event.waitUntil(1, Duration.ofMillis(1))).isFalse();
            var reached = event.whenReached(6);
            var commands = queue.commandBuffer();
            commands.waitFor(event, 5);
            commands.signal(event, 6);
            var done = commands.commit();
            assertThat(reached).isNotDone();
            event.signal(5);
            done.join();
            reached.get(30, TimeUnit.SECONDS);
            assertThat(event.value()).isEqualTo(6);
            assertThat(event.waitUntil(6, Duration.ZERO)).isTrue();
            event.whenReached(2).get(30, TimeUnit.SECONDS);
            event.signal(7);
        }
    }

    @Test
    void whoWaitsForAnEventKeepsItAlive(MetalDevice device) throws Exception {
        try (var queue = device.newCommandQueue()) {
            var event = device.newSharedEvent();
            var commands = queue.commandBuffer();
            commands.signal(event, 3);
            var first = event.whenReached(3);
            var second = event.whenReached(3);
            assertThat(first.cancel(false)).isTrue();
            event.close();
            assertThatIllegalStateException().isThrownBy(() -> event.whenReached(4));
            assertThat(second).isNotDone();
            commands.commit().join();
            second.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void fencesOrderEncoders(MetalDevice device) {
        try (var queue = device.newCommandQueue();
                var fence = device.newFence();
                var cells = device.newBuffer(8)) {
            fence.setLabel("fence");
            assertThat(fence.label()).isEqualTo("fence");
            try (var commands = queue.commandBuffer()) {
                commands.pushDebugGroup("both");
                try (var blit = commands.blitEncoder()) {
                    blit.setLabel("writer");
                    blit.insertDebugSignpost("fill");
                    blit.fill(cells.slice(0, 4), (byte) 4);
                    blit.updateFence(fence);
                }
                try (var blit = commands.blitEncoder()) {
                    blit.waitForFence(fence);
                    blit.pushDebugGroup("copy");
                    blit.copy(cells.slice(0, 4), cells, 4);
                    blit.popDebugGroup();
                    assertThatIllegalStateException().isThrownBy(blit::popDebugGroup);
                }
                commands.popDebugGroup();
                assertThatIllegalStateException()
                        .isThrownBy(commands::popDebugGroup)
                        .withMessageContaining("pushDebugGroup");
                commands.commit().join();
            }
            assertThat(cells.readInts(4, 1)).containsExactly(0x04040404);
        }
    }

    @Test
    void aRemovedDeviceFailsWhatIsToCome(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue()) {
            software.faults(0).removeDevice();
            assertThatThrownBy(() -> queue.commandBuffer().commit().join())
                    .hasCauseInstanceOf(CommandFailedException.class)
                    .hasMessageContaining("MTLCommandBufferErrorDomain");
            assertThatThrownBy(() -> device.newBuffer(16)).isInstanceOf(OutOfMemoryException.class);
        }
    }
}
