package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.ClockSkewException;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Priorities, bounds, patience, deadlines, timeouts and cancellation. */
@ExtendWith(TestDevice.class)
final class QueueTest {
    private static void keepBusy(Rings rings, KernelHandle kernel) {
        await(kernel.send(rings.ping(-1)));
        Rings.until(() -> kernel.status().inFlight() == 1);
    }

    @Test
    void whatWaitsIsHandledByPriorityAndThenInOrder(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                var priorities = List.of(
                        Priority.LOW,
                        Priority.CRITICAL,
                        Priority.NORMAL,
                        Priority.HIGH,
                        Priority.CRITICAL,
                        Priority.LOW);
                for (int i = 0; i < priorities.size(); i++) {
                    await(kernel.send(rings.ping(0, i, priorities.get(i))));
                }
            }
            assertThat(Rings.sequences(kernel, 7)).containsExactly(-1, 1, 4, 3, 2, 0, 5);
        }
    }

    /** What finds room only after the queue was emptied must wake the kernel again. Two senders meet at every point. */
    @Test
    void moreThanTheQueueHoldsGetsThroughWithoutFurtherSends(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = Rings.counting().inputCapacity(1).patience(LONG);
            var kernel = rings.launch("k", options.repliesPerMessage(0), "void handle(thread RingContext& ring) {}");
            for (int round = 0; round < 8_000; round++) {
                var other = CompletableFuture.runAsync(() -> await(kernel.sendAll(List.of(rings.ping(0)))));
                await(kernel.sendAll(List.of(rings.ping(1), rings.ping(2), rings.ping(3))));
                await(other);
            }
            Rings.until(() -> kernel.metrics().processed() == 32_000);
        }
    }

    @Test
    void whatWaitsWhileWorkIsInFlightIsOneBatch(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                await(kernel.sendAll(
                        IntStream.range(0, 100).mapToObj(rings::ping).toList()));
            }
            Rings.sequences(kernel, 101);
            assertThat(kernel.metrics().dispatches()).isEqualTo(2);
            assertThat(kernel.metrics().flushes()).isEqualTo(new KernelMetrics.Flushes(2, 0, 0));
        }
    }

    @Test
    void aFullQueueRefusesAtOnceWithoutPatienceAndSaysSoInTheMetrics(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().inputCapacity(2), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                await(kernel.send(rings.ping(0)));
                await(kernel.send(rings.ping(1)));
                assertThat(failureOf(kernel.send(rings.ping(2))))
                        .isInstanceOf(RingKernelException.QueueFull.class)
                        .hasMessage("queue of kernel 'k' is full: 2 messages");
                assertThat(failureOf(kernel.call(rings.ping(3), LONG)))
                        .isInstanceOf(RingKernelException.QueueFull.class);
            }
            assertThat(Rings.sequences(kernel, 3)).containsExactly(-1, 0, 1);
            assertThat(kernel.metrics().refused()).isEqualTo(2);
            assertThat(kernel.metrics().sent()).isEqualTo(3);
        }
    }

    @Test
    void aPatientSenderIsAcceptedInOrderWhenThereIsRoom(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().inputCapacity(2).patience(LONG), Rings.COUNTING);
            var sends = new ArrayList<CompletableFuture<Void>>();
            CompletableFuture<MessageEnvelope> call;
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                for (int i = 0; i < 8; i++) {
                    sends.add(kernel.send(rings.ping(i)));
                }
                sends.add(kernel.sendAll(
                        IntStream.range(8, 12).mapToObj(rings::ping).toList()));
                call = kernel.call(rings.ping(12), LONG);
                assertThat(sends.get(1)).isDone();
                assertThat(sends.get(2)).isNotDone();
            }
            sends.forEach(Rings::await);
            assertThat(await(call).decode(Rings.PONG).sequence()).isEqualTo(12);
            assertThat(Rings.sequences(kernel, 13))
                    .containsExactlyElementsOf(IntStream.range(-1, 12).boxed().toList());
        }
    }

    @Test
    void aSenderWhosePatienceEndsOrWhoCancelsIsNotAccepted(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var options = Rings.counting().inputCapacity(1).patience(Duration.ofMillis(100));
            var kernel = rings.launch(options, Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                await(kernel.send(rings.ping(0)));
                var cancelled = kernel.send(rings.ping(1));
                var late = kernel.send(rings.ping(2));
                assertThat(cancelled.cancel(true)).isTrue();
                assertThat(failureOf(late))
                        .isInstanceOf(RingKernelException.QueueFull.class)
                        .hasMessage("queue of kernel 'k' is full: 1 messages, waited PT0.1S");
            }
            await(kernel.call(rings.ping(3), LONG));
            assertThat(Rings.sequences(kernel, 2)).containsExactly(-1, 0);
            assertThat(kernel.tryReceive()).isEmpty();
        }
    }

    @Test
    void aKernelWhoseRepliesNobodyReceivesStopsAndGoesOn(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().outputCapacity(4).inputCapacity(16), Rings.COUNTING);
            await(kernel.sendAll(IntStream.range(0, 16).mapToObj(rings::ping).toList()));
            Rings.until(
                    () -> kernel.metrics().outputStalls() > 0 && kernel.status().inFlight() == 0);
            assertThat(kernel.status().received()).isEqualTo(4);
            assertThat(kernel.status().queued()).isEqualTo(12);
            assertThat(Rings.sequences(kernel, 16))
                    .containsExactlyElementsOf(IntStream.range(0, 16).boxed().toList());
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void aCallNeedsNoRoomForItsReply(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().outputCapacity(1), Rings.COUNTING);
            await(kernel.send(rings.ping(0)));
            Rings.until(() -> kernel.status().received() == 1);
            assertThat(await(kernel.call(rings.ping(1), LONG))
                            .decode(Rings.PONG)
                            .sequence())
                    .isEqualTo(1);
            await(kernel.send(rings.ping(2)));
            Rings.until(() -> kernel.metrics().outputStalls() > 0);
            assertThat(failureOf(kernel.call(rings.ping(3), Duration.ofMillis(50))))
                    .isInstanceOf(RingKernelException.TimedOut.class);
            assertThat(await(kernel.call(rings.ping(0, 4, Priority.HIGH), LONG))
                            .decode(Rings.PONG)
                            .sequence())
                    .isEqualTo(4);
            assertThat(Rings.sequences(kernel, 2)).containsExactly(0, 2);
        }
    }

    @Test
    void callsGetTheirOwnRepliesAndDisturbNoReceiver(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var receiver = kernel.receive();
            var calls = new ArrayList<CompletableFuture<Rings.Pong>>();
            for (int i = 0; i < 200; i++) {
                calls.add(kernel.call(new Rings.Ping(1, i, 1), Rings.Pong.class, LONG));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(await(calls.get(i)).sequence()).isEqualTo(i);
            }
            assertThat(receiver).isNotDone();
            await(kernel.send(rings.ping(999)));
            assertThat(await(receiver).decode(Rings.PONG).sequence()).isEqualTo(999);
        }
    }

    @Test
    void theLateReplyToACancelledCallIsADeadLetter(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                var inFlight = kernel.call(rings.ping(0), LONG);
                Rings.until(() -> kernel.status().inFlight() == 1);
                var queued = kernel.call(rings.ping(1), LONG);
                assertThat(inFlight.cancel(true)).isTrue();
                assertThat(queued.cancel(true)).isTrue();
            }
            assertThat(await(kernel.call(rings.ping(2), LONG)).decode(Rings.PONG))
                    .as("the queued request was not handled")
                    .isEqualTo(new Rings.Pong(0, 2, 1, 1));
            Rings.until(() -> rings.deadLetters.size() == 2);
            assertThat(rings.deadLetters).extracting(DeadLetter::reason).containsOnly(DeadLetter.Reason.ABANDONED);
            assertThat(kernel.tryReceive()).isEmpty();
        }
    }

    @Test
    void aReceiveTimesOutWithItsDuration(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            assertThat(failureOf(kernel.receive(Duration.ofMillis(20))))
                    .isInstanceOf(RingKernelException.TimedOut.class)
                    .hasMessage("no reply from kernel 'k' within PT0.02S");
            await(kernel.send(rings.ping(1)));
            assertThat(Rings.sequences(kernel, 1)).containsExactly(1);
            assertThatThrownBy(() -> kernel.receive(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("timeout is negative: PT-0.001S");
        }
    }

    @Test
    void aCancelledReceiveTakesNoMessage(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            for (int i = 0; i < 200; i++) {
                var given = kernel.receive();
                var other = kernel.receive();
                var send = kernel.send(rings.ping(i));
                boolean wasCancelled = given.cancel(true);
                await(send);
                var winner = wasCancelled ? other : given;
                assertThat(await(winner).decode(Rings.PONG).sequence()).isEqualTo(i);
                assertThat(other.cancel(true)).isEqualTo(!wasCancelled);
            }
        }
    }

    @Test
    void aMessagePastItsDeadlineIsNotHandled(MetalDevice device, SoftwareMetal software) {
        var wall = new AtomicLong(1_000_000);
        var clock = HlcClock.of(0, Duration.ofDays(1), wall::get);
        try (var rings = new Rings(MetalRuntime.builder().device(device).clock(clock))) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var deadline = new HlcTimestamp(2_000_000, 0, 0);
            CompletableFuture<MessageEnvelope> call;
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                await(kernel.send(Rings.until(rings.ping(0), deadline)));
                call = kernel.call(Rings.until(rings.ping(1), deadline), LONG);
                await(kernel.send(rings.ping(2)));
                wall.set(2_000_000);
            }
            assertThat(Rings.sequences(kernel, 2)).containsExactly(-1, 2);
            assertThat(failureOf(call)).isInstanceOf(RingKernelException.DeadlineExceeded.class);
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters)
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXPIRED))
                    .satisfies(letter -> assertThat(
                                    letter.message().decode(Rings.PING).sequence())
                            .isZero());
            assertThat(failureOf(kernel.send(Rings.until(rings.ping(3), deadline))))
                    .isInstanceOf(RingKernelException.DeadlineExceeded.class);
        }
    }

    @Test
    void aMessageWhoseDeadlinePassesWhileOthersAreHandledIsReportedThen(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                keepBusy(rings, kernel);
                var now = rings.runtime.clock().now();
                var soon = new HlcTimestamp(now.physicalMicros() + 200_000, 0, 0);
                var sooner = new HlcTimestamp(now.physicalMicros() + 100_000, 0, 0);
                await(kernel.send(Rings.until(rings.ping(1), soon)));
                var call = kernel.call(Rings.until(rings.ping(2), sooner), LONG);
                await(kernel.send(rings.ping(3)));
                assertThat(failureOf(call)).isInstanceOf(RingKernelException.DeadlineExceeded.class);
                Rings.until(() -> rings.deadLetters.size() == 1);
                assertThat(kernel.status().inFlight()).isEqualTo(1);
                assertThat(kernel.status().queued()).isEqualTo(1);
            }
            assertThat(rings.deadLetters)
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.EXPIRED));
            assertThat(Rings.sequences(kernel, 2)).containsExactly(-1, 3);
        }
    }

    @Test
    void aTimestampTooFarInTheFutureIsRefused(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var message = rings.ping(0);
            var future = new HlcTimestamp(message.header().timestamp().physicalMicros() + 3_600_000_000L, 0, 9);
            var skewed = message.withHeader(message.header().withTimestamp(future));
            assertThat(failureOf(kernel.send(skewed))).isInstanceOf(ClockSkewException.class);
            assertThat(failureOf(kernel.sendAll(List.of(message, skewed)))).isInstanceOf(ClockSkewException.class);
            assertThat(kernel.metrics().sent()).isZero();
        }
    }

    @Test
    void lingeringGathersMessagesUntilTheTimeIsOverOrTheBatchFull(MetalDevice device) {
        var policy = DispatchPolicy.defaults().withLinger(Duration.ofMillis(200));
        try (var rings = new Rings(MetalRuntime.builder().device(device).dispatchPolicy(policy))) {
            var kernel = rings.launch(Rings.counting().inputCapacity(8), Rings.COUNTING);
            long start = System.nanoTime();
            await(kernel.send(rings.ping(0)));
            await(kernel.send(rings.ping(1)));
            assertThat(Rings.sequences(kernel, 2)).containsExactly(0, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(kernel.metrics().flushes()).isEqualTo(new KernelMetrics.Flushes(0, 0, 1));
            await(kernel.sendAll(IntStream.range(0, 8).mapToObj(rings::ping).toList()));
            Rings.sequences(kernel, 8);
            assertThat(kernel.metrics().flushes().full()).isEqualTo(1);
        }
    }

    @Test
    void futuresCompleteOnTheChosenExecutor(MetalDevice device) {
        var threads = new ArrayList<String>();
        try (var executor = Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("chosen").factory());
                var rings = new Rings(MetalRuntime.builder().device(device).executor(executor))) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var named = kernel.receive()
                    .thenRun(() -> threads.add(Thread.currentThread().getName()));
            await(kernel.send(rings.ping(0)));
            await(named);
            await(kernel.deactivate());
            assertThat(threads).containsExactly("chosen");
        }
    }

    @Test
    void aDependentThatBlocksHoldsUpNobodyElse(MetalDevice device, SoftwareMetal software) {
        var release = new CompletableFuture<Void>();
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var blocked = kernel.receive().thenRun(release::join);
            CompletableFuture<Void> blockedCall;
            try (var _ = software.faults(0).holdCompletions()) {
                blockedCall = kernel.call(rings.ping(0), LONG).thenRun(release::join);
            }
            await(kernel.send(rings.ping(1)));
            for (int i = 2; i < 20; i++) {
                await(kernel.call(rings.ping(i), LONG));
            }
            assertThat(blocked).isNotDone();
            assertThat(blockedCall).isNotDone();
            release.complete(null);
            await(blocked);
            await(blockedCall);
        }
    }
}
