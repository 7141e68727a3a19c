package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Endpoints that hand their messages over, and sends that wait for room. */
@Timeout(60)
final class K2KReceiverTest {
    private static final KernelId A = KernelId.of("a");
    private static final KernelId B = KernelId.of("b");

    private final ConcurrentLinkedQueue<String> deadLetters = new ConcurrentLinkedQueue<>();
    private final K2KBroker broker =
            broker(K2KConfig.defaults().withMaxPendingMessages(2).withDeliveryTimeout(K2KConfig.NO_TIMEOUT));

    private K2KBroker broker(K2KConfig config) {
        return K2KBroker.builder()
                .config(config)
                .deadLetters((message, why) -> deadLetters.add(Envelopes.count(message) + " " + why))
                .build();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    /** Has a certain number of places, and refuses messages with negative counts. */
    private static final class Shelf implements K2KReceiver {
        private final AtomicInteger room;
        private final List<K2KMessage> messages = new ArrayList<>();

        Shelf(int room) {
            this.room = new AtomicInteger(room);
        }

        @Override
        public boolean reserve() {
            return room.getAndUpdate(places -> Math.max(0, places - 1)) > 0;
        }

        @Override
        public void release() {
            room.incrementAndGet();
        }

        @Override
        public boolean take(K2KMessage message) {
            if (Envelopes.count(message) < 0) {
                release();
                return false;
            }
            messages.add(message);
            return true;
        }

        List<Long> counts() {
            return messages.stream().map(Envelopes::count).toList();
        }
    }

    private static DeliveryReceipt await(CompletableFuture<DeliveryReceipt> sent) throws Exception {
        return sent.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aMessageGoesStraightToAReceiverWithRoom() {
        var shelf = new Shelf(1);
        var b = broker.register(B, shelf);
        var receipt = broker.register(A).send(B, Envelopes.of(1, 7));
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(shelf.counts()).containsExactly(7L);
        assertThat(shelf.messages.getFirst().receivedAt()).isGreaterThan(receipt.sentAt());
        assertThat(b.pendingCount()).isZero();
    }

    @Test
    void withoutRoomMessagesWaitInOrderAndWithinBounds() {
        var shelf = new Shelf(1);
        var a = broker.register(A);
        var b = broker.register(B, shelf);
        var receipts = new ArrayList<DeliveryReceipt>();
        for (int i = 0; i < 4; i++) {
            receipts.add(a.send(B, Envelopes.of(1, i)));
        }
        assertThat(receipts)
                .extracting(DeliveryReceipt::status)
                .containsExactly(
                        DeliveryStatus.DELIVERED,
                        DeliveryStatus.PENDING,
                        DeliveryStatus.PENDING,
                        DeliveryStatus.QUEUE_FULL);
        a.send(B, Envelopes.of(1, 4), Priority.HIGH);
        shelf.room.set(2);
        b.handOver();
        assertThat(shelf.counts()).containsExactly(0L, 4L, 1L);
        assertThat(receipts.get(2).status()).isEqualTo(DeliveryStatus.PENDING);
        shelf.room.set(2);
        b.handOver();
        assertThat(shelf.counts()).containsExactly(0L, 4L, 1L, 2L);
        assertThat(shelf.room).hasValue(1);
    }

    @Test
    void aRefusedMessageIsADeadLetterAndLeavesItsRoom() {
        var shelf = new Shelf(1);
        broker.register(B, shelf);
        var a = broker.register(A);
        assertThat(a.send(B, Envelopes.of(1, -3)).status()).isEqualTo(DeliveryStatus.REFUSED);
        assertThat(deadLetters).containsExactly("-3 REFUSED");
        assertThat(a.send(B, Envelopes.of(1, 1)).status()).isEqualTo(DeliveryStatus.DELIVERED);
        var stats = broker.stats();
        assertThat(List.of(stats.accepted(), stats.delivered(), stats.refused(), stats.pending()))
                .containsExactly(2L, 1L, 1L, 0L);
    }

    @Test
    void whatWaitsForAReceiverFailsWithItsEndpoint() {
        var a = broker.register(A);
        var b = broker.register(B, new Shelf(0));
        var receipt = a.send(B, Envelopes.of(1, 1));
        b.close();
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.CLOSED);
        assertThat(deadLetters).containsExactly("1 CLOSED");
    }

    @Test
    void anEndpointWithAReceiverCannotBeTakenOverAndOneWithoutHandsNothingOver() {
        broker.register(B, new Shelf(0));
        assertThatThrownBy(() -> broker.takeOver(B)).hasMessage("endpoint has a receiver: b");
        var a = broker.register(A);
        assertThatThrownBy(a::handOver).hasMessage("endpoint has no receiver: a");
    }

    @Test
    void aSendMayWaitForRoomAndIsNotOvertaken() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, Envelopes.of(1, 0));
        a.send(B, Envelopes.of(1, 1));
        var third = a.sendWhenRoom(B, Envelopes.of(1, 2));
        var fourth = a.sendWhenRoom(B, Envelopes.of(1, 3));
        assertThat(a.send(B, Envelopes.of(1, 9)).status()).isEqualTo(DeliveryStatus.QUEUE_FULL);
        assertThat(a.send(B, Envelopes.of(1, 4), Priority.LOW).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(third).isNotDone();
        assertThat(Envelopes.count(b.tryReceive().orElseThrow())).isZero();
        assertThat(await(third).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(fourth).isNotDone();
        var rest = new ArrayList<Long>();
        while (b.pendingCount() > 0) {
            b.tryReceive().ifPresent(message -> rest.add(Envelopes.count(message)));
        }
        assertThat(rest).containsExactly(1L, 2L, 3L, 4L);
        assertThat(await(fourth).status()).isEqualTo(DeliveryStatus.DELIVERED);
    }

    @Test
    void aSendThatWaitsForRoomInVainIsRefused() throws Exception {
        try (var hasty =
                broker(K2KConfig.defaults().withMaxPendingMessages(1).withDeliveryTimeout(Duration.ofMillis(20)))) {
            var shelf = new Shelf(0);
            hasty.register(B, shelf);
            var a = hasty.register(A);
            var first = a.sendWhenRoom(B, Envelopes.of(1, 0));
            assertThat(await(first).status().isAccepted()).isTrue();
            a.sendWhenRoom(B, Envelopes.of(1, 1));
            var third = a.sendWhenRoom(B, Envelopes.of(1, 2));
            assertThat(await(third).status()).isIn(DeliveryStatus.QUEUE_FULL, DeliveryStatus.PENDING);
            assertThat(hasty.receipt(third.join().messageId())).isPresent();
            assertThat(shelf.counts()).isEmpty();
        }
    }

    @Test
    void aSendThatWaitsForRoomFailsWithTheEndpoint() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, Envelopes.of(1, 0));
        a.send(B, Envelopes.of(1, 1));
        var waiting = a.sendWhenRoom(B, Envelopes.of(1, 2));
        b.close();
        assertThat(await(waiting).status()).isEqualTo(DeliveryStatus.NOT_FOUND);
        assertThat(await(a.sendWhenRoom(B, Envelopes.of(1, 3))).status()).isEqualTo(DeliveryStatus.NOT_FOUND);
    }

    @Test
    void endpointsMayShareOneClock() {
        var clock = HlcClock.of(42);
        try (var shared = K2KBroker.builder().clock(clock).build()) {
            var a = shared.register(A);
            var b = shared.register(B);
            var before = clock.now();
            var receipt = a.send(B, Envelopes.of(1, 1));
            var message = b.tryReceive().orElseThrow();
            assertThat(List.of(before, receipt.sentAt(), message.receivedAt()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(clock.now()).isEqualTo(message.receivedAt());
            assertThat(receipt.sentAt().nodeId()).isEqualTo(42);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "64, 7"})
    void underLoadEverythingArrivesOnceAndInOrder(int capacity, int places) throws Exception {
        int senders = 3;
        int each = 3_000;
        var taken = new ArrayList<K2KMessage>();
        var room = new AtomicInteger(places);
        try (var busy = broker(K2KConfig.defaults().withMaxPendingMessages(capacity));
                var threads = Executors.newFixedThreadPool(senders)) {
            var sink = busy.register(B, new K2KReceiver() {
                @Override
                public boolean reserve() {
                    return room.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                }

                @Override
                public void release() {
                    room.incrementAndGet();
                }

                @Override
                public boolean take(K2KMessage message) {
                    return taken.add(message);
                }
            });
            var tasks = new ArrayList<Future<?>>();
            for (int number = 0; number < senders; number++) {
                int own = number;
                var endpoint = busy.register(KernelId.of("sender" + number));
                tasks.add(threads.submit(() -> sendAll(endpoint, own, each)));
            }
            while (tasks.stream().anyMatch(task -> !task.isDone()) || sink.pendingCount() > 0) {
                room.set(places);
                sink.handOver();
                Thread.onSpinWait();
            }
            for (var task : tasks) {
                task.get();
            }
        }
        var next = new HashMap<Integer, Long>();
        for (var message : taken) {
            int sender = Envelopes.sender(message);
            assertThat(Envelopes.count(message)).isEqualTo(next.getOrDefault(sender, 0L));
            next.merge(sender, 1L, Long::sum);
        }
        assertThat(taken).hasSize(senders * each);
        assertThat(deadLetters).isEmpty();
    }

    private static void sendAll(K2KEndpoint from, int number, int count) {
        var last = CompletableFuture.<DeliveryReceipt>completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = from.sendWhenRoom(B, Envelopes.of(number, i));
            if (i % 10 == 0) {
                last.join();
            }
        }
        last.join();
    }
}
