package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of the package, under load. */
@Timeout(60)
final class K2KStressTest {
    private static final KernelId SINK = KernelId.of("sink");
    private static final int SENDERS = 4;

    private static KernelId sender(int number) {
        return KernelId.of("sender" + number);
    }

    private record Sent(long key, DeliveryReceipt receipt) {}

    /** Sends {@code count} messages of random priority, each until it is accepted. */
    private static List<Sent> sendAll(K2KEndpoint from, int number, int count, long seed) {
        var random = new Random(seed * 17 + number);
        var sent = new ArrayList<Sent>();
        for (int i = 0; i < count; i++) {
            var envelope = Envelopes.of(number, i, Priority.ofLevel(random.nextInt(4)));
            var receipt = from.send(SINK, envelope);
            while (!receipt.status().isAccepted()) {
                Thread.yield();
                receipt = from.send(SINK, envelope);
            }
            sent.add(new Sent((long) number << 32 | i, receipt));
        }
        return sent;
    }

    /** What the senders sent and what ended with this status; waits until every message has ended. */
    private static List<Long> keys(List<Future<List<Sent>>> senders, DeliveryStatus status) throws Exception {
        var keys = new ArrayList<Long>();
        for (var task : senders) {
            for (var sent : task.get()) {
                if (end(sent.receipt) == status) {
                    keys.add(sent.key);
                }
            }
        }
        return keys;
    }

    private static DeliveryStatus end(DeliveryReceipt receipt) {
        while (!receipt.status().isFinal()) {
            Thread.onSpinWait();
        }
        return receipt.status();
    }

    private static long key(K2KMessage message) {
        return (long) Envelopes.sender(message) << 32 | Envelopes.count(message);
    }

    private static void checkOrder(List<K2KMessage> received) {
        var last = new HashMap<Integer, Long>();
        var lastReceived = HlcTimestamp.ZERO;
        for (var message : received) {
            int stream = Envelopes.sender(message) * 4 + message.priority().level();
            long count = Envelopes.count(message);
            assertThat(count).isGreaterThan(last.getOrDefault(stream, -1L));
            last.put(stream, count);
            assertThat(message.receivedAt()).isGreaterThan(message.sentAt()).isGreaterThan(lastReceived);
            lastReceived = message.receivedAt();
        }
    }

    private static List<Future<List<Sent>>> startSenders(
            ExecutorService threads, K2KBroker broker, int each, long seed) {
        var tasks = new ArrayList<Future<List<Sent>>>();
        for (int number = 0; number < SENDERS; number++) {
            int own = number;
            var endpoint = broker.register(sender(number));
            tasks.add(threads.submit(() -> sendAll(endpoint, own, each, seed)));
        }
        return tasks;
    }

    @ParameterizedTest
    @CsvSource({"1, 301, 0", "2, 302, 4294967290", "64, 303, 0", "1024, 304, 4294960000"})
    void oneReceiverGetsEverythingOnceInOrder(int capacity, long seed, long firstPosition) throws Exception {
        int each = 10_000;
        var builder = K2KBroker.builder().config(K2KConfig.defaults().withMaxPendingMessages(capacity));
        try (var broker = builder.startingAt(firstPosition);
                var threads = Executors.newFixedThreadPool(SENDERS)) {
            var sink = broker.register(SINK);
            var senders = startSenders(threads, broker, each, seed);
            var received = new ArrayList<K2KMessage>();
            while (received.size() < SENDERS * each) {
                received.add(sink.receive());
                assertThat(sink.pendingCount()).isLessThanOrEqualTo(4 * capacity);
            }
            checkOrder(received);
            assertThat(received.stream().map(K2KStressTest::key)).doesNotHaveDuplicates();
            for (var task : senders) {
                assertThat(task.get()).allMatch(sent -> sent.receipt.status() == DeliveryStatus.DELIVERED);
            }
            assertThat(sink.tryReceive()).isEmpty();
            var stats = broker.stats();
            assertThat(stats.delivered()).isEqualTo(SENDERS * each);
            assertThat(stats.accepted()).isEqualTo(SENDERS * each);
            assertThat(stats.sent()).isEqualTo(stats.accepted() + stats.queueFull());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {311, 312, 313})
    void receiversOfEveryKindTogetherGetEverythingOnce(long seed) throws Exception {
        int each = 5_000;
        var received = new ConcurrentLinkedQueue<Long>();
        try (var broker = K2KBroker.create(K2KConfig.defaults().withMaxPendingMessages(32));
                var threads = Executors.newCachedThreadPool()) {
            var sink = broker.register(SINK);
            var senders = startSenders(threads, broker, each, seed);
            var isOver = new AtomicBoolean();
            var receivers = new ArrayList<Future<?>>();
            receivers.add(threads.submit(receiver(
                    isOver, () -> sink.receive(Duration.ofMillis(1)).ifPresent(m -> received.add(key(m))))));
            receivers.add(threads.submit(receiver(isOver, () -> sink.receiveUpTo(7, m -> received.add(key(m))))));
            var random = new Random(seed);
            receivers.add(threads.submit(receiver(isOver, () -> {
                var future = sink.receiveAsync();
                boolean isCancelled = random.nextInt(3) == 0 && future.cancel(false);
                if (!isCancelled) {
                    var message = future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)
                            .get();
                    if (message != null) {
                        received.add(key(message));
                    }
                }
            })));
            var keys = new ArrayList<Long>();
            for (var task : senders) {
                task.get().forEach(sent -> keys.add(sent.key));
            }
            while (broker.stats().pending() > 0) {
                Thread.onSpinWait();
            }
            isOver.set(true);
            for (var task : receivers) {
                task.get();
            }
            var all = new ArrayList<>(received);
            Collections.sort(all);
            Collections.sort(keys);
            assertThat(all).isEqualTo(keys);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static Callable<Void> receiver(AtomicBoolean isOver, Step step) {
        return () -> {
            while (!isOver.get()) {
                step.run();
                Thread.yield();
            }
            return null;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {321, 322, 323, 324})
    void closingAndRegisteringAgainUnderLoadSettlesEveryMessage(long seed) throws Exception {
        int each = 5_000;
        var received = new ArrayList<Long>();
        var buried = new ConcurrentLinkedQueue<Long>();
        var builder = K2KBroker.builder()
                .config(K2KConfig.defaults().withMaxPendingMessages(16))
                .deadLetters((message, why) -> buried.add(key(message)));
        try (var broker = builder.build();
                var threads = Executors.newFixedThreadPool(SENDERS)) {
            var sink = broker.register(SINK);
            var senders = startSenders(threads, broker, each, seed);
            var random = new Random(seed);
            while (senders.stream().anyMatch(task -> !task.isDone())) {
                sink.receiveUpTo(random.nextInt(64), message -> received.add(key(message)));
                switch (random.nextInt(8)) {
                    case 0 -> sink.close();
                    case 1 -> sink.closeAndDrain().forEach(message -> received.add(key(message)));
                    case 2 -> sink = broker.takeOver(SINK);
                    default -> Thread.yield();
                }
                sink = broker.isRegistered(SINK) ? sink : broker.register(SINK);
            }
            sink.closeAndDrain().forEach(message -> received.add(key(message)));
            var delivered = keys(senders, DeliveryStatus.DELIVERED);
            var closed = keys(senders, DeliveryStatus.CLOSED);
            assertThat(delivered.size() + closed.size()).isEqualTo(SENDERS * each);
            assertThat(received).containsExactlyInAnyOrderElementsOf(delivered);
            assertThat(buried).containsExactlyInAnyOrderElementsOf(closed);
            var stats = broker.stats();
            assertThat(stats.delivered()).isEqualTo(delivered.size());
            assertThat(stats.closed()).isEqualTo(closed.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {331, 332})
    void timeoutsUnderLoadSettleEveryMessageOnce(long seed) throws Exception {
        int each = 3_000;
        var received = new ArrayList<Long>();
        var buried = new ConcurrentLinkedQueue<Long>();
        var builder = K2KBroker.builder()
                .config(K2KConfig.defaults().withMaxPendingMessages(16).withDeliveryTimeout(Duration.ofMillis(1)))
                .deadLetters((message, why) -> buried.add(key(message)));
        try (var broker = builder.build();
                var threads = Executors.newFixedThreadPool(SENDERS)) {
            var sink = broker.register(SINK);
            var senders = startSenders(threads, broker, each, seed);
            var random = new Random(seed);
            while (senders.stream().anyMatch(task -> !task.isDone()) || sink.pendingCount() > 0) {
                if (random.nextInt(50) == 0) {
                    sink.receiveUpTo(random.nextInt(20), message -> received.add(key(message)));
                }
                Thread.yield();
            }
            var delivered = keys(senders, DeliveryStatus.DELIVERED);
            var timedOut = keys(senders, DeliveryStatus.TIMEOUT);
            assertThat(received).containsExactlyInAnyOrderElementsOf(delivered);
            while (buried.size() < timedOut.size()) {
                Thread.onSpinWait();
            }
            assertThat(buried).containsExactlyInAnyOrderElementsOf(timedOut);
        }
    }
}
