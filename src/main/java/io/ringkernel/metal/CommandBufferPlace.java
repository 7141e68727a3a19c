package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandEncoder_endEncoding;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;

/**
 * The place that a command buffer takes in its queue, until it has completed or is given up: by its owner, or, when
 * nobody can reach the command buffer or its encoder any more, by {@link CommandBufferPlaces}.
 */
final class CommandBufferPlace extends PhantomReference<MetalCommandBuffer> {
    private static final Message END = Message.of(MTLCommandEncoder_endEncoding.class);

    private final Retained commandBuffer;
    private final String thread = Thread.currentThread().getName();
    private volatile String label = "";
    private volatile boolean isCommitted;
    private Retained openEncoder;
    private Runnable lettingGo;

    /** The place of {@code owner}, which must not be reachable from anything that is given here. */
    CommandBufferPlace(
            MetalCommandBuffer owner, Retained commandBuffer, ReferenceQueue<MetalCommandBuffer> unreachable) {
        super(owner, unreachable);
        this.commandBuffer = commandBuffer;
    }

    String label() {
        return label;
    }

    void label(String newLabel) {
        label = newLabel;
    }

    boolean isCommitted() {
        return isCommitted;
    }

    void committed() {
        isCommitted = true;
    }

    /** An encoder is open; {@code letGo} gives up what it holds, without the help of the encoder's wrapper. */
    void opened(Retained encoder, Runnable letGo) {
        openEncoder = encoder;
        lettingGo = letGo;
    }

    void encoderEnded() {
        openEncoder = null;
        lettingGo = null;
    }

    /** Gives up a command buffer that nobody can reach and that was never committed. */
    void giveUp() {
        try (var _ = AutoreleasePool.push(commandBuffer.objectiveC())) {
            if (openEncoder != null && !openEncoder.isClosed()) {
                var send = commandBuffer.objectiveC().bind(END);
                MTLCommandEncoder_endEncoding.invoke(send.function(), openEncoder.id(), send.selector());
                openEncoder.close();
                lettingGo.run();
            }
            commandBuffer.close();
        }
    }

    @Override
    public String toString() {
        return (label.isEmpty() ? "one" : "'" + label + "'") + " of thread '" + thread + "'";
    }
}
