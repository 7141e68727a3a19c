package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageRingTest {
    private static final KernelId KERNEL = KernelId.of("k");

    private static DeliveryReceipt message(long number) {
        return message(number, K2KMessage.NEVER);
    }

    private static DeliveryReceipt message(long number, long expiresAt) {
        var header = MessageHeader.of(1, HlcTimestamp.ZERO).withMessageId(new MessageId(number));
        var request = new SendRequest(KERNEL, KERNEL, MessageEnvelope.of(header, new byte[0]), Priority.NORMAL);
        return new DeliveryReceipt(request, HlcTimestamp.ZERO, new Transit(1, List.of(), expiresAt));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "1, 4294967290",
        "2, 0",
        "2, 2147483647",
        "8, 0",
        "8, 4294967295",
        "8, 1152921504606846975",
        "64, 63"
    })
    void itIsAQueueOfExactlyItsCapacity(int capacity, long start) {
        var ring = new MessageRing(capacity, 16, start);
        var model = new ArrayDeque<DeliveryReceipt>();
        var random = new Random(capacity + start);
        for (int step = 0; step < 5_000; step++) {
            if (random.nextBoolean()) {
                var message = message(step);
                boolean isRoom = model.size() < capacity;
                assertThat(ring.offer(message)).isEqualTo(isRoom);
                if (isRoom) {
                    model.add(message);
                }
            } else {
                assertThat(ring.poll()).isSameAs(model.poll());
            }
            assertThat(ring.size()).isEqualTo(model.size());
        }
    }

    @Test
    void onlyAnExpiredHeadIsTaken() {
        var ring = new MessageRing(4, 4, 0);
        var first = message(1, 100);
        ring.offer(first);
        ring.offer(message(2, 50));
        assertThat(ring.pollExpired(99, 0)).isNull();
        assertThat(ring.nextExpiry()).isEqualTo(100);
        assertThat(ring.pollExpired(100, 0)).isSameAs(first);
        assertThat(ring.nextExpiry()).isEqualTo(50);
        ring.poll();
        assertThat(ring.nextExpiry()).isEqualTo(K2KMessage.NEVER);
        assertThat(ring.pollExpired(1_000, 99)).isNull();
    }

    @Test
    void aHeadBelowTheLimitIsTakenWheneverItExpires() {
        var ring = new MessageRing(4, 4, 7);
        var first = message(1);
        ring.offer(first);
        ring.offer(message(2));
        assertThat(ring.tail()).isEqualTo(9);
        assertThat(ring.pollExpired(0, 8)).isSameAs(first);
        assertThat(ring.pollExpired(0, 8)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 1024})
    void manySendersAndReceiversLoseAndDoubleNothingAndKeepEachSendersOrder(int capacity) throws Exception {
        int senders = 3;
        int receivers = 2;
        int each = 20_000;
        var ring = new MessageRing(capacity, 16, (1L << 32) - each);
        var left = new AtomicInteger(senders * each);
        try (var executor = Executors.newFixedThreadPool(senders + receivers)) {
            for (int sender = 0; sender < senders; sender++) {
                int number = sender;
                executor.submit(() -> offerAll(ring, number, each));
            }
            var tasks = new ArrayList<Callable<List<Long>>>();
            for (int receiver = 0; receiver < receivers; receiver++) {
                tasks.add(() -> pollWhile(ring, left));
            }
            var seen = new BitSet(senders * each);
            for (var future : executor.invokeAll(tasks)) {
                checkOrder(future.get(), senders, each, seen);
            }
            assertThat(seen.cardinality()).isEqualTo(senders * each);
            assertThat(ring.size()).isZero();
        }
    }

    private static void offerAll(MessageRing ring, int sender, int count) {
        for (int i = 0; i < count; i++) {
            var message = message((long) sender << 32 | i);
            while (!ring.offer(message)) {
                Thread.yield();
            }
        }
    }

    private static List<Long> pollWhile(MessageRing ring, AtomicInteger left) {
        var got = new ArrayList<Long>();
        while (left.get() > 0) {
            var message = ring.poll();
            if (message == null) {
                Thread.yield();
            } else {
                left.decrementAndGet();
                got.add(message.messageId().value());
            }
        }
        return got;
    }

    private static void checkOrder(List<Long> ids, int senders, int each, BitSet seen) {
        var last = new long[senders];
        Arrays.fill(last, -1);
        for (long id : ids) {
            int sender = (int) (id >>> 32);
            int count = (int) id;
            assertThat((long) count).isGreaterThan(last[sender]);
            last[sender] = count;
            assertThat(seen.get(sender * each + count)).isFalse();
            seen.set(sender * each + count);
        }
    }
}
