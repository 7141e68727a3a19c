package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.HandlerBlock;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a command buffer does with the blocks that it is given. */
@Timeout(60)
final class HandlerTest {
    private static final long COMPLETED = Mtl.MTLCommandBufferStatusCompleted();

    @Test
    void handlersAreCalledInOrderOnAThreadOfTheDriver() throws Exception {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var calls = Collections.synchronizedList(new ArrayList<String>());
            var done = new CompletableFuture<Thread>();
            client.onCompletion(commands, () -> calls.add("completed " + client.status(commands)));
            client.onCompletion(commands, () -> done.complete(Thread.currentThread()));
            try (var scheduled = client.metal.blocks().ofCommandBuffer(() -> calls.add("scheduled"))) {
                client.send("MTLCommandBuffer_addScheduledHandler", commands, scheduled.literal());
            }
            client.commit(commands);
            assertThat(done.get(20, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
            assertThat(calls).containsExactly("scheduled", "completed " + COMPLETED);
            assertThat(client.metal.blocks().waitingCount()).isZero();
        }
    }

    /** As under API validation, where a block gets the wrapped object. */
    @Test
    void aHandlerKnowsTheCommandBufferByAnotherPointerThatActsLikeIt() throws Exception {
        try (var client = new TestClient();
                var arena = Arena.ofShared()) {
            var commands = client.commandBuffer(client.queue());
            var given = new CompletableFuture<MemorySegment>();
            var status = new CompletableFuture<Long>();
            Block_invoke_object.Function code = (_, object) -> {
                given.complete(object);
                status.complete(client.status(object));
            };
            client.send("MTLCommandBuffer_addCompletedHandler", commands, ownBlock(arena, code));
            client.finish(commands);
            assertThat(given.get(20, TimeUnit.SECONDS).address()).isNotEqualTo(commands.address());
            assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(COMPLETED);
        }
    }

    @Test
    void aBlockMayBeOverwrittenWhenItWasHandedOver() throws Exception {
        try (var client = new TestClient();
                var arena = Arena.ofShared()) {
            var commands = client.commandBuffer(client.queue());
            var called = new CompletableFuture<Long>();
            var block = ownBlock(arena, (copy, _) -> called.complete(copy.address()));
            client.send("MTLCommandBuffer_addCompletedHandler", commands, block);
            block.fill((byte) 0);
            client.finish(commands);
            assertThat(called.get(20, TimeUnit.SECONDS)).isNotEqualTo(block.address());
        }
    }

    private static MemorySegment ownBlock(Arena arena, Block_invoke_object.Function code) {
        var descriptor = arena.allocate(Block_descriptor.layout());
        Block_descriptor.size(descriptor, Block_literal.layout().byteSize());
        var literal = arena.allocate(Block_literal.layout());
        Block_literal.invoke(literal, Block_invoke_object.allocate(code, arena));
        Block_literal.descriptor(literal, descriptor);
        return literal;
    }

    @Test
    void aHandlerOfACommandBufferThatIsNeverCommittedIsForgottenByItsClient() {
        try (var client = new TestClient()) {
            var ran = new AtomicBoolean();
            var handler = new HandlerBlock[1];
            try (var _ = AutoreleasePool.push(client.metal)) {
                var commands = client.commandBuffer(client.queue());
                handler[0] = client.onCompletion(commands, () -> ran.set(true));
            }
            assertThat(handler[0].forget()).isTrue();
            assertThat(client.metal.blocks().waitingCount()).isZero();
            assertThat(ran).isFalse();
        }
    }

    @Test
    void aBlockWithFlagsThatAskForMoreThanACopyIsReported() {
        try (var client = new TestClient();
                var arena = Arena.ofShared()) {
            var block = ownBlock(arena, (_, _) -> {});
            Block_literal.flags(block, 1 << 25);
            client.send("MTLCommandBuffer_addCompletedHandler", client.commandBuffer(client.queue()), block);
            client.assertViolations(ViolationKind.UNSUPPORTED);
        }
    }

    @Test
    void theWaitEndsAfterTheHandlers() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var called = new boolean[1];
            client.onCompletion(commands, () -> {
                LockHold.forMillis(20);
                called[0] = true;
            });
            client.finish(commands);
            assertThat(called[0]).isTrue();
        }
    }

    /** Time that a handler takes, so that a wait that ended too early would be seen. */
    private static final class LockHold {
        static void forMillis(long millis) {
            long end = System.nanoTime() + millis * 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aHandlerComesBeforeCommitAndNotWhileEncoding() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var encoder = client.blit(commands);
            client.onCompletion(commands, () -> {});
            client.assertViolations(ViolationKind.HANDLER_TOO_LATE);
            client.end(encoder);
            client.finish(commands);
            client.onCompletion(commands, () -> {});
            client.assertViolations(ViolationKind.HANDLER_TOO_LATE);
            client.send("MTLCommandBuffer_addCompletedHandler", commands, MemorySegment.NULL);
            client.assertViolations(ViolationKind.NIL_ARGUMENT);
        }
    }
}
