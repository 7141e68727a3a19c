package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.bindings.dispatch_queue_create;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events between queues and between GPU and CPU; fences. */
@Timeout(60)
final class EventTest {
    private static MemorySegment sharedEvent(TestClient client) {
        return client.owned(client.send("MTLDevice_newSharedEvent", client.device));
    }

    private static long value(TestClient client, MemorySegment event) {
        return client.send("MTLSharedEvent_signaledValue", event);
    }

    @Test
    void oneQueueWaitsForAnother() {
        try (var client = new TestClient()) {
            var event = client.owned(client.send("MTLDevice_newEvent", client.device));
            var waiting = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeWaitForEvent_value", waiting, event, 5L);
            client.commit(waiting);
            client.send("MTLCommandBuffer_waitUntilScheduled", waiting);
            assertThat(client.status(waiting)).isEqualTo(Mtl.MTLCommandBufferStatusScheduled());
            var signalling = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeSignalEvent_value", signalling, event, 5L);
            client.finish(signalling);
            client.send("MTLCommandBuffer_waitUntilCompleted", waiting);
            assertThat(client.status(waiting)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
        }
    }

    @Test
    void theCpuSeesWhatTheGpuSignalledAndTheOtherWayRound() {
        try (var client = new TestClient()) {
            var event = sharedEvent(client);
            var commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeWaitForEvent_value", commands, event, 1L);
            client.send("MTLCommandBuffer_encodeSignalEvent_value", commands, event, 2L);
            client.commit(commands);
            assertThat(value(client, event)).isZero();
            client.send("MTLSharedEvent_setSignaledValue", event, 1L);
            assertThat(client.<Boolean>send("MTLSharedEvent_waitUntilSignaledValue_timeoutMS", event, 2L, 20_000L))
                    .isTrue();
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            assertThat(value(client, event)).isEqualTo(2);
        }
    }

    @Test
    void aWaitThatTimesOutSaysSo() {
        try (var client = new TestClient()) {
            var event = sharedEvent(client);
            assertThat(client.<Boolean>send("MTLSharedEvent_waitUntilSignaledValue_timeoutMS", event, 1L, 1L))
                    .isFalse();
        }
    }

    @Test
    void theGpuNeverLowersAValue() {
        try (var client = new TestClient()) {
            var event = sharedEvent(client);
            client.send("MTLSharedEvent_setSignaledValue", event, 9L);
            var commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeSignalEvent_value", commands, event, 3L);
            client.finish(commands);
            assertThat(value(client, event)).isEqualTo(9);
            client.assertViolations(ViolationKind.SYNCHRONIZATION);
        }
    }

    @Test
    void valuesAreUnsigned() {
        try (var client = new TestClient()) {
            var event = sharedEvent(client);
            client.send("MTLSharedEvent_setSignaledValue", event, -1L);
            assertThat(client.<Boolean>send("MTLSharedEvent_waitUntilSignaledValue_timeoutMS", event, 7L, 0L))
                    .isTrue();
        }
    }

    @Test
    void aListenerIsToldOnceTheValueIsReached() throws Exception {
        try (var client = new TestClient()) {
            var event = sharedEvent(client);
            var create = client.metal.address(CFunction.of(dispatch_queue_create.class));
            var dispatchQueue = client.owned(
                    dispatch_queue_create.invoke(create, client.bytes((byte) 'q', (byte) 0), MemorySegment.NULL));
            MemorySegment allocated = client.send("NSObject_alloc", client.metal.classNamed("MTLSharedEventListener"));
            var listener =
                    client.owned(client.send("MTLSharedEventListener_initWithDispatchQueue", allocated, dispatchQueue));
            var told = new CompletableFuture<Thread>();
            try (var block = client.metal.blocks().ofSharedEvent(() -> told.complete(Thread.currentThread()))) {
                client.send("MTLSharedEvent_notifyListener_atValue_block", event, listener, 4L, block.literal());
            }
            client.send("MTLSharedEvent_setSignaledValue", event, 3L);
            assertThat(told).isNotDone();
            client.send("MTLSharedEvent_setSignaledValue", event, 4L);
            assertThat(told.get(20, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void aWaitForARemovedDeviceEnds() {
        try (var client = new TestClient()) {
            var event = client.owned(client.send("MTLDevice_newEvent", client.device));
            var commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeWaitForEvent_value", commands, event, 5L);
            client.commit(commands);
            client.faults().removeDevice();
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            assertThat(client.error(commands).code()).isEqualTo(Mtl.MTLCommandBufferErrorDeviceRemoved());
        }
    }

    @Test
    void anEncoderDoesNotWaitForAFenceThatItUpdated() {
        try (var client = new TestClient()) {
            var fence = client.owned(client.send("MTLDevice_newFence", client.device));
            var commands = client.commandBuffer(client.queue());
            var first = client.blit(commands);
            client.send("MTLBlitCommandEncoder_updateFence", first, fence);
            client.send("MTLBlitCommandEncoder_waitForFence", first, fence);
            client.assertViolations(ViolationKind.SYNCHRONIZATION);
            client.end(first);
            var second = client.blit(commands);
            client.send("MTLBlitCommandEncoder_waitForFence", second, fence);
            client.end(second);
            assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
        }
    }
}
