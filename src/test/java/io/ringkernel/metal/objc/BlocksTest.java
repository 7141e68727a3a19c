package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_literal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks are copied and called here as Metal does it: bit by bit, and through the function pointer in the literal. */
final class BlocksTest {
    private final StubObjectiveC objc = new StubObjectiveC();
    private final Blocks blocks = objc.blocks();
    private final Arena heap = Arena.ofShared();
    private final MemorySegment object = objc.object("command buffer");
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void nothingFailed() {
        assertThat(objc.failures).isEmpty();
        heap.close();
        objc.close();
    }

    /**
     * Block ABI specification, "High Level" and "Imported Variables": a block on the stack that captures an integer.
     */
    @Test
    void theLiteralIsABlockOnTheStackWithOneCapturedInteger() {
        try (var block = blocks.ofCommandBuffer(() -> {})) {
            var literal = block.literal();
            assertThat(literal.byteSize()).isEqualTo(40);
            assertThat(Block_literal.isa(literal)).isEqualTo(objc.symbol("_NSConcreteStackBlock"));
            assertThat(Block_literal.flags(literal)).isZero();
            assertThat(Block_literal.reserved(literal)).isZero();
            var descriptor = Block_literal.descriptor(literal);
            assertThat(Block_descriptor.reserved(descriptor)).isZero();
            assertThat(Block_descriptor.size(descriptor)).isEqualTo(40);
        }
    }

    @Test
    void blocksOfOneTypeShareTheirCodeAndTheirDescriptor() {
        try (var one = blocks.ofCommandBuffer(() -> {});
                var other = blocks.ofCommandBuffer(() -> {})) {
            assertThat(Block_literal.invoke(one.literal())).isEqualTo(Block_literal.invoke(other.literal()));
            assertThat(Block_literal.descriptor(one.literal())).isEqualTo(Block_literal.descriptor(other.literal()));
            assertThat(one.literal().address()).isNotEqualTo(other.literal().address());
        }
    }

    @Test
    void everyCopyFindsItsOwnHandlerWhateverItIsCalledWith() {
        var first = copy(blocks.ofCommandBuffer(() -> ran.add("first")));
        var second = copy(blocks.ofCommandBuffer(() -> ran.add("second")));
        call(second, object);
        call(first, objc.object("a wrapper of the command buffer"));
        assertThat(ran).containsExactly("second", "first");
        assertThat(blocks.waitingCount()).isZero();
    }

    @Test
    void aHandlerRunsOnceHoweverOftenItsBlockIsCalled() {
        var block = copy(blocks.ofCommandBuffer(() -> ran.add("once")));
        var next = copy(blocks.ofCommandBuffer(() -> ran.add("next")));
        call(block, object);
        call(block, object);
        assertThat(ran).containsExactly("once");
        call(next, object);
        assertThat(ran).containsExactly("once", "next");
    }

    @Test
    void anExceptionStaysInsideTheBlock() {
        var failing = copy(blocks.ofCommandBuffer(() -> {
            throw new StackOverflowError("thrown by a handler");
        }));
        var next = copy(blocks.ofCommandBuffer(() -> ran.add("next")));
        call(failing, object);
        call(next, object);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void aForgottenHandlerDoesNotRun() {
        var forgotten = blocks.ofCommandBuffer(() -> ran.add("forgotten"));
        var copy = copy(forgotten);
        assertThat(blocks.waitingCount()).isEqualTo(1);
        assertThat(forgotten.forget()).isTrue();
        assertThat(forgotten.forget()).isFalse();
        assertThat(blocks.waitingCount()).isZero();
        call(copy, object);
        assertThat(ran).isEmpty();
    }

    @Test
    void aBlockOfASharedEventIsCalledWithTheValueThatItReached() {
        var block = copy(blocks.ofSharedEvent(() -> ran.add("reached")));
        Block_invoke_object_value.invoke(Block_literal.invoke(block), block, object, 5);
        assertThat(ran).containsExactly("reached");
    }

    @Test
    void aBlockOfFreedBytesIsCalledWithThem() {
        var block = copy(blocks.ofFreedBytes(() -> ran.add("freed")));
        Block_invoke_bytes.invoke(Block_literal.invoke(block), block, MemorySegment.ofAddress(0x4000), 16_384);
        assertThat(ran).containsExactly("freed");
    }

    @Test
    void thousandsOfBlocksUseTheMemoryOfThoseThatAreUsedTogether() {
        var literals = new HashSet<Long>();
        for (int i = 0; i < 10_000; i++) {
            try (var one = blocks.ofCommandBuffer(() -> {});
                    var other = blocks.ofCommandBuffer(() -> {})) {
                literals.add(one.literal().address());
                literals.add(other.literal().address());
                call(one.literal(), object);
                call(other.literal(), object);
            }
        }
        assertThat(literals).hasSize(2);
        assertThat(blocks.waitingCount()).isZero();
    }

    @Test
    void manyThreadsLoseNoHandlerAndRunNoneTwice() throws Exception {
        int threads = 4;
        int rounds = 2_000;
        var runs = new AtomicIntegerArray(threads * rounds);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var tasks = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> {
                        for (int i = 0; i < rounds; i++) {
                            int id = thread * rounds + i;
                            call(copy(blocks.ofCommandBuffer(() -> runs.incrementAndGet(id))), object);
                        }
                    }))
                    .toList();
            for (var task : tasks) {
                task.get();
            }
        }
        assertThat(IntStream.range(0, runs.length())).allMatch(id -> runs.get(id) == 1);
        assertThat(blocks.waitingCount()).isZero();
    }

    /** Block_copy of a block on the stack without helpers, after which its client has no more use for it. */
    private MemorySegment copy(HandlerBlock block) {
        try (block) {
            return heap.allocate(40, 8).copyFrom(block.literal());
        }
    }

    private static void call(MemorySegment block, MemorySegment object) {
        Block_invoke_object.invoke(Block_literal.invoke(block), block, object);
    }
}
