package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user gives up, by whatever method of the future, is given up at its source. */
@ExtendWith(TestDevice.class)
final class CancellationTest {
    /** The ways in which a user ends a future. */
    enum End {
        CANCEL(future -> future.cancel(true)),
        OR_TIMEOUT(future -> future.orTimeout(1, TimeUnit.MILLISECONDS)),
        COMPLETE_ON_TIMEOUT(future -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)),
        COMPLETE(future -> future.complete(null)),
        FAIL(future -> future.completeExceptionally(new IllegalStateException("enough")));

        private final Consumer<CompletableFuture<?>> how;

        End(Consumer<CompletableFuture<?>> how) {
            this.how = how;
        }

        void end(CompletableFuture<?> future) {
            how.accept(future);
            Rings.until(future::isDone);
            switch (this) {
                case CANCEL -> assertThat(future.isCancelled()).isTrue();
                case OR_TIMEOUT -> assertThat(future.exceptionNow()).isInstanceOf(TimeoutException.class);
                case FAIL -> assertThat(future.exceptionNow()).hasMessage("enough");
                default -> assertThat(future.resultNow()).isNull();
            }
        }
    }

    private static final List<Function<KernelHandle, CompletableFuture<?>>> CALLS = List.of(
            kernel -> kernel.call(new Rings.Ping(0, 1, 1), Rings.Pong.class, LONG),
            kernel -> kernel.call(new Rings.Ping(0, 2, 1), LONG),
            kernel -> kernel.call(Rings.PING, new Rings.Ping(0, 3, 1), LONG));

    @ParameterizedTest
    @EnumSource
    void everyCallThatIsGivenUpLeavesADeadLetter(End end, MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(-1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                CALLS.stream().map(call -> call.apply(kernel)).toList().forEach(end::end);
            }
            Rings.until(() -> rings.deadLetters.size() == CALLS.size());
            assertThat(rings.deadLetters).extracting(DeadLetter::reason).containsOnly(DeadLetter.Reason.ABANDONED);
            assertThat(kernel.metrics().processed()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatHasItsReplyCannotBeGivenUp(MetalDevice device) {
        Runnable[] held = new Runnable[1];
        var builder = MetalRuntime.builder().device(device).executor(task -> held[0] = task);
        var runtime = builder.start().join();
        try {
            var launch = runtime.launch("k", Rings.counting().build(), Rings.COUNTING);
            Rings.until(() -> held[0] != null);
            held[0].run();
            held[0] = null;
            var call = launch.join().call(new Rings.Ping(0, 5, 1), Rings.Pong.class, LONG);
            Rings.until(() -> held[0] != null);
            assertThat(call.cancel(true)).isFalse();
            assertThat(call.complete(null)).isFalse();
            assertThat(call.completeExceptionally(new IllegalStateException())).isFalse();
            assertThat(call).isNotDone();
            held[0].run();
            assertThat(call.resultNow().sequence()).isEqualTo(5);
        } finally {
            runtime.shutdown();
            Rings.until(() -> {
                var task = held[0];
                if (task != null) {
                    task.run();
                }
                return runtime.shutdown().isDone();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSendOfManyThatIsGivenUpCallsOffAllThatWait(End end, MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().inputCapacity(2).patience(LONG), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(-1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                var all = kernel.sendAll(List.of(
                        rings.ping(0),
                        rings.ping(0, 1, Priority.HIGH),
                        rings.ping(2),
                        rings.ping(0, 3, Priority.HIGH),
                        rings.ping(4)));
                end.end(all);
            }
            assertThat(Rings.sequences(kernel, 3)).containsExactly(-1, 1, 0);
            await(kernel.call(rings.ping(5), LONG));
            assertThat(kernel.tryReceive()).isEmpty();
            assertThat(kernel.metrics().refused()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"COMPLETE", "COMPLETE_ON_TIMEOUT"})
    void aKernelWhoseLaunchWasGivenUpIsTerminated(End end, MetalDevice device) {
        try (var rings = new Rings(device)) {
            var launch = rings.runtime.launch("k", Rings.counting().build(), Rings.COUNTING);
            end.how.accept(launch);
            Rings.until(launch::isDone);
            if (launch.isCompletedExceptionally()) {
                Rings.until(() -> rings.runtime.kernel("k").isEmpty());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatNoLongerWaitsForRoomAtAnEndpointIsRefused(End end) throws Exception {
        try (var broker = K2KBroker.builder()
                .config(K2KConfig.defaults().withMaxPendingMessages(1))
                .build()) {
            var from = broker.register(KernelId.of("a"));
            var to = broker.register(KernelId.of("b"));
            var first = MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[1]);
            var second = MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[1]);
            from.send(to.id(), first);
            end.end(from.sendWhenRoom(to.id(), second));
            assertThat(broker.receipt(second.header().messageId()).orElseThrow().status())
                    .isEqualTo(DeliveryStatus.QUEUE_FULL);
            assertThat(to.receive(LONG).orElseThrow().envelope()).isSameAs(first);
            assertThat(to.tryReceive()).isEmpty();
        }
    }

    @Test
    void aSendOfManySaysHowManyWereAccepted(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().inputCapacity(4), Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(-1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                var records = List.of(1, 2, 3, 4, 5, 6).stream()
                        .map(i -> new Rings.Ping(0, i, 1))
                        .toList();
                assertThat(failureOf(kernel.sendAll(records)))
                        .isInstanceOfSatisfying(RingKernelException.QueueFull.class, full -> {
                            assertThat(full.accepted()).isEqualTo(4);
                            assertThat(full.capacity()).isEqualTo(4);
                        })
                        .hasMessage("queue of kernel 'k' is full: 4 messages; accepted 4 of 6");
            }
            assertThat(Rings.sequences(kernel, 5)).containsExactly(-1, 1, 2, 3, 4);
        }
    }

    @Test
    void aPatientSendOfManySaysHowManyWereAcceptedWhenItsTimeIsUp(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var options = Rings.counting().inputCapacity(2).patience(Duration.ofMillis(30));
            var kernel = rings.launch(options, Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(-1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                var all = kernel.sendAll(List.of(
                        rings.ping(0),
                        rings.ping(0, 1, Priority.HIGH),
                        rings.ping(2),
                        rings.ping(0, 3, Priority.HIGH)));
                assertThat(failureOf(all))
                        .hasMessage("queue of kernel 'k' is full: 2 messages, waited PT0.03S; accepted 2 of 4");
            }
            assertThat(Rings.sequences(kernel, 3)).containsExactly(-1, 1, 0);
        }
    }

    @Test
    void sendsThatWaitAreBounded(MetalDevice device, SoftwareMetal software) {
        try (var rings = new Rings(device)) {
            var options = Rings.counting().inputCapacity(1).patience(LONG).maxWaitingSends(3);
            var kernel = rings.launch(options, Rings.COUNTING);
            try (var _ = software.faults(0).holdCompletions()) {
                await(kernel.send(rings.ping(-1)));
                Rings.until(() -> kernel.status().inFlight() == 1);
                await(kernel.send(rings.ping(0)));
                var waiting = kernel.sendAll(List.of(rings.ping(1), rings.ping(2)));
                assertThat(failureOf(kernel.sendAll(List.of(rings.ping(3), rings.ping(4)))))
                        .hasMessage("queue of kernel 'k' is full: 1 messages; accepted 0 of 2");
                var last = kernel.send(rings.ping(5));
                assertThat(failureOf(kernel.call(rings.ping(6), LONG)))
                        .isInstanceOf(RingKernelException.QueueFull.class);
                assertThat(waiting).isNotDone();
                assertThat(last).isNotDone();
            }
            assertThat(Rings.sequences(kernel, 5)).containsExactly(-1, 0, 1, 2, 5);
        }
    }

    @Test
    void manyLaunchesAtOnceShareAFewThreads(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options = LaunchOptions.builder()
                    .inputCapacity(1)
                    .outputCapacity(1)
                    .maxPayloadBytes(0)
                    .build();
            var launches = IntStream.range(0, 200)
                    .mapToObj(i -> rings.runtime.launch("k" + i, options))
                    .toList();
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("ringkernel-launch-"))
                    .count();
            launches.forEach(Rings::await);
            assertThat(threads).isBetween(1L, 20L);
        }
    }
}
