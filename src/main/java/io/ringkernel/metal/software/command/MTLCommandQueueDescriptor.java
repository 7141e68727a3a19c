package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** What a command queue is to be. */
public final class MTLCommandQueueDescriptor extends NSObject {
    private long maxCommandBufferCount = MTLCommandQueue.DEFAULT_MAX_COMMAND_BUFFERS;
    private final Strong<MTLLogState> logState = new Strong<>();

    public MTLCommandQueueDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("maxCommandBufferCount")
    long maxCommandBufferCount() {
        return maxCommandBufferCount;
    }

    @Selector("setMaxCommandBufferCount:")
    void setMaxCommandBufferCount(long count) {
        maxCommandBufferCount = count;
    }

    @Selector("logState")
    MTLLogState logState() {
        return logState.get();
    }

    @Selector("setLogState:")
    void setLogState(@Nullable MTLLogState state) {
        logState.set(state);
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLCommandQueueDescriptor(runtime());
        copy.maxCommandBufferCount = maxCommandBufferCount;
        copy.logState.set(logState.get());
        return copy;
    }

    @Override
    protected void dealloc() {
        logState.clear();
    }
}
