package io.ringkernel.metal.runtime.engine;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.runtime.Rings;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The barrier behind a handler: thread 0 finishes a message when every thread is done with it, and not before. */
@ExtendWith(TestDevice.class)
final class RingKernelBarrierTest {
    /** No barrier of its own, and the thread that thread 0 would be ahead of fails. */
    private static final String LAST_THREAD_FAILS = """
            void handle(thread RingContext& ring) {
                if (ring.thread_index == ring.thread_count - 1u) {
                    fail(ring, 33u);
                }
            }
            """;

    private static final LaunchOptions OPTIONS =
            LaunchOptions.builder().blockSize(128).activateAtOnce().build();

    @Test
    void aKernelCountsTheFailureOfItsLastThread(MetalDevice device) {
        var id = KernelId.of("k");
        var source = KernelSource.handler(LAST_THREAD_FAILS);
        try (var library = device.newLibrary(source.msl());
                var function = library.function(source.function());
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var buffers = new KernelBuffers(
                        device,
                        pipeline,
                        id,
                        OPTIONS,
                        new KernelBuffers.Shape(4, KernelBuffers.slotBytes(64)),
                        new KernelBuffers.Start(0, 1))) {
            var inputs = buffers.allocate(4 * KernelBuffers.slotBytes(64), "inputs");
            buffers.inputs(inputs);
            var batch = new Batch();
            for (int i = 0; i < 3; i++) {
                batch.add(MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[8]), null);
            }
            var slots = KernelBuffers.slots(inputs.contents(), KernelBuffers.slotBytes(64));
            buffers.write(batch, i -> slots[i]);
            buffers.arguments().messageCount(3);
            buffers.setActive(true);
            try (var commands = queue.commandBuffer()) {
                try (var encoder = commands.computeEncoder()) {
                    buffers.bind(encoder);
                    encoder.dispatchThreadgroups(OPTIONS.gridSize(), OPTIONS.blockSize());
                }
                commands.commit().join();
            }
            assertThat(buffers.control().errorCount()).isEqualTo(3);
            assertThat(buffers.control().lastErrorCode()).isEqualTo(33);
        }
    }

    @Test
    void aKernelOfAGraphReportsTheFailureOfItsLastThread(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var graph = await(rings.runtime
                    .graph()
                    .kernel("k", OPTIONS, KernelSource.handler(LAST_THREAD_FAILS))
                    .launch());
            for (int i = 0; i < 3; i++) {
                assertThat(failureOf(graph.kernel("k").call(rings.ping(i), LONG)))
                        .isInstanceOfSatisfying(
                                RingKernelException.HandlerFailed.class,
                                failed -> assertThat(failed.code()).isEqualTo(33));
            }
        }
    }
}
