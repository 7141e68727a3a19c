package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.objc_autoreleasePoolPop;
import io.ringkernel.metal.bindings.objc_autoreleasePoolPush;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reference counts, autorelease pools, and messages to the wrong receiver. */
final class ObjectRulesTest {
    @Test
    void aMessageToADeadObjectIsReportedAndGivesZero() {
        try (var client = new TestClient()) {
            MemorySegment buffer = client.send("MTLDevice_newBufferWithLength_options", client.device, 64L, 0L);
            client.metal.release(buffer);
            assertThat(client.<Long>send("MTLBuffer_length", buffer)).isZero();
            client.assertViolations(ViolationKind.DEAD_OBJECT);
        }
    }

    @Test
    void aDeadObjectsAddressIsNeverAnObjectAgain() {
        try (var client = new TestClient()) {
            MemorySegment dead = client.send("MTLDevice_newEvent", client.device);
            client.metal.release(dead);
            for (int i = 0; i < 1000; i++) {
                MemorySegment event = client.send("MTLDevice_newEvent", client.device);
                assertThat(event.address()).isNotEqualTo(dead.address());
                client.metal.release(event);
            }
        }
    }

    @Test
    void aMessageToWhatNeverWasAnObjectIsReported() {
        try (var client = new TestClient()) {
            client.send("MTLBuffer_length", client.bytes((byte) 1));
            client.send("MTLBuffer_length", MemorySegment.ofAddress(client.device.address() + (1000 << 4)));
            client.assertViolations(ViolationKind.UNKNOWN_OBJECT, ViolationKind.UNKNOWN_OBJECT);
        }
    }

    @Test
    void aMessageToNilIsReported() {
        try (var client = new TestClient()) {
            client.send("MTLBuffer_length", MemorySegment.NULL);
            client.assertViolations(ViolationKind.NIL_RECEIVER);
        }
    }

    @Test
    void aMessageThatTheReceiverDoesNotKnowIsReported() {
        try (var client = new TestClient()) {
            client.send("MTLBuffer_length", client.device);
            client.send("MTLComputePassDescriptor_computePassDescriptor", client.metal.classNamed("NSString"));
            client.send("NSObject_new", client.metal.classNamed("NSArray"));
            client.assertViolations(
                    ViolationKind.UNRECOGNIZED_SELECTOR,
                    ViolationKind.UNRECOGNIZED_SELECTOR,
                    ViolationKind.UNRECOGNIZED_SELECTOR);
        }
    }

    @Test
    void aMessageWithAnotherMessagesSelectorIsReported() {
        try (var client = new TestClient()) {
            client.sendAs("MTLBuffer_length", client.selectorOf("MTLBuffer_contents"), client.buffer(64, 0));
            client.assertViolations(ViolationKind.SELECTOR_MISMATCH);
        }
    }

    @Test
    void anArgumentOfTheWrongClassOrNilIsReported() {
        try (var client = new TestClient()) {
            MemorySegment commands = client.commandBuffer(client.queue());
            client.send("MTLCommandBuffer_encodeSignalEvent_value", commands, client.device, 1L);
            client.send("MTLCommandBuffer_encodeSignalEvent_value", commands, MemorySegment.NULL, 1L);
            client.assertViolations(ViolationKind.WRONG_CLASS, ViolationKind.NIL_ARGUMENT);
        }
    }

    @Test
    void anOverReleaseIsCaughtThoughTheDriverStillHoldsTheObject() {
        try (var client = new TestClient()) {
            MemorySegment buffer = client.send("MTLDevice_newBufferWithLength_options", client.device, 64L, 0L);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            client.send("MTLBlitCommandEncoder_fillBuffer_range_value", encoder, buffer, client.range(0, 64), 1);
            client.end(encoder);
            client.metal.release(buffer);
            client.metal.release(buffer);
            client.assertViolations(ViolationKind.OVER_RELEASE);
            client.finish(commands);
        }
    }

    @Test
    void whatAClientForgetsIsListedWithItsCreation() {
        var client = new TestClient();
        MemorySegment leaked = client.send("MTLDevice_newFence", client.device);
        client.send("MTLFence_setLabel", leaked, client.string("forgotten"));
        assertThat(client.metal.liveObjects())
                .filteredOn(object -> object.description().contains("MTLFence"))
                .singleElement()
                .satisfies(object -> {
                    assertThat(object.description()).contains("forgotten");
                    assertThat(object.clientReferences()).isEqualTo(1);
                    assertThat(object.creation().orElseThrow().getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("newFence"));
                });
        client.metal.release(leaked);
        client.close();
    }

    @Test
    void anObjectOutlivesItsPoolOnlyWhenRetained() {
        try (var client = new TestClient()) {
            var queue = client.queue();
            var kept = client.commandBuffer(queue);
            var dropped = client.commandBuffer(queue);
            client.metal.retain(kept);
            client.drainPool();
            assertThat(client.status(kept)).isZero();
            client.metal.release(kept);
            client.status(dropped);
            client.assertViolations(ViolationKind.DEAD_OBJECT);
        }
    }

    @Test
    void autoreleasingWithoutAPoolIsReported() throws Exception {
        try (var client = new TestClient()) {
            var queue = client.queue();
            var leaked = new MemorySegment[1];
            Thread.ofPlatform()
                    .start(() -> leaked[0] = client.commandBuffer(queue))
                    .join();
            // The message, which might have autoreleased, and the object that it did autorelease.
            client.assertViolations(ViolationKind.NO_POOL, ViolationKind.NO_POOL);
            client.metal.release(leaked[0]);
        }
    }

    @Test
    void poolsNest() {
        try (var client = new TestClient()) {
            var queue = client.queue();
            var outer = client.commandBuffer(queue);
            try (var _ = AutoreleasePool.push(client.metal)) {
                client.commandBuffer(queue);
            }
            assertThat(client.status(outer)).isZero();
            assertThat(client.metal.liveObjects())
                    .filteredOn(object -> object.description().contains("MTLCommandBuffer"))
                    .hasSize(1);
        }
    }

    @Test
    void popsOutOfOrderOrTwiceAreReported() {
        try (var client = new TestClient()) {
            var push = client.metal.address(CFunction.of(objc_autoreleasePoolPush.class));
            var pop = client.metal.address(CFunction.of(objc_autoreleasePoolPop.class));
            var outer = objc_autoreleasePoolPush.invoke(push);
            var inner = objc_autoreleasePoolPush.invoke(push);
            objc_autoreleasePoolPop.invoke(pop, outer);
            objc_autoreleasePoolPop.invoke(pop, inner);
            client.assertViolations(ViolationKind.POOL_ORDER, ViolationKind.POOL_ORDER);
        }
    }

    @Test
    void aPoolThatMovedToAnotherCarrierIsReported() throws Exception {
        try (var client = new TestClient()) {
            var go = new CountDownLatch(1);
            var pushed = new CountDownLatch(64);
            var moved = new AtomicInteger();
            var threads = Stream.generate(() -> Thread.startVirtualThread(() -> {
                        try (var _ = AutoreleasePool.push(client.metal)) {
                            var before = carrier();
                            pushed.countDown();
                            go.await();
                            moved.addAndGet(carrier().equals(before) ? 0 : 1);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }))
                    .limit(64)
                    .toList();
            pushed.await();
            go.countDown();
            for (var thread : threads) {
                thread.join();
            }
            assertThat(client.metal.drainViolations())
                    .hasSize(moved.get())
                    .allSatisfy(violation -> assertThat(violation.kind()).isEqualTo(ViolationKind.POOL_ORDER));
        }
    }

    private static String carrier() {
        return Thread.currentThread().toString().replaceAll(".*@", "");
    }

    @Test
    void collectionsHoldWhatIsInThem() {
        try (var client = new TestClient()) {
            MemorySegment array;
            try (var text = NSString.of(client.metal, "kept")) {
                array = NSArray.of(client.metal, List.of(text.id()));
            }
            assertThat(NSArray.toStrings(client.metal, array)).containsExactly("kept");
            assertThat(client.<MemorySegment>send("NSArray_objectAtIndex", array, 1L)
                            .address())
                    .isZero();
            client.assertViolations(ViolationKind.OUT_OF_RANGE);
        }
    }

    @Test
    void anObjectKnowsItsClassAndWhatItAnswers() {
        try (var client = new TestClient()) {
            var string = client.string("text");
            assertThat(client.<Boolean>send("NSObject_isKindOfClass", string, client.metal.classNamed("NSString")))
                    .isTrue();
            assertThat(client.<Boolean>send("NSObject_isKindOfClass", string, client.metal.classNamed("NSArray")))
                    .isFalse();
            assertThat(client.<Boolean>send(
                            "NSObject_respondsToSelector", string, client.selectorOf("NSString_length")))
                    .isTrue();
            assertThat(client.<Boolean>send("NSObject_respondsToSelector", string, client.selectorOf("NSArray_count")))
                    .isFalse();
            assertThat(client.metal.hasClass("MTLBuffer")).isFalse();
            assertThat(client.metal.hasClass("MTLCompileOptions")).isTrue();
        }
    }

    @Test
    void manyThreadsRetainAndReleaseWithoutLosingCount() throws Exception {
        try (var client = new TestClient();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var event = client.owned(client.send("MTLDevice_newEvent", client.device));
            for (int thread = 0; thread < 8; thread++) {
                threads.submit(() -> retainAndRelease(client, event));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.<Long>send("NSObject_retainCount", event)).isEqualTo(1);
        }
    }

    private static void retainAndRelease(TestClient client, MemorySegment event) {
        for (int i = 0; i < 2_000; i++) {
            client.metal.retain(event);
            try (var _ = AutoreleasePool.push(client.metal)) {
                MemorySegment other = client.send("MTLDevice_newEvent", client.device);
                client.metal.release(event);
                client.metal.release(other);
            }
        }
    }
}
