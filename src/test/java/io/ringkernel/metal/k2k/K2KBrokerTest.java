package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class K2KBrokerTest {
    private static final KernelId A = KernelId.of("a");
    private static final KernelId B = KernelId.of("b");
    private static final KernelId C = KernelId.of("c");
    private static final KernelId D = KernelId.of("d");

    private final List<String> deadLetters = new ArrayList<>();
    private final K2KBroker broker = K2KBroker.builder()
            .config(K2KConfig.defaults()
                    .withMaxPendingMessages(4)
                    .withMaxHops(3)
                    .withReceiptCapacity(8)
                    .withTracing(K2KConfig.Tracing.ON))
            .deadLetters((message, why) -> deadLetters.add(Envelopes.count(message) + " " + why))
            .build();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aMessageIsPendingUntilItIsReceived() {
        var a = broker.register(A);
        var b = broker.register(B);
        var envelope = Envelopes.of(1, 7);
        var receipt = a.send(B, envelope);
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(b.pendingCount()).isEqualTo(1);
        var message = b.tryReceive().orElseThrow();
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(message.envelope()).isSameAs(envelope);
        assertThat(List.of(message.source(), message.destination())).containsExactly(A, B);
        assertThat(message.hops()).isEqualTo(1);
        assertThat(message.messageId()).isEqualTo(envelope.header().messageId());
        assertThat(b.tryReceive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_536})
    void emptyAndMaximalPayloadsArrive(int size) {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[size]));
        assertThat(b.tryReceive().orElseThrow().envelope().payload().byteSize()).isEqualTo(size);
    }

    @Test
    void anEndpointMaySendToItself() {
        var a = broker.register(A);
        a.send(A, Envelopes.of(1, 1));
        assertThat(a.tryReceive()).isPresent();
    }

    @Test
    void nobodyThereIsNotFound() {
        var receipt = broker.register(A).send(B, Envelopes.of(1, 1));
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.NOT_FOUND);
        assertThat(broker.receipt(receipt.messageId())).containsSame(receipt);
    }

    @ParameterizedTest
    @EnumSource
    void aFullQueueRefusesItsOwnPriorityAlone(Priority priority) {
        var a = broker.register(A);
        var b = broker.register(B);
        for (int i = 0; i < 4; i++) {
            assertThat(a.send(B, Envelopes.of(1, i), priority).status()).isEqualTo(DeliveryStatus.PENDING);
        }
        assertThat(a.send(B, Envelopes.of(1, 4), priority).status()).isEqualTo(DeliveryStatus.QUEUE_FULL);
        var other = priority == Priority.CRITICAL ? Priority.LOW : Priority.CRITICAL;
        assertThat(a.send(B, Envelopes.of(1, 5), other).status()).isEqualTo(DeliveryStatus.PENDING);
        assertThat(b.pendingCount()).isEqualTo(5);
        b.receiveUpTo(5, message -> {});
        assertThat(a.send(B, Envelopes.of(1, 6), priority).status()).isEqualTo(DeliveryStatus.PENDING);
    }

    @Test
    void aQueueOfOneMessageWorks() {
        try (var small = K2KBroker.create(K2KConfig.defaults().withMaxPendingMessages(1))) {
            var a = small.register(A);
            var b = small.register(B);
            for (int i = 0; i < 100; i++) {
                assertThat(a.send(B, Envelopes.of(1, i)).status()).isEqualTo(DeliveryStatus.PENDING);
                assertThat(a.send(B, Envelopes.of(1, i)).status()).isEqualTo(DeliveryStatus.QUEUE_FULL);
                assertThat(Envelopes.count(b.tryReceive().orElseThrow())).isEqualTo(i);
            }
        }
    }

    @Test
    void higherPrioritiesAreReceivedFirstAndEachInOrder() {
        var a = broker.register(A);
        var b = broker.register(B);
        int count = 0;
        for (int round = 0; round < 3; round++) {
            for (var priority : Priority.values()) {
                a.send(B, Envelopes.of(1, count++, priority));
            }
        }
        var counts = new ArrayList<Long>();
        assertThat(b.receiveUpTo(100, message -> counts.add(Envelopes.count(message))))
                .isEqualTo(12);
        assertThat(counts).containsExactly(3L, 7L, 11L, 2L, 6L, 10L, 1L, 5L, 9L, 0L, 4L, 8L);
    }

    @Test
    void aPriorityGivenWhenSendingOverridesTheHeaders() {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, Envelopes.of(1, 1, Priority.HIGH), Priority.LOW);
        a.send(B, Envelopes.of(1, 2));
        assertThat(b.tryReceive().map(Envelopes::count)).contains(2L);
        assertThat(b.tryReceive().map(K2KMessage::priority)).contains(Priority.LOW);
    }

    @Test
    void aRouteLeadsToTheNextHopThatMayForward() {
        var a = broker.register(A);
        var b = broker.register(B);
        broker.addRoute(D, C);
        broker.addRoute(C, B);
        var receipt = a.send(D, Envelopes.of(1, 9));
        var atB = b.tryReceive().orElseThrow();
        assertThat(atB.destination()).isEqualTo(D);
        assertThat(atB.source()).isEqualTo(A);
        assertThat(atB.hops()).isEqualTo(3);
        assertThat(receipt.hops()).isEqualTo(3);
        assertThat(atB.trace()).extracting(K2KMessage.Hop::from).containsExactly(A, D, C);
        assertThat(atB.trace()).extracting(K2KMessage.Hop::at).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aForwardedMessageKeepsSourceIdAndPriority() {
        var a = broker.register(A);
        var b = broker.register(B);
        broker.addRoute(D, B);
        var receipt = a.send(D, Envelopes.of(1, 9), Priority.HIGH);
        var atB = b.tryReceive().orElseThrow();
        var d = broker.register(D);
        var onwards = b.forward(atB);
        var atD = d.tryReceive().orElseThrow();
        assertThat(atD.source()).isEqualTo(A);
        assertThat(atD.priority()).isEqualTo(Priority.HIGH);
        assertThat(atD.messageId()).isEqualTo(receipt.messageId());
        assertThat(atD.hops()).isEqualTo(3);
        assertThat(atD.sentAt()).isGreaterThan(atB.receivedAt());
        assertThat(broker.receipts(receipt.messageId())).containsExactly(receipt, onwards);
        assertThat(broker.stats().forwarded()).isEqualTo(1);
    }

    @Test
    void aRegisteredDestinationNeedsNoRoute() {
        var a = broker.register(A);
        var b = broker.register(B);
        broker.register(C);
        broker.addRoute(B, C);
        assertThat(a.send(B, Envelopes.of(1, 1)).hops()).isEqualTo(1);
        assertThat(b.pendingCount()).isEqualTo(1);
    }

    @Test
    void aCircleOfRoutesEndsAtTheHopLimit() {
        var a = broker.register(A);
        broker.addRoute(B, C);
        broker.addRoute(C, B);
        var receipt = a.send(B, Envelopes.of(1, 1));
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.MAX_HOPS_EXCEEDED);
        assertThat(receipt.hops()).isEqualTo(3);
        broker.addRoute(D, D);
        assertThat(a.send(D, Envelopes.of(1, 1)).status()).isEqualTo(DeliveryStatus.MAX_HOPS_EXCEEDED);
    }

    @Test
    void aCircleOfForwardersEndsAtTheHopLimit() {
        var a = broker.register(A);
        var b = broker.register(B);
        broker.addRoute(D, B);
        var status = a.send(D, Envelopes.of(1, 1)).status();
        int rounds = 0;
        while (status == DeliveryStatus.PENDING) {
            status = b.forward(b.tryReceive().orElseThrow()).status();
            rounds++;
        }
        assertThat(status).isEqualTo(DeliveryStatus.MAX_HOPS_EXCEEDED);
        assertThat(rounds).isLessThanOrEqualTo(3);
    }

    @Test
    void aRemovedRouteLeadsNowhere() {
        var a = broker.register(A);
        broker.register(B);
        broker.addRoute(D, B);
        assertThat(broker.routes()).isEqualTo(Map.of(D, B));
        assertThat(broker.removeRoute(D)).isTrue();
        assertThat(broker.removeRoute(D)).isFalse();
        assertThat(a.send(D, Envelopes.of(1, 1)).status()).isEqualTo(DeliveryStatus.NOT_FOUND);
    }

    @Test
    void aBroadcastReachesEveryOtherEndpointOnce() {
        var a = broker.register(A);
        var others = List.of(broker.register(B), broker.register(C), broker.register(D));
        var receipts = a.broadcast(Envelopes.of(1, 5));
        assertThat(receipts).extracting(DeliveryReceipt::destination).containsExactlyInAnyOrder(B, C, D);
        assertThat(others).allMatch(endpoint -> endpoint.pendingCount() == 1);
        assertThat(a.pendingCount()).isZero();
        assertThat(broker.receipts(receipts.getFirst().messageId())).hasSize(3);
    }

    @Test
    void aMulticastReachesTheOtherMembersOfTheGroup() {
        var a = broker.register(A);
        var b = broker.register(B);
        var c = broker.register(C);
        broker.register(D);
        a.join("g");
        b.join("g");
        c.join("g");
        c.join("g");
        assertThat(broker.members("g")).isEqualTo(Set.of(A, B, C));
        assertThat(a.multicast("g", Envelopes.of(1, 5)))
                .extracting(DeliveryReceipt::destination)
                .containsExactlyInAnyOrder(B, C);
        c.leave("g");
        b.close();
        assertThat(broker.members("g")).isEqualTo(Set.of(A));
        assertThat(a.multicast("nobody", Envelopes.of(1, 5))).isEmpty();
    }

    @Test
    void aTakenIdIsRefused() {
        broker.register(A);
        assertThatThrownBy(() -> broker.register(A))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("kernel id is taken: a");
    }

    @Test
    void aClosedEndpointFailsWhatWaitsAndFreesItsId() {
        var a = broker.register(A);
        var b = broker.register(B);
        var first = a.send(B, Envelopes.of(1, 1));
        var urgent = a.send(B, Envelopes.of(1, 2, Priority.HIGH));
        b.close();
        b.close();
        assertThat(first.status()).isEqualTo(DeliveryStatus.CLOSED);
        assertThat(urgent.status()).isEqualTo(DeliveryStatus.CLOSED);
        assertThat(deadLetters).containsExactly("2 CLOSED", "1 CLOSED");
        assertThat(a.send(B, Envelopes.of(1, 3)).status()).isEqualTo(DeliveryStatus.NOT_FOUND);
        var again = broker.register(B);
        assertThat(again.pendingCount()).isZero();
        assertThat(a.send(B, Envelopes.of(1, 4)).status()).isEqualTo(DeliveryStatus.PENDING);
        b.close();
        assertThat(broker.isRegistered(B)).isTrue();
    }

    @Test
    void drainingHandsOutWhatWaits() {
        var a = broker.register(A);
        var b = broker.register(B);
        a.send(B, Envelopes.of(1, 1));
        var receipt = a.send(B, Envelopes.of(1, 2, Priority.CRITICAL));
        assertThat(b.closeAndDrain()).extracting(Envelopes::count).containsExactly(2L, 1L);
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
        assertThat(deadLetters).isEmpty();
        assertThat(broker.isRegistered(B)).isFalse();
    }

    @Test
    void aTakeOverKeepsWhatWaitsAndEndsTheFormerEndpoint() {
        var a = broker.register(A);
        var former = broker.register(B);
        a.send(B, Envelopes.of(1, 1));
        a.send(B, Envelopes.of(1, 2));
        former.tryReceive();
        var waiting = former.receiveAsync();
        assertThat(waiting).isCompleted();
        a.send(B, Envelopes.of(1, 3));
        var lost = broker.register(C).receiveAsync();
        var next = broker.takeOver(B);
        broker.takeOver(C);
        assertThat(lost).failsWithin(Duration.ofSeconds(5));
        assertThat(next.tryReceive().map(Envelopes::count)).contains(3L);
        assertThatThrownBy(former::tryReceive)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("endpoint was taken over: b");
        assertThatThrownBy(() -> former.send(A, Envelopes.of(1, 1))).isInstanceOf(IllegalStateException.class);
        former.close();
        assertThat(broker.isRegistered(B)).isTrue();
    }

    @Test
    void anUnregisteredSourceIsRefused() {
        var a = broker.register(A);
        broker.register(B);
        a.close();
        assertThatThrownBy(() -> a.send(B, Envelopes.of(1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("endpoint is closed: a");
        assertThatThrownBy(() -> a.broadcast(Envelopes.of(1, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(a::receive).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedBrokerFailsWhatWaitsAndRegistersNobody() {
        var a = broker.register(A);
        broker.register(B);
        var receipt = a.send(B, Envelopes.of(1, 1));
        broker.close();
        assertThat(receipt.status()).isEqualTo(DeliveryStatus.CLOSED);
        assertThatThrownBy(() -> broker.register(C)).hasMessage("broker is closed");
        assertThat(broker.registered()).isEmpty();
    }

    @Test
    void clocksAdvanceAlongEveryHop() {
        var a = broker.register(A);
        var b = broker.register(B);
        var previous = HlcTimestamp.ZERO;
        for (int i = 0; i < 100; i++) {
            a.send(B, Envelopes.of(1, i));
            var atB = b.tryReceive().orElseThrow();
            b.send(A, Envelopes.of(2, i));
            var atA = a.tryReceive().orElseThrow();
            assertThat(List.of(previous, atB.sentAt(), atB.receivedAt(), atA.sentAt(), atA.receivedAt()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(atB.sentAt().nodeId()).isEqualTo(A.number());
            assertThat(atB.receivedAt().nodeId()).isEqualTo(B.number());
            previous = atA.receivedAt();
        }
    }

    @Test
    void theStatisticsAddUp() {
        var a = broker.register(A);
        var b = broker.register(B);
        for (int i = 0; i < 6; i++) {
            a.send(B, Envelopes.of(1, i));
        }
        b.tryReceive();
        a.send(C, Envelopes.of(1, 1));
        broker.addRoute(D, D);
        a.send(D, Envelopes.of(1, 1));
        assertThat(broker.stats()).isEqualTo(new K2KStats(2, 8, 4, 1, 3, 0, 1, 2, 1, 0, 0, 0));
        b.close();
        assertThat(broker.stats()).isEqualTo(new K2KStats(1, 8, 4, 1, 0, 0, 1, 2, 1, 0, 3, 0));
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        var defaults = K2KConfig.defaults();
        assertThatThrownBy(() -> defaults.withMaxPendingMessages(3))
                .hasMessage("maxPendingMessages not a power of two in 1..1048576: 3");
        assertThatThrownBy(() -> defaults.withReceiptCapacity(0)).hasMessageContaining("receiptCapacity");
        assertThatThrownBy(() -> defaults.withMaxHops(0)).hasMessage("maxHops not positive: 0");
        assertThatThrownBy(() -> defaults.withDeliveryTimeout(Duration.ofNanos(5)))
                .hasMessage("deliveryTimeout below PT0.001S: PT0.000000005S");
    }
}
