package io.ringkernel.metal.objc;

import java.lang.foreign.MemorySegment;

/**
 * A block with one handler, for the message that hands it to Metal: close it when that message has returned.
 *
 * <p>Metal copies the block while it takes the message, and frees its copy; the handler stays known until it is called,
 * or forgotten.
 */
public final class HandlerBlock implements AutoCloseable {
    private final Blocks blocks;
    private final BlockKind kind;
    private final MemorySegment literal;
    private final long number;

    HandlerBlock(Blocks blocks, BlockKind kind, long number) {
        this.blocks = blocks;
        this.kind = kind;
        this.number = number;
        this.literal = kind.take(number);
    }

    /** The block, to be passed in one message, and not to be used after {@link #close()}. */
    public MemorySegment literal() {
        return literal;
    }

    /**
     * Forgets the handler, because Metal gave up the object that it was added to and will not call it. May be called
     * after {@link #close()}.
     *
     * @return whether it was still waiting; then it will not run
     */
    public boolean forget() {
        return blocks.forget(number);
    }

    /** Gives the literal back; to be called once. The handler goes on waiting. */
    @Override
    public void close() {
        kind.giveBack(literal);
    }
}
