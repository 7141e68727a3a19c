package io.ringkernel.metal.software.command;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.gpu.Recovery;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import io.ringkernel.metal.software.sync.MTLFence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Records commands into a command buffer until {@code endEncoding}; used by one thread at a time. */
public abstract class MTLCommandEncoder extends LabeledObject {
    private final Strong<MTLCommandBuffer> commandBuffer;
    private final List<String> signposts = new ArrayList<>(0);
    private final Set<MTLFence> updatedFences = new HashSet<>(0);
    private int debugGroups;
    private boolean ended;

    MTLCommandEncoder(MTLCommandBuffer commandBuffer) {
        super(commandBuffer.origin());
        this.commandBuffer = new Strong<>(commandBuffer);
    }

    final MTLCommandBuffer commandBuffer() {
        return commandBuffer.get();
    }

    /** Refuses a message after {@code endEncoding}. */
    final void requireOpen() {
        // Not through require: its arguments would be an array for each message.
        if (ended) {
            throw new MisuseException(ViolationKind.ENCODER_ENDED, "used after endEncoding: " + this);
        }
    }

    /** To be thrown for a command that cannot be what the client means; lets the command buffer fail for it. */
    final MisuseException refused(ViolationKind kind, String format, Object... values) {
        var text = format.formatted(values);
        commandBuffer().poison(text);
        return new MisuseException(kind, text);
    }

    /** What the recorded commands do. */
    abstract Consumer<Recovery.Work> work();

    @Selector("endEncoding")
    void endEncoding() {
        requireOpen();
        ended = true;
        commandBuffer().ended(this, new Step.Pass(label(), List.copyOf(signposts), work()));
    }

    @Selector("insertDebugSignpost:")
    void insertDebugSignpost(NSString text) {
        requireOpen();
        signposts.add(text.text());
    }

    @Selector("pushDebugGroup:")
    void pushDebugGroup(NSString name) {
        requireOpen();
        debugGroups++;
        signposts.add(name.text());
    }

    @Selector("popDebugGroup")
    void popDebugGroup() {
        requireOpen();
        require(debugGroups > 0, ViolationKind.BAD_ARGUMENT, "popDebugGroup without pushDebugGroup: %s", this);
        debugGroups--;
    }

    @Selector("updateFence:")
    void updateFence(MTLFence fence) {
        requireOpen();
        requireSameDevice(fence);
        commandBuffer().use(fence);
        updatedFences.add(fence);
    }

    @Selector("waitForFence:")
    void waitForFence(MTLFence fence) {
        requireOpen();
        requireSameDevice(fence);
        commandBuffer().use(fence);
        // A GPU may wait before the encoder's first command and update after its last.
        require(
                !updatedFences.contains(fence),
                ViolationKind.SYNCHRONIZATION,
                "an encoder waits for a fence that it updated: %s",
                fence);
    }

    @Override
    protected void dealloc() {
        var buffer = commandBuffer();
        boolean open = !ended;
        buffer.died(this);
        commandBuffer.clear();
        super.dealloc();
        if (open) {
            throw new MisuseException(ViolationKind.ENCODER_OPEN, "deallocated before endEncoding: " + this);
        }
    }
}
