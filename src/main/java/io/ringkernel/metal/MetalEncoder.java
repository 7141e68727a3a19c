package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandEncoder_endEncoding;
import io.ringkernel.metal.bindings.MTLCommandEncoder_insertDebugSignpost;
import io.ringkernel.metal.bindings.MTLCommandEncoder_popDebugGroup;
import io.ringkernel.metal.bindings.MTLCommandEncoder_pushDebugGroup;
import io.ringkernel.metal.bindings.MTLCommandEncoder_setLabel;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;

/**
 * Writes commands of one kind into a command buffer ({@code MTLCommandEncoder}). Exactly one is open at a time; end it
 * with {@link #endEncoding()} or by closing it.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
public abstract sealed class MetalEncoder extends MetalObject permits MetalBlitEncoder, MetalComputeEncoder {
    private static final Message END = Message.of(MTLCommandEncoder_endEncoding.class);
    private static final Message SET_LABEL = Message.of(MTLCommandEncoder_setLabel.class);
    private static final Message SIGNPOST = Message.of(MTLCommandEncoder_insertDebugSignpost.class);
    private static final Message PUSH_GROUP = Message.of(MTLCommandEncoder_pushDebugGroup.class);
    private static final Message POP_GROUP = Message.of(MTLCommandEncoder_popDebugGroup.class);

    private final MetalCommandBuffer commandBuffer;
    private int openGroups;

    MetalEncoder(Retained retained, MetalCommandBuffer commandBuffer) {
        super(retained);
        this.commandBuffer = commandBuffer;
    }

    /** What is encoded needs a buffer's memory, which is not Metal's. */
    final void dependsOn(MetalBuffer buffer) {
        commandBuffer.dependsOn(buffer);
    }

    /** @throws IllegalStateException after the encoding ended */
    final void requireOpen() {
        retained().id();
    }

    /** Gives up what the encoder held for its own sake, once, inside of a pool; does not refer to the encoder. */
    Runnable lettingGo() {
        return () -> {};
    }

    /** Ends the encoding. Idempotent; the same as {@link #close()}. */
    public final void endEncoding() {
        if (isClosed()) {
            return;
        }
        try (var _ = AutoreleasePool.push(objc())) {
            send(END, MTLCommandEncoder_endEncoding::invoke);
            retained().close();
            lettingGo().run();
        }
        commandBuffer.encoderEnded();
    }

    /** Ends the encoding. Idempotent. */
    @Override
    public final void close() {
        endEncoding();
    }

    /** Names the encoder in tools and messages. */
    public final void setLabel(String label) {
        sendString(SET_LABEL, MTLCommandEncoder_setLabel::invoke, label);
    }

    /** Marks a place among the commands in tools. */
    public final void insertDebugSignpost(String text) {
        sendString(SIGNPOST, MTLCommandEncoder_insertDebugSignpost::invoke, text);
    }

    /** Begins a named group of commands in tools; {@link #popDebugGroup()} ends it, or the end of the encoding. */
    public final void pushDebugGroup(String name) {
        sendString(PUSH_GROUP, MTLCommandEncoder_pushDebugGroup::invoke, name);
        openGroups++;
    }

    /**
     * Ends the innermost named group.
     *
     * @throws IllegalStateException if this encoder has no open group
     */
    public final void popDebugGroup() {
        if (openGroups == 0) {
            throw new IllegalStateException("no debug group is open: popDebugGroup() without pushDebugGroup(name)");
        }
        send(POP_GROUP, MTLCommandEncoder_popDebugGroup::invoke);
        openGroups--;
    }
}
