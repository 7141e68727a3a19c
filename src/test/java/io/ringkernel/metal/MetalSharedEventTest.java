package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.bindings.MTLDevice_newSharedEvent;
import io.ringkernel.metal.objc.Message;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever waits for an event holds it, and only for as long as he waits. */
@Tag("gpu")
@ExtendWith(TestDevice.class)
class MetalSharedEventTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void aWaitThatTimedOutKeepsNothing(MetalDevice device) throws InterruptedException {
        int before = device.objc().blocks().waitingCount();
        for (int i = 0; i < 100; i++) {
            try (var event = device.newSharedEvent()) {
                assertThat(event.waitUntil(1, MOMENT)).isFalse();
            }
        }
        // That no event and no listener is alive is what the device's own check says at the end.
        assertThat(device.objc().blocks().waitingCount()).isEqualTo(before);
    }

    @Test
    void whoeverGivesUpByCancellingOrByATimeoutLeavesTheOthersWaiting(MetalDevice device) throws Exception {
        try (var event = device.newSharedEvent()) {
            var patient = event.whenReached(3);
            var cancelled = event.whenReached(3);
            var late = event.whenReached(3).orTimeout(1, TimeUnit.MILLISECONDS);
            cancelled.cancel(false);
            assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
            assertThat(patient).isNotDone();
            event.signal(3);
            patient.get(10, TimeUnit.SECONDS);
            assertThat(event.waitUntil(3, MOMENT)).isTrue();
        }
    }

    @Test
    void aNotificationThatWasTakenBackAndComesAllTheSameHarmsNobody(MetalDevice device) throws Exception {
        try (var event = device.newSharedEvent()) {
            event.whenReached(1).cancel(false);
            var again = event.whenReached(1);
            event.signal(1);
            again.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void manyWaitersThatComeAndGoAllEnd(MetalDevice device) throws Exception {
        try (var event = device.newSharedEvent()) {
            var kept = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
            var comers = IntStream.range(0, 4)
                    .mapToObj(odd -> Thread.ofPlatform().start(() -> comeAndGo(event, odd % 2, kept)))
                    .toList();
            event.signal(1);
            event.signal(2);
            for (var comer : comers) {
                comer.join();
            }
            event.signal(3);
            assertThat(kept).hasSize(1000);
            CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        }
    }

    private static void comeAndGo(MetalSharedEvent event, int odd, Queue<CompletableFuture<Void>> kept) {
        for (int i = 0; i < 500; i++) {
            var reached = event.whenReached(1 + i % 3);
            if (i % 2 == odd) {
                reached.cancel(false);
            } else {
                kept.add(reached);
            }
        }
    }

    @Test
    void nilFromAFactoryIsAFailureOfTheDriver(MetalDevice device) {
        var factory = Message.of(MTLDevice_newSharedEvent.class);
        assertThatThrownBy(() -> MetalObject.kept(device.objc(), factory, MemorySegment.NULL))
                .isInstanceOf(DriverException.class)
                .hasMessageContaining("[MTLDevice newSharedEvent]")
                .hasMessageContaining("nil");
    }
}
