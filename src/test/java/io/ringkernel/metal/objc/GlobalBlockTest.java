package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_literal;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks are called here as a driver calls them: through the function pointer in the literal. */
final class GlobalBlockTest {
    private final StubObjectiveC objc = new StubObjectiveC();
    private final MemorySegment object = objc.object("command buffer");
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void nothingFailed() {
        assertThat(objc.failures).isEmpty();
        objc.close();
    }

    /** Block ABI specification, "High Level" and "Imported Variables": a global block without captures. */
    @Test
    void theLiteralIsAGlobalBlockWithoutCaptures() {
        var literal = objc.blocks().completed().literal();
        assertThat(Block_literal.isa(literal)).isEqualTo(objc.symbol("_NSConcreteGlobalBlock"));
        assertThat(Block_literal.flags(literal)).isEqualTo(1 << 28);
        assertThat(Block_literal.reserved(literal)).isZero();
        var descriptor = Block_literal.descriptor(literal);
        assertThat(Block_descriptor.reserved(descriptor)).isZero();
        assertThat(Block_descriptor.size(descriptor)).isEqualTo(32);
    }

    @Test
    void thereIsOneBlockForEachKindOfHandler() {
        var blocks = objc.blocks();
        assertThat(blocks.completed()).isSameAs(blocks.completed()).isNotSameAs(blocks.scheduled());
    }

    @Test
    void eachCallRunsOneContinuationInOrder() {
        var block = objc.blocks().completed();
        block.add(object, () -> ran.add("first"));
        block.add(object, () -> ran.add("second"));
        call(block, object);
        assertThat(ran).containsExactly("first");
        call(block, object);
        assertThat(ran).containsExactly("first", "second");
        assertThat(block.waitingCount()).isZero();
    }

    @Test
    void aCallIsForItsObjectOnly() {
        var block = objc.blocks().scheduled();
        var other = objc.object("another command buffer");
        block.add(object, () -> ran.add("object"));
        block.add(other, () -> ran.add("other"));
        call(block, other);
        assertThat(ran).containsExactly("other");
    }

    @Test
    void anExceptionStaysInsideTheBlock() {
        var block = objc.blocks().completed();
        block.add(object, () -> {
            throw new StackOverflowError("thrown by a continuation");
        });
        block.add(object, () -> ran.add("next"));
        call(block, object);
        call(block, object);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void aCallForNobodyDoesNothing() {
        call(objc.blocks().completed(), object);
        assertThat(ran).isEmpty();
    }

    @Test
    void aForgottenContinuationDoesNotRun() {
        var block = objc.blocks().completed();
        Runnable forgotten = () -> ran.add("forgotten");
        block.add(object, forgotten);
        block.add(object, () -> ran.add("kept"));
        assertThat(block.remove(object, forgotten)).isTrue();
        assertThat(block.remove(object, forgotten)).isFalse();
        call(block, object);
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void anEventRunsEveryContinuationThatItReached() {
        var block = objc.blocks().eventReached();
        block.add(object, 3, () -> ran.add("3"));
        block.add(object, 5, () -> ran.add("5"));
        block.add(object, -1, () -> ran.add("greatest"));
        callWithValue(block, object, 2);
        assertThat(ran).isEmpty();
        callWithValue(block, object, 5);
        callWithValue(block, object, 5);
        assertThat(ran).containsExactly("3", "5");
        assertThat(block.waitingCount()).isEqualTo(1);
    }

    @Test
    void freedBytesAreFoundByTheirAddress() {
        var block = objc.blocks().bytesFreed();
        var bytes = MemorySegment.ofAddress(0x4000);
        block.add(bytes, () -> ran.add("freed"));
        Block_invoke_bytes.invoke(Block_literal.invoke(block.literal()), block.literal(), bytes, 16_384);
        assertThat(ran).containsExactly("freed");
    }

    @Test
    void manyThreadsLoseNoContinuationAndRunNoneTwice() throws Exception {
        var block = objc.blocks().completed();
        int threads = 4;
        int rounds = 2_000;
        var runs = new AtomicIntegerArray(threads * rounds);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var tasks = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> {
                        for (int i = 0; i < rounds; i++) {
                            int id = thread * rounds + i;
                            // Neighbouring threads share an object, so that their calls and additions meet.
                            var shared = MemorySegment.ofAddress(0x1000 + 16L * (thread / 2));
                            block.add(shared, () -> runs.incrementAndGet(id));
                            call(block, shared);
                        }
                    }))
                    .toList();
            for (var task : tasks) {
                task.get();
            }
        }
        assertThat(IntStream.range(0, runs.length())).allMatch(id -> runs.get(id) == 1);
        assertThat(block.waitingCount()).isZero();
    }

    private static void call(GlobalBlock block, MemorySegment object) {
        Block_invoke_object.invoke(Block_literal.invoke(block.literal()), block.literal(), object);
    }

    private static void callWithValue(GlobalBlock block, MemorySegment object, long value) {
        Block_invoke_object_value.invoke(Block_literal.invoke(block.literal()), block.literal(), object, value);
    }
}
