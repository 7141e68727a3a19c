package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.k2k.DeliveryStatus;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KMessage;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launched kernels as endpoints of the runtime's broker. */
@ExtendWith(TestDevice.class)
final class KernelEndpointTest {
    private static final KernelId MONITOR = KernelId.of("monitor");
    private static final KernelId RELAY = KernelId.of("relay");
    private static final K2KConfig PATIENT = K2KConfig.defaults().withDeliveryTimeout(LONG);

    /** Sends each message on to another kernel. */
    private static String relayTo(KernelId target) {
        return """
                void handle(thread RingContext& ring) {
                    send(ring, 0x%xul, message_as<Ping>(ring));
                }
                """.formatted(target.number());
    }

    private static int sequence(K2KMessage message) {
        return message.envelope().decode(Rings.PING).sequence();
    }

    private static LaunchOptions.Builder active() {
        return LaunchOptions.builder().activateAtOnce();
    }

    @Test
    void aHostEndpointSendsToAKernelByIdAndGetsWhatKernelsSendIt(MetalDevice device) throws Exception {
        try (var rings = new Rings(device)) {
            var monitor = rings.runtime.k2k().register(MONITOR);
            rings.launch("relay", active(), relayTo(MONITOR));
            var before = rings.runtime.clock().now();
            var ping = rings.ping(7);
            var receipt = monitor.send(RELAY, ping);
            assertThat(receipt.status()).isEqualTo(DeliveryStatus.DELIVERED);
            var message = monitor.receive(LONG).orElseThrow();
            assertThat(sequence(message)).isEqualTo(7);
            assertThat(message.source()).isEqualTo(RELAY);
            assertThat(message.source().name()).isEqualTo("relay");
            var header = message.envelope().header();
            assertThat(List.of(
                            before,
                            ping.header().timestamp(),
                            receipt.sentAt(),
                            header.timestamp(),
                            message.sentAt(),
                            message.receivedAt(),
                            rings.runtime.clock().tick()))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void aMessageTakesTheRoutesOfTheBrokerThroughKernelsAndIsTraced(MetalDevice device) throws Exception {
        var config = PATIENT.withTracing(K2KConfig.Tracing.ON);
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(config))) {
            var k2k = rings.runtime.k2k();
            var monitor = k2k.register(MONITOR);
            var away = KernelId.of("away");
            rings.launch("relay", active(), relayTo(away));
            k2k.addRoute(away, MONITOR);
            assertThat(monitor.send(RELAY, rings.ping(1)).hops()).isEqualTo(1);
            var message = monitor.receive(LONG).orElseThrow();
            assertThat(message.hops()).isEqualTo(2);
            assertThat(message.destination()).isEqualTo(away);
            assertThat(message.trace()).extracting(K2KMessage.Hop::from).containsExactly(RELAY, away);
        }
    }

    @Test
    void aMulticastReachesTheKernelsOfAGroup(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var k2k = rings.runtime.k2k();
            var monitor = k2k.register(MONITOR);
            var kernels = IntStream.range(0, 3)
                    .mapToObj(i ->
                            await(rings.runtime.launch("k" + i, Rings.counting().build(), Rings.COUNTING)))
                    .toList();
            k2k.join("pair", KernelId.of("k0"));
            k2k.join("pair", KernelId.of("k2"));
            assertThat(monitor.multicast("pair", rings.ping(5))).hasSize(2);
            assertThat(Rings.sequences(kernels.get(0), 1)).containsExactly(5);
            assertThat(Rings.sequences(kernels.get(2), 1)).containsExactly(5);
            assertThat(kernels.get(1).metrics().sent()).isZero();
        }
    }

    @Test
    void whatAKernelHasNoRoomForWaitsAtItsEndpointInOrderOfPriority(MetalDevice device) {
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(PATIENT))) {
            var kernel = rings.launch(Rings.counting().inputCapacity(1).outputCapacity(1), Rings.COUNTING);
            var monitor = rings.runtime.k2k().register(MONITOR);
            // One reply that nobody receives stalls the kernel, and one message fills its queue.
            monitor.send(kernel.id(), rings.ping(0));
            Rings.until(() -> kernel.status().received() == 1);
            monitor.send(kernel.id(), rings.ping(1));
            var waiting = monitor.send(kernel.id(), rings.ping(2));
            var urgent = monitor.send(kernel.id(), rings.ping(3), Priority.CRITICAL);
            assertThat(List.of(waiting.status(), urgent.status())).containsOnly(DeliveryStatus.PENDING);
            assertThat(kernel.status().queued()).isEqualTo(1);
            assertThat(Rings.sequences(kernel, 4)).containsExactly(0, 1, 3, 2);
            assertThat(waiting.status()).isEqualTo(DeliveryStatus.DELIVERED);
        }
    }

    @Test
    void aKernelWaitsForRoomAtAFullEndpointAndLosesNothing(MetalDevice device) throws Exception {
        var config = PATIENT.withMaxPendingMessages(2);
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(config))) {
            var monitor = rings.runtime.k2k().register(MONITOR);
            var policy = active().inputCapacity(4);
            var relay = rings.launch("relay", policy.patience(LONG), relayTo(MONITOR));
            for (int i = 0; i < 3; i++) {
                await(relay.send(rings.ping(i)));
            }
            Rings.until(() -> relay.metrics().processed() == 3);
            for (int i = 3; i < 7; i++) {
                await(relay.send(rings.ping(i)));
            }
            assertThat(relay.metrics().processed()).isEqualTo(3);
            for (int i = 0; i < 7; i++) {
                assertThat(sequence(monitor.receive(LONG).orElseThrow())).isEqualTo(i);
            }
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theHostsSendersAndOtherEndpointsShareAFullQueueAndNeitherStarves(int capacity, MetalDevice device)
            throws InterruptedException {
        int each = 200;
        var config = PATIENT.withMaxPendingMessages(4);
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(config))) {
            var options = Rings.counting().inputCapacity(capacity).patience(LONG);
            var kernel = rings.launch(options, Rings.COUNTING);
            var monitor = rings.runtime.k2k().register(MONITOR);
            var sent = new ConcurrentLinkedQueue<CompletableFuture<?>>();
            var host = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    sent.add(kernel.send(rings.ping(0, i, Priority.NORMAL)));
                }
            });
            for (int i = 0; i < each; i++) {
                sent.add(monitor.sendWhenRoom(kernel.id(), rings.ping(1, i, Priority.NORMAL)));
            }
            var next = new int[2];
            for (int i = 0; i < 2 * each; i++) {
                var pong = await(kernel.receive(LONG)).decode(Rings.PONG);
                assertThat(pong.sequence()).isEqualTo(next[pong.sender()]++);
            }
            host.join();
            assertThat(next).containsExactly(each, each);
            assertThat(sent)
                    .hasSize(2 * each)
                    .allSatisfy(future -> assertThat(future).succeedsWithin(LONG));
            assertThat(rings.deadLetters).isEmpty();
        }
    }

    @Test
    void whatStillWaitsWhenTheRuntimeEndsIsADeadLetter(MetalDevice device) {
        var rings = new Rings(MetalRuntime.builder().device(device).k2k(PATIENT));
        try (rings) {
            rings.runtime.k2k().register(MONITOR);
            var relay = rings.launch("relay", active(), relayTo(MONITOR));
            await(relay.send(rings.ping(3)));
            Rings.until(() -> rings.runtime.k2k().stats().pending() == 1);
        }
        Rings.until(() -> !rings.deadLetters.isEmpty());
        assertThat(rings.deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
            assertThat(letter.message().decode(Rings.PING).sequence()).isEqualTo(3);
        });
    }

    @Test
    void aMessageThatFoundNoRoomInTimeIsADeadLetter(MetalDevice device) {
        var config = K2KConfig.defaults().withMaxPendingMessages(1).withDeliveryTimeout(Duration.ofMillis(30));
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(config))) {
            rings.runtime.k2k().register(MONITOR);
            var relay = rings.launch("relay", active(), relayTo(MONITOR));
            await(relay.sendAll(List.of(rings.ping(0), rings.ping(1), rings.ping(2))));
            Rings.until(() -> rings.deadLetters.size() == 3);
            assertThat(rings.deadLetters).allSatisfy(letter -> {
                assertThat(letter.kernel()).isEqualTo(RELAY);
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
                assertThat(letter.cause()).containsInstanceOf(RingKernelException.QueueFull.class);
            });
            assertThat(relay.metrics().dropped()).isEqualTo(3);
        }
    }

    @Test
    void aKernelThatIsNotActiveRefusesWhatIsSentAndWhatWaits(MetalDevice device) {
        try (var rings = new Rings(MetalRuntime.builder().device(device).k2k(PATIENT))) {
            var kernel = rings.launch(Rings.counting().inputCapacity(1).outputCapacity(1), Rings.COUNTING);
            var monitor = rings.runtime.k2k().register(MONITOR);
            monitor.send(kernel.id(), rings.ping(0));
            Rings.until(() -> kernel.status().received() == 1);
            monitor.send(kernel.id(), rings.ping(1));
            var waiting = monitor.send(kernel.id(), rings.ping(2));
            await(kernel.deactivate());
            assertThat(waiting.status()).isEqualTo(DeliveryStatus.REFUSED);
            assertThat(monitor.send(kernel.id(), rings.ping(3)).status()).isEqualTo(DeliveryStatus.REFUSED);
            Rings.until(() -> rings.deadLetters.size() == 2);
            assertThat(rings.deadLetters).allSatisfy(letter -> {
                assertThat(letter.kernel()).isEqualTo(MONITOR);
                assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
                assertThat(letter.cause()).containsInstanceOf(RingKernelException.KernelNotActive.class);
            });
            await(kernel.resume());
            assertThat(Rings.sequences(kernel, 2)).containsExactly(0, 1);
            await(kernel.terminate());
            assertThat(monitor.send(kernel.id(), rings.ping(4)).status()).isEqualTo(DeliveryStatus.NOT_FOUND);
        }
    }

    @Test
    void aPayloadThatIsTooLargeIsRefused(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var monitor = rings.runtime.k2k().register(MONITOR);
            var kernel = rings.launch(Rings.counting().maxPayloadBytes(4), Rings.COUNTING);
            assertThat(monitor.send(kernel.id(), rings.ping(0)).status()).isEqualTo(DeliveryStatus.REFUSED);
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters.peek().cause()).containsInstanceOf(RingKernelException.PayloadTooLarge.class);
        }
    }

    @Test
    void anIdIsEitherAKernelsOrAHostEndpoints(MetalDevice device) {
        try (var rings = new Rings(device)) {
            rings.runtime.k2k().register(KernelId.of("k"));
            var launched = rings.runtime.launch("k", Rings.counting().build(), Rings.COUNTING);
            assertThat(failureOf(launched)).isInstanceOf(RingKernelException.KernelIdTaken.class);
            assertThat(rings.runtime.kernel("k")).isEmpty();
        }
    }

    @Test
    void aTerminatedKernelLeavesItsIdAndItsGroups(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var k2k = rings.runtime.k2k();
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            k2k.join("g", kernel.id());
            await(kernel.terminate());
            assertThat(k2k.isRegistered(kernel.id())).isFalse();
            assertThat(k2k.members("g")).isEmpty();
            rings.launch(Rings.counting(), Rings.COUNTING);
            assertThat(k2k.isRegistered(kernel.id())).isTrue();
        }
    }

    @Test
    void withoutK2KThereIsNoBroker(MetalDevice device) {
        try (var rings = new Rings(MetalRuntime.builder().device(device).withoutK2K())) {
            assertThatThrownBy(rings.runtime::k2k)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("K2K was turned off");
            var relay = rings.launch("relay", active(), relayTo(MONITOR));
            await(relay.send(rings.ping(0)));
            Rings.until(() -> !rings.deadLetters.isEmpty());
            assertThat(rings.deadLetters.peek().reason()).isEqualTo(DeadLetter.Reason.UNDELIVERABLE);
        }
    }

    @Test
    void aKernelWithoutK2KIsNoEndpoint(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting().withoutK2K(), Rings.COUNTING);
            assertThat(rings.runtime.k2k().isRegistered(kernel.id())).isFalse();
        }
    }
}
