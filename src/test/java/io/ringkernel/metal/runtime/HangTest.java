package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.PONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kernels that do not end, and that no driver ends. */
@Timeout(60)
@ExtendWith(TestDevice.class)
final class HangTest {
    /** Does not end until the first cell is set. */
    private static final String HANG = """
            void handle(thread RingContext& ring) {
                device atomic_int* cells = (device atomic_int*)ring.state;
                atomic_store_explicit(&cells[1], 1, memory_order_relaxed);
                while (atomic_load_explicit(&cells[0], memory_order_relaxed) == 0) {
                    atomic_fetch_add_explicit(&cells[2], 1, memory_order_relaxed);
                }
            }
            """;

    @Test
    void aKernelThatDoesNotEndFailsAloneAndInTime(MetalDevice device, SoftwareMetal software) {
        try (var seen = device.newBuffer(16);
                var cells = device.newBuffer(16)) {
            try (var rings = new Rings(Rings.oneAtATime(device).batchTimeout(Duration.ofMillis(300)))) {
                var before = rings.launch("before", Rings.counting(), Rings.STRAY);
                var hanging = rings.launch(
                        "hanging", LaunchOptions.builder().state(cells).activateAtOnce(), HANG);
                var after = rings.launch("after", Rings.counting(), Rings.STRAY);
                var together = new Rings.Together(rings, software, seen);
                var first = before.call(rings.ping(0), LONG);
                await(hanging.send(rings.ping(0)));
                var last = after.call(rings.ping(0), LONG);
                together.close();
                assertThat(await(first).decode(PONG).count()).isZero();
                assertThat(await(last).decode(PONG).count()).isZero();
                assertThat(await(before.call(rings.ping(1), LONG)).decode(PONG).count())
                        .isOne();
                Rings.until(() -> hanging.status().state() == KernelState.FAILED);
                Rings.until(() -> !rings.deadLetters.isEmpty());
                assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
                    assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.COMMAND_FAILED);
                    assertThat(letter.cause()).containsInstanceOf(RingKernelException.BatchTimedOut.class);
                });
                assertThat(after.status().state()).isEqualTo(KernelState.ACTIVE);
                await(hanging.terminate());
                await(rings.runtime.shutdown());
            } finally {
                cells.write(0, 1);
            }
        }
    }

    @Test
    void aGraphThatDoesNotEndFailsAsAWholeAndOthersGoOn(MetalDevice device, SoftwareMetal software) {
        try (var cells = device.newBuffer(16)) {
            try (var rings = new Rings(Rings.oneAtATime(device).batchTimeout(Duration.ofMillis(300)))) {
                var other = rings.launch("other", Rings.counting(), Rings.STRAY);
                var hanging =
                        LaunchOptions.builder().state(cells).activateAtOnce().build();
                var graph = await(rings.runtime
                        .graph()
                        .kernel("first", Rings.counting().build(), Rings.COUNTING)
                        .kernel("last", hanging, KernelSource.handler(HANG, Rings.Ping.class))
                        .launch());
                var call = graph.kernel("last").call(rings.ping(0), LONG);
                Rings.until(() -> cells.readInts(4, 1)[0] == 1);
                var meanwhile = other.call(rings.ping(0), LONG);
                assertThat(failureOf(call)).isInstanceOf(RingKernelException.BatchTimedOut.class);
                await(meanwhile);
                assertThat(graph.kernels()).allMatch(kernel -> kernel.status().state() == KernelState.FAILED);
                await(graph.terminate());
            } finally {
                cells.write(0, 1);
            }
        }
    }

    @Test
    void aShutdownDoesNotWaitForWhatDoesNotEnd(MetalDevice device, SoftwareMetal software) {
        try (var cells = device.newBuffer(16)) {
            var rings = new Rings(
                    Rings.oneAtATime(device).batchTimeout(Duration.ofDays(1)).shutdownTimeout(Duration.ofMillis(200)));
            try {
                var hanging = rings.launch(
                        "hanging", LaunchOptions.builder().state(cells).activateAtOnce(), HANG);
                var other = rings.launch("other", Rings.counting(), Rings.STRAY);
                var call = hanging.call(rings.ping(0), LONG);
                Rings.until(() -> cells.readInts(4, 1)[0] == 1);
                await(rings.runtime.shutdown());
                assertThat(failureOf(call)).isInstanceOf(RingKernelException.RuntimeClosed.class);
                await(hanging.awaitTermination());
                await(other.awaitTermination());
            } finally {
                cells.write(0, 1);
            }
        }
    }

    @Test
    void aLaunchThatComesTooLateForTheShutdownLeavesNothingBehind(MetalDevice device) {
        for (int i = 0; i < 5; i++) {
            var rings = new Rings(Rings.oneAtATime(device).shutdownTimeout(Duration.ofMillis(1)));
            var launched = rings.runtime.launch(
                    "late", Rings.counting().build(), KernelSource.handler(HANG.replace("== 0", "== " + -i)));
            await(rings.runtime.shutdown());
            var outcome = await(launched.handle((kernel, _) -> kernel));
            if (outcome != null) {
                assertThat(failureOf(outcome.send(rings.ping(0)))).isInstanceOf(RingKernelException.class);
                await(outcome.awaitTermination());
            }
        }
    }
}
