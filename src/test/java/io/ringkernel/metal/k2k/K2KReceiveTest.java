package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class K2KReceiveTest {
    private static final KernelId A = KernelId.of("a");
    private static final KernelId B = KernelId.of("b");
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ArrayBlockingQueue<String> deadLetters = new ArrayBlockingQueue<>(100);
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final K2KBroker broker = broker(Duration.ofMillis(20));

    private K2KBroker broker(Duration timeout) {
        return K2KBroker.builder()
                .config(K2KConfig.defaults().withMaxPendingMessages(16).withDeliveryTimeout(timeout))
                .wallClock(wall::get)
                .deadLetters((message, why) -> deadLetters.add(Envelopes.count(message) + " " + why))
                .build();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    /** Starts a thread that is in the call when this returns. */
    private static <T> FutureTask<T> parked(java.util.concurrent.Callable<T> call) throws InterruptedException {
        var task = new FutureTask<>(call);
        var thread = Thread.ofPlatform().daemon().start(task);
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && !task.isDone()) {
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void aParkedReceiverIsWoken() throws Exception {
        try (var patient = broker(K2KConfig.NO_TIMEOUT)) {
            var a = patient.register(A);
            var b = patient.register(B);
            for (int i = 0; i < 20; i++) {
                var receiver = parked(b::receive);
                a.send(B, Envelopes.of(1, i));
                assertThat(Envelopes.count(receiver.get())).isEqualTo(i);
            }
        }
    }

    @Test
    void aReceiverWithATimeoutGetsAMessageOrNone() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        assertThat(b.receive(Duration.ZERO)).isEmpty();
        assertThat(b.receive(Duration.ofMillis(5))).isEmpty();
        var receiver = parked(() -> b.receive(LONG));
        a.send(B, Envelopes.of(1, 1));
        assertThat(receiver.get()).isPresent();
    }

    @Test
    void anInterruptedReceiverLosesNothing() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var thread = new Thread[1];
        var receiver = parked(() -> {
            thread[0] = Thread.currentThread();
            return b.receive();
        });
        thread[0].interrupt();
        assertThatThrownBy(receiver::get).hasCauseInstanceOf(InterruptedException.class);
        a.send(B, Envelopes.of(1, 1));
        assertThat(b.tryReceive()).isPresent();
    }

    @Test
    void closingWakesReceiversWithAFailure() throws Exception {
        var b = broker.register(B);
        var receiver = parked(b::receive);
        var future = b.receiveAsync();
        b.close();
        assertThatThrownBy(receiver::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("endpoint is closed: b");
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("endpoint is closed: b");
    }

    @Test
    void takingOverWakesTheFormerReceiverWithAFailure() throws Exception {
        var b = broker.register(B);
        var receiver = parked(b::receive);
        broker.takeOver(B);
        assertThatThrownBy(receiver::get).hasRootCauseMessage("endpoint was taken over: b");
    }

    @Test
    void futuresGetMessagesInTheOrderTheyAskedForThem() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var futures = new ArrayList<CompletableFuture<K2KMessage>>();
        for (int i = 0; i < 5; i++) {
            futures.add(b.receiveAsync());
        }
        for (int i = 0; i < 5; i++) {
            a.send(B, Envelopes.of(1, i));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(Envelopes.count(futures.get(i).get())).isEqualTo(i);
        }
    }

    @Test
    void aCancelledFutureLosesNoMessage() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var cancelled = b.receiveAsync();
        var completed = b.receiveAsync();
        var next = b.receiveAsync();
        assertThat(cancelled.cancel(false)).isTrue();
        assertThat(completed.complete(null)).isTrue();
        a.send(B, Envelopes.of(1, 1));
        assertThat(Envelopes.count(next.get())).isEqualTo(1);
        assertThat(next.cancel(false)).isFalse();
        assertThat(next.complete(null)).isFalse();
    }

    @Test
    void aFutureThatTimedOutLosesNoMessage() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var future = b.receiveAsync().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatThrownBy(future::get).hasCauseInstanceOf(TimeoutException.class);
        a.send(B, Envelopes.of(1, 1));
        assertThat(b.tryReceive()).isPresent();
    }

    @Test
    void anExecutorThatRefusesCostsNoMessage() throws Exception {
        var refusing = K2KBroker.builder().executor(task -> {
            throw new RejectedExecutionException("full");
        });
        try (var other = refusing.build()) {
            var a = other.register(A);
            var future = other.register(B).receiveAsync();
            assertThat(a.send(B, Envelopes.of(1, 1)).status()).isEqualTo(DeliveryStatus.DELIVERED);
            assertThat(Envelopes.count(future.get())).isEqualTo(1);
        }
    }

    @Test
    void dependentsOfAFutureDoNotRunOnTheSender() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var runner = b.receiveAsync().thenApply(message -> Thread.currentThread());
        a.send(B, Envelopes.of(1, 1));
        assertThat(runner.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void virtualThreadsSendAndReceive() throws Exception {
        try (var patient = broker(K2KConfig.NO_TIMEOUT);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var a = patient.register(A);
            var b = patient.register(B);
            var received = new ArrayList<java.util.concurrent.Future<Long>>();
            for (int i = 0; i < 200; i++) {
                received.add(threads.submit(() -> Envelopes.count(b.receive())));
            }
            for (int i = 0; i < 200; i++) {
                int count = i;
                threads.submit(() -> {
                    while (!a.send(B, Envelopes.of(1, count)).status().isAccepted()) {
                        Thread.yield();
                    }
                });
            }
            var counts = new ArrayList<Long>();
            for (var future : received) {
                counts.add(future.get());
            }
            assertThat(counts).doesNotHaveDuplicates().hasSize(200);
        }
    }

    @Test
    void aMessageThatNobodyReceivesTimesOut() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var receipt = a.send(B, Envelopes.of(1, 1));
        a.send(B, Envelopes.of(1, 2, Priority.HIGH));
        assertThat(List.of(deadLetters.take(), deadLetters.take())).containsExactlyInAnyOrder("1 TIMEOUT", "2 TIMEOUT");
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.TIMEOUT);
        assertThat(b.pendingCount()).isZero();
        a.send(B, Envelopes.of(1, 3));
        assertThat(deadLetters.take()).isEqualTo("3 TIMEOUT");
        assertThat(broker.stats().timedOut()).isEqualTo(3);
    }

    @Test
    void aTimedOutMessageMakesRoom() throws Exception {
        var a = broker.register(A);
        broker.register(B);
        for (int i = 0; i < 16; i++) {
            a.send(B, Envelopes.of(1, i));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(deadLetters.take()).isEqualTo(i + " TIMEOUT");
        }
        assertThat(a.send(B, Envelopes.of(1, 16)).status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void nothingIsDeliveredAtOrAfterItsDeadline() {
        try (var patient = broker(K2KConfig.NO_TIMEOUT)) {
            var a = patient.register(A);
            var b = patient.register(B);
            var deadline = new HlcTimestamp(wall.get() + 60_000_000, 0, 0);
            a.send(B, Envelopes.of(1, 0));
            var late = a.send(B, Envelopes.withDeadline(1, 1, Priority.NORMAL, deadline));
            a.send(B, Envelopes.of(1, 2));
            wall.addAndGet(60_000_000);
            assertThat(b.tryReceive().map(Envelopes::count)).contains(0L);
            assertThat(b.tryReceive().map(Envelopes::count)).contains(2L);
            assertThat(late.status()).isEqualTo(DeliveryStatus.TIMEOUT);
            assertThat(deadLetters).containsExactly("1 TIMEOUT");
        }
    }

    @Test
    void aMessageBeforeItsDeadlineIsDelivered() {
        var a = broker.register(A);
        var b = broker.register(B);
        var farthest = new HlcTimestamp(-1, -1, -1);
        a.send(B, Envelopes.withDeadline(1, 1, Priority.NORMAL, farthest));
        assertThat(b.tryReceive()).isPresent();
    }

    @Test
    void aDeadlineThatPassesWhileNobodyReceivesFires() throws Exception {
        try (var patient = broker(K2KConfig.NO_TIMEOUT)) {
            var a = patient.register(A);
            patient.register(B);
            a.send(B, Envelopes.withDeadline(1, 1, Priority.NORMAL, new HlcTimestamp(wall.get() + 5_000, 0, 0)));
            assertThat(deadLetters.take()).isEqualTo("1 TIMEOUT");
            a.send(B, Envelopes.withDeadline(1, 2, Priority.NORMAL, new HlcTimestamp(1, 0, 0)));
            assertThat(deadLetters.take()).isEqualTo("2 TIMEOUT");
        }
    }

    @Test
    void aDeadLetterHandlerThatThrowsBreaksNothing() {
        var throwing = K2KBroker.builder().deadLetters((message, why) -> {
            throw new IllegalStateException("handler");
        });
        try (var other = throwing.build()) {
            var a = other.register(A);
            var b = other.register(B);
            var first = a.send(B, Envelopes.of(1, 1));
            var second = a.send(B, Envelopes.of(1, 2));
            b.close();
            assertThat(List.of(first.status(), second.status()))
                    .containsExactly(DeliveryStatus.CLOSED, DeliveryStatus.CLOSED);
        }
    }

    @Test
    void anArrivalListenerHearsOfEveryMessageAndOfThoseBefore() {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, Envelopes.of(1, 1));
        var arrivals = new AtomicInteger();
        b.onArrival(arrivals::incrementAndGet);
        assertThat(arrivals).hasValue(1);
        a.send(B, Envelopes.of(1, 2));
        assertThat(arrivals).hasValue(2);
    }
}
