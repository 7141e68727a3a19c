package io.ringkernel.metal.software;

import static io.ringkernel.metal.software.Kernels.dispatch;
import static io.ringkernel.metal.software.Kernels.ints;
import static io.ringkernel.metal.software.Kernels.pipeline;
import static io.ringkernel.metal.software.Kernels.run;
import static io.ringkernel.metal.software.Kernels.use;
import static io.ringkernel.metal.software.Kernels.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kernels that run: arguments, order, threadgroups. */
@Timeout(60)
final class DispatchTest {
    private static final long COMPLETED = Mtl.MTLCommandBufferStatusCompleted();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    @Test
    void aKernelRunsForEveryThread() {
        try (var client = new TestClient()) {
            int[] a = IntStream.range(0, 1000).toArray();
            int[] b = IntStream.range(0, 1000).map(i -> 7 * i).toArray();
            var sum = client.buffer(4000, TestClient.SHARED);
            var commands = run(client, "add", 1000, ints(client, a), ints(client, b), sum);
            assertThat(client.status(commands)).isEqualTo(COMPLETED);
            assertThat(values(client, sum))
                    .containsExactly(IntStream.range(0, 1000).map(i -> 8 * i).toArray());
        }
    }

    @Test
    void aLargeGridIsSharedByAllWorkersAndLosesNoThread() {
        try (var client = new TestClient()) {
            int count = 3_000_017;
            var data = client.buffer(count * 4L, TestClient.SHARED);
            run(client, "increment", count, data);
            assertThat(client.contents(data)
                            .elements(INT)
                            .mapToLong(each -> each.get(INT, 0))
                            .sum())
                    .isEqualTo(count);
        }
    }

    @Test
    void inlineBytesAreCopiedWhenTheyAreSet() {
        try (var client = new TestClient()) {
            var data = ints(client, 1, 2, 3);
            var factor = client.arena().allocateFrom(INT, 10);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "scale"), data);
            client.send("MTLComputeCommandEncoder_setBytes_length_atIndex", encoder, factor, 4L, 1L);
            factor.set(INT, 0, 99);
            dispatch(client, encoder, 3, 3);
            client.end(encoder);
            client.finish(commands);
            assertThat(values(client, data)).containsExactly(10, 20, 30);
        }
    }

    @Test
    void offsetsMoveTheBeginning() {
        try (var client = new TestClient()) {
            var data = ints(client, 5, 5, 5, 5);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "increment"), data);
            client.send("MTLComputeCommandEncoder_setBufferOffset_atIndex", encoder, 8L, 0L);
            dispatch(client, encoder, 2, 2);
            client.end(encoder);
            client.finish(commands);
            assertThat(values(client, data)).containsExactly(5, 5, 6, 6);
        }
    }

    @Test
    void manyBuffersAreBoundAtOnce() {
        try (var client = new TestClient()) {
            var buffers = client.objects(ints(client, 1, 2), ints(client, 10, 20));
            var offsets = client.arena().allocateFrom(ValueLayout.JAVA_LONG, 0, 4);
            var sum = ints(client, 0);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "add"));
            client.send(
                    "MTLComputeCommandEncoder_setBuffers_offsets_withRange",
                    encoder,
                    buffers,
                    offsets,
                    client.range(0, 2));
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, sum, 0L, 2L);
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            client.finish(commands);
            assertThat(values(client, sum)).containsExactly(21);
        }
    }

    @Test
    void aSerialEncoderKeepsTheOrderOfDispatches() {
        assertThat(incrementThenScale(Mtl.MTLDispatchTypeSerial(), false)).isEqualTo(20);
    }

    @Test
    void aConcurrentEncoderShowsAForgottenBarrier() {
        assertThat(incrementThenScale(Mtl.MTLDispatchTypeConcurrent(), false)).isEqualTo(11);
        assertThat(incrementThenScale(Mtl.MTLDispatchTypeConcurrent(), true)).isEqualTo(20);
    }

    private static int incrementThenScale(long dispatchType, boolean barrier) {
        try (var client = new TestClient()) {
            var data = ints(client, 1);
            var commands = client.commandBuffer(client.queue());
            MemorySegment encoder =
                    client.send("MTLCommandBuffer_computeCommandEncoderWithDispatchType", commands, dispatchType);
            use(client, encoder, pipeline(client, "increment"), data);
            dispatch(client, encoder, 1, 1);
            if (barrier) {
                client.send("MTLComputeCommandEncoder_memoryBarrierWithScope", encoder, Mtl.MTLBarrierScopeBuffers());
            }
            use(client, encoder, pipeline(client, "scale"), data, ints(client, 10));
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            client.finish(commands);
            return values(client, data)[0];
        }
    }

    @Test
    void anIndirectDispatchReadsItsThreadgroupsWhenItRuns() {
        try (var client = new TestClient()) {
            var data = ints(client, 0, 0, 0, 0, 0, 0);
            var counts = ints(client, 9, 0, 0, 0);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "increment"), data);
            client.send(
                    "MTLComputeCommandEncoder_dispatchThreadgroupsWithIndirectBuffer_indirectBufferOffset_threadsPerThreadgroup",
                    encoder,
                    counts,
                    4L,
                    client.size(2, 1, 1));
            client.end(encoder);
            client.contents(counts).copyFrom(MemorySegment.ofArray(new int[] {0, 2, 1, 1}));
            client.finish(commands);
            assertThat(values(client, data)).containsExactly(1, 1, 1, 1, 0, 0);
        }
    }

    @Test
    void threadgroupMemoryHasTheLengthThatIsSet() {
        try (var client = new TestClient()) {
            var data = ints(client, 1, 2, 3, 4);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "reverse"), data);
            client.send("MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex", encoder, 16L, 0L);
            dispatch(client, encoder, 4, 4);
            client.end(encoder);
            client.finish(commands);
            assertThat(values(client, data)).containsExactly(4, 3, 2, 1);
        }
    }

    @Test
    void manyThreadsAndQueuesDispatchWithoutLosingWork() throws Exception {
        int rounds = 60;
        try (var client = new TestClient()) {
            var pipeline = pipeline(client, "increment");
            var done = Stream.generate(() -> {
                        var queue = client.queue();
                        var data = client.buffer(4 * 5_000, TestClient.SHARED);
                        var result = new CompletableFuture<int[]>();
                        Thread.ofPlatform().start(() -> {
                            for (int round = 0; round < rounds; round++) {
                                increment(client, queue, pipeline, data, round == rounds - 1);
                            }
                            try (var _ = AutoreleasePool.push(client.metal)) {
                                result.complete(values(client, data));
                            }
                        });
                        return result;
                    })
                    .limit(5)
                    .toList();
            for (var each : done) {
                assertThat(each.get(50, TimeUnit.SECONDS)).hasSize(5_000).containsOnly(rounds);
            }
        }
    }

    private static void increment(
            TestClient client, MemorySegment queue, MemorySegment pipeline, MemorySegment data, boolean last) {
        try (var _ = AutoreleasePool.push(client.metal)) {
            var commands = client.commandBuffer(queue);
            var encoder = client.compute(commands);
            use(client, encoder, pipeline, data);
            dispatch(client, encoder, 5_000, 64);
            client.end(encoder);
            client.commit(commands);
            if (last) {
                client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            }
        }
    }
}
