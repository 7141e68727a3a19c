package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.Priority;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which receipts the broker keeps, and what they tell. */
@Timeout(30)
final class K2KReceiptTest {
    private static final KernelId A = KernelId.of("a");
    private static final KernelId B = KernelId.of("b");
    private static final KernelId D = KernelId.of("d");

    private final K2KBroker broker =
            K2KBroker.create(K2KConfig.defaults().withMaxPendingMessages(4).withReceiptCapacity(8));

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void receiptsAndCountsOutliveTheEndpointThatTheMessagesWentTo() throws Exception {
        var a = broker.register(A);
        var b = broker.register(B);
        var received = a.send(B, Envelopes.of(1, 1), Priority.HIGH);
        var waiting = a.send(B, Envelopes.of(1, 2), Priority.LOW);
        b.receive();
        b.close();
        broker.register(B);
        var next = a.send(B, Envelopes.of(1, 3));
        assertThat(broker.receipt(received.messageId())).containsSame(received);
        assertThat(broker.receipt(waiting.messageId())).containsSame(waiting);
        assertThat(broker.receipt(next.messageId())).containsSame(next);
        var stats = broker.stats();
        assertThat(stats.accepted()).isEqualTo(3);
        assertThat(stats.delivered()).isEqualTo(1);
        assertThat(stats.closed()).isEqualTo(1);
        assertThat(stats.pending()).isEqualTo(1);
    }

    @Test
    void ofClosedEndpointsTheLatestReceiptsAreKept() {
        var a = broker.register(A);
        var sent = new ArrayList<DeliveryReceipt>();
        for (int i = 0; i < 12; i++) {
            var b = broker.register(B);
            sent.add(a.send(B, Envelopes.of(1, i)));
            b.close();
        }
        for (int i = 0; i < 12; i++) {
            assertThat(broker.receipt(sent.get(i).messageId()).isPresent()).isEqualTo(i >= 12 - 8);
        }
    }

    @Test
    void stampsCatchUpWithTheWallClockAfterAFlood() {
        var a = broker.register(A);
        var envelope = Envelopes.of(1, 1);
        var last = HlcTimestamp.ZERO;
        for (int i = 0; i < 10_000; i++) {
            var sentAt = a.send(D, envelope).sentAt();
            assertThat(sentAt).isGreaterThan(last);
            last = sentAt;
        }
        long after = HlcClock.systemMicros();
        while (a.send(D, envelope).sentAt().physicalMicros() < after) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theLatestReceiptsAreKeptAndOlderOnesForgotten() {
        var a = broker.register(A);
        var first = a.send(D, Envelopes.of(1, 0)).messageId();
        MessageId last = first;
        for (int i = 1; i < 8; i++) {
            last = a.send(D, Envelopes.of(1, i)).messageId();
        }
        assertThat(broker.receipt(first)).isPresent();
        assertThat(broker.receipt(last)).isPresent();
        a.send(D, Envelopes.of(1, 8));
        assertThat(broker.receipt(first)).isEmpty();
        assertThat(broker.receipt(new MessageId(-1))).isEmpty();
    }
}
