package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.MetalStorageMode;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kernels whose state is a buffer of the caller's, and that are followed by work of the caller's. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class CallersWorkTest {
    /** Adds one to the number that the message names, and replies with what it was. */
    private static final String ADD_ONE = """
            void handle(thread RingContext& ring) {
                const device Ping& ping = message_as<Ping>(ring);
                device int* numbers = (device int*)ring.state;
                Pong pong = {ping.sender, ping.sequence, ping.priority, numbers[ping.sequence]};
                numbers[ping.sequence] += 1;
                reply(ring, pong);
            }
            """;

    private static final String DOUBLE_ALL = """
            #include <metal_stdlib>
            using namespace metal;

            kernel void double_all(device int* numbers [[buffer(7)]], uint i [[thread_position_in_grid]]) {
                numbers[i] *= 2;
            }
            """;

    private static final int NUMBERS = 8;

    private static MetalPipeline doubleAll(MetalDevice device) {
        try (var library = device.newLibrary(DOUBLE_ALL);
                var function = library.function("double_all")) {
            return device.newPipeline(function);
        }
    }

    private static void encodeDoubling(MetalComputeEncoder encoder, MetalPipeline pipeline, MetalBuffer numbers) {
        encoder.setPipeline(pipeline);
        encoder.setBuffer(7, numbers);
        encoder.dispatchThreads(MetalSize.of(NUMBERS), MetalSize.of(NUMBERS));
    }

    private static LaunchOptions.Builder on(MetalBuffer numbers) {
        return LaunchOptions.builder().state(numbers).activateAtOnce();
    }

    private static int count(CompletableFuture<MessageEnvelope> reply) {
        return await(reply).decode(Rings.PONG).count();
    }

    @Test
    void theHandlerAndTheHostTakeTurnsWithTheCallersBuffer(MetalDevice device) {
        try (var numbers = device.newBufferOf(5, 50, 500, 5000)) {
            try (var rings = new Rings(device)) {
                var options = on(numbers);
                assertThat(options.build().state()).containsSame(numbers);
                assertThat(options.build().stateBytes()).isEqualTo(16);
                var kernel = rings.launch("k", options, ADD_ONE);
                assertThat(count(kernel.call(rings.ping(2), LONG))).isEqualTo(500);
                numbers.write(8, 77);
                assertThat(count(kernel.call(rings.ping(2), LONG))).isEqualTo(77);
                await(kernel.terminate());
            }
            assertThat(numbers.readInts(0, 4)).containsExactly(5, 50, 78, 5000);
        }
    }

    @Test
    void theLastChoiceOfAStateCounts(MetalDevice device) {
        try (var numbers = device.newBuffer(64)) {
            var lent = LaunchOptions.builder().stateBytes(8).state(numbers).build();
            assertThat(lent.stateBytes()).isEqualTo(64);
            assertThat(lent.initialState()).isEmpty();
            assertThat(lent.toBuilder().build().state()).containsSame(numbers);
            var own = lent.toBuilder().initialState(new Rings.Count(3)).build();
            assertThat(own.state()).isEmpty();
            assertThat(own.initialState()).containsExactly(3, 0, 0, 0);
        }
    }

    @Test
    void aBufferThatTheHostDoesNotShareIsRefused(MetalDevice device) {
        var builder = LaunchOptions.builder();
        var closed = device.newBuffer(64);
        closed.close();
        assertThatThrownBy(() -> builder.state(closed)).isInstanceOf(IllegalStateException.class);
        try (var hidden = device.newBuffer(64, MetalStorageMode.PRIVATE)) {
            assertThatThrownBy(() -> builder.state(hidden))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("storage mode of the state not SHARED: PRIVATE");
        }
    }

    @Test
    void aKernelFailsWhoseBufferTheCallerHasClosed(MetalDevice device) {
        try (var rings = new Rings(device)) {
            KernelHandle kernel;
            try (var numbers = device.newBuffer(64)) {
                kernel = rings.launch("k", on(numbers), ADD_ONE);
            }
            assertThat(failureOf(kernel.call(rings.ping(0), LONG))).isInstanceOf(IllegalStateException.class);
            assertThat(failureOf(kernel.send(rings.ping(0)))).isInstanceOf(RingKernelException.KernelFailed.class);
        }
    }

    @Test
    void theCallersWorkRunsBetweenTheBatchesAndBeforeTheReplies(MetalDevice device) {
        var policy = DispatchPolicy.defaults().withMaxBatch(1);
        try (var numbers = device.newBuffer(NUMBERS * Integer.BYTES);
                var doubling = doubleAll(device);
                var rings = new Rings(MetalRuntime.builder().device(device).dispatchPolicy(policy))) {
            var options = on(numbers).followedBy(encoder -> encodeDoubling(encoder, doubling, numbers));
            var kernel = rings.launch("k", options, ADD_ONE);
            int expected = 0;
            for (int i = 0; i < 10; i++) {
                assertThat(count(kernel.call(rings.ping(3), LONG))).isEqualTo(expected);
                expected = (expected + 1) * 2;
                assertThat(numbers.readInts(12, 1)).containsExactly(expected);
            }
            int[] alone = new int[5];
            await(kernel.sendAll(List.of(rings.ping(0), rings.ping(0), rings.ping(0), rings.ping(0), rings.ping(0))));
            for (int i = 0; i < alone.length; i++) {
                alone[i] = count(kernel.receive(LONG));
            }
            assertThat(alone).containsExactly(0, 2, 6, 14, 30);
        }
    }

    @Test
    void theCallersWorkIsEncodedOnceForEachBatchAndNotForTheTermination(MetalDevice device) {
        var encoded = new AtomicInteger();
        try (var rings = new Rings(device);
                var numbers = device.newBuffer(NUMBERS * Integer.BYTES)) {
            var kernel = rings.launch("k", on(numbers).followedBy(_ -> encoded.incrementAndGet()), ADD_ONE);
            await(kernel.sendAll(List.of(rings.ping(0), rings.ping(1), rings.ping(2))));
            Rings.sequences(kernel, 3);
            await(kernel.call(rings.ping(3), LONG));
            await(kernel.terminate());
            assertThat(encoded).hasValue((int) kernel.metrics().dispatches());
        }
    }

    @Test
    void manyKernelsWithAndWithoutWorkOfTheCallersAreReadyTogether(MetalDevice device, SoftwareMetal software) {
        var buffers = new ArrayList<MetalBuffer>();
        try (var doubling = doubleAll(device);
                var rings = new Rings(device)) {
            var kernels = new ArrayList<KernelHandle>();
            for (int i = 0; i < 12; i++) {
                var numbers = device.newBuffer(NUMBERS * Integer.BYTES);
                buffers.add(numbers);
                var options = i % 3 == 0
                        ? on(numbers)
                        : on(numbers).followedBy(encoder -> encodeDoubling(encoder, doubling, numbers));
                kernels.add(rings.launch("k" + i, options, ADD_ONE));
            }
            for (int round = 0; round < 3; round++) {
                var calls = new ArrayList<CompletableFuture<MessageEnvelope>>();
                try (var _ = software.faults(0).holdCompletions()) {
                    kernels.forEach(kernel -> calls.add(kernel.call(rings.ping(5), LONG)));
                }
                calls.forEach(Rings::await);
                assertThat(rings.runtime.metrics().commandBuffersInFlight()).isLessThanOrEqualTo(3);
            }
            for (int i = 0; i < 12; i++) {
                // 0 -> 1 -> 2 -> 3, and doubled after each step 0 -> 2 -> 6 -> 14.
                assertThat(buffers.get(i).readInts(20, 1)).containsExactly(i % 3 == 0 ? 3 : 14);
            }
        } finally {
            buffers.forEach(MetalBuffer::close);
        }
    }

    @Test
    void workThatThrowsFailsItsBatchAndKernelAndNoOther(MetalDevice device, SoftwareMetal software) {
        try (var numbers = device.newBuffer(NUMBERS * Integer.BYTES);
                var rings = new Rings(device)) {
            var others = new ArrayList<KernelHandle>();
            for (int i = 0; i < 3; i++) {
                others.add(await(rings.runtime.launch("o" + i, Rings.counting().build(), Rings.COUNTING)));
            }
            var boom = new UnsupportedOperationException("no more work");
            var options = on(numbers).followedBy(_ -> {
                throw boom;
            });
            var kernel = rings.launch("k", options, ADD_ONE);
            var calls = new ArrayList<CompletableFuture<MessageEnvelope>>();
            CompletableFuture<MessageEnvelope> failing;
            try (var _ = software.faults(0).holdCompletions()) {
                calls.add(others.get(0).call(rings.ping(0), LONG));
                calls.add(others.get(1).call(rings.ping(1), LONG));
                failing = kernel.call(rings.ping(2), LONG);
                calls.add(others.get(2).call(rings.ping(3), LONG));
            }
            assertThat(failureOf(failing)).isSameAs(boom);
            calls.forEach(Rings::await);
            assertThat(kernel.status().state()).isEqualTo(KernelState.FAILED);
            assertThat(failureOf(kernel.send(rings.ping(4)))).hasCause(boom);
            others.forEach(other -> await(other.call(rings.ping(5), LONG)));
            await(kernel.terminate());
        }
    }

    @Test
    void aStateOnAnotherDeviceFailsTheLaunch(MetalDevice device) {
        try (var other = MetalDevice.software();
                var numbers = other.newBuffer(NUMBERS * Integer.BYTES);
                var rings = new Rings(device)) {
            var source = KernelSource.handler(ADD_ONE, Rings.Ping.class, Rings.Pong.class);
            var options = on(numbers).build();
            assertThat(failureOf(rings.runtime.launch("k", options, source)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("state of k is on another device: MetalBuffer[32 bytes");
            assertThat(failureOf(rings.runtime
                            .graph()
                            .kernel("member", options, source)
                            .launch()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("state of member is on another device: MetalBuffer[32 bytes");
        }
    }

    @Test
    void aMemberOfAGraphMayHaveAStateOfTheCallersButNoWorkBehindIt(MetalDevice device) {
        try (var numbers = device.newBuffer(NUMBERS * Integer.BYTES);
                var rings = new Rings(device)) {
            var source = KernelSource.handler(ADD_ONE, Rings.Ping.class, Rings.Pong.class);
            var followed = on(numbers).followedBy(_ -> {}).build();
            assertThatThrownBy(() -> rings.runtime.graph().kernel("k", followed, source))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("kernel 'k' of a graph is followed by work of the caller's");
            var graph = await(rings.runtime
                    .graph()
                    .kernel("k", on(numbers).build(), source)
                    .launch());
            await(graph.kernel("k").call(rings.ping(4), LONG));
            assertThat(numbers.readInts(16, 1)).containsExactly(1);
        }
    }
}
