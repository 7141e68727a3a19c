package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_literal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What all blocks of one C type share, and the memory in which they are written down. It holds as many literals as were
 * ever used at the same moment.
 *
 * <pre>
 *   0     8       12         16       24           32       40
 *  +-----+-------+----------+--------+------------+--------+
 *  | isa | flags | reserved | invoke | descriptor | number |
 *  +-----+-------+----------+--------+------------+--------+
 *   the same in all blocks of a kind               captured
 * </pre>
 *
 * <p>In the terms of the block ABI these are blocks on the stack that capture one integer: no flag is set, and whoever
 * keeps one copies as many bytes as the descriptor says.
 */
final class BlockKind {
    private static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(Block_literal.layout(), ValueLayout.JAVA_LONG.withName("number"));
    private static final long NUMBER = Block_literal.layout().byteSize();

    private final Arena arena;
    private final MemorySegment pattern;
    // Lock-free, because a contended lock would park a virtual thread inside its autorelease pool.
    private final ConcurrentLinkedQueue<MemorySegment> spare = new ConcurrentLinkedQueue<>();

    BlockKind(ObjectiveC objc, MemorySegment code) {
        arena = objc.arena();
        var descriptor = arena.allocate(Block_descriptor.layout());
        Block_descriptor.size(descriptor, LAYOUT.byteSize());
        pattern = arena.allocate(LAYOUT);
        Block_literal.isa(pattern, objc.symbol("_NSConcreteStackBlock"));
        Block_literal.invoke(pattern, code);
        Block_literal.descriptor(pattern, descriptor);
    }

    /** A literal that captures a number, for the time until it is given back. */
    MemorySegment take(long number) {
        var used = spare.poll();
        var literal = used == null ? arena.allocate(LAYOUT).copyFrom(pattern) : used;
        literal.set(ValueLayout.JAVA_LONG, NUMBER, number);
        return literal;
    }

    void giveBack(MemorySegment literal) {
        spare.offer(literal);
    }

    /** The number that a block captured, whichever copy of it is called. */
    static long number(MemorySegment block) {
        return block.get(ValueLayout.JAVA_LONG, NUMBER);
    }
}
