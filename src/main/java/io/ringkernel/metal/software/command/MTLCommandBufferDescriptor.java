package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** What a command buffer is to be. */
public final class MTLCommandBufferDescriptor extends NSObject {
    private boolean retainedReferences = true;
    private long errorOptions;
    private final Strong<MTLLogState> logState = new Strong<>();

    public MTLCommandBufferDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("retainedReferences")
    boolean retainedReferences() {
        return retainedReferences;
    }

    @Selector("setRetainedReferences:")
    void setRetainedReferences(boolean retained) {
        retainedReferences = retained;
    }

    @Selector("logState")
    MTLLogState logState() {
        return logState.get();
    }

    @Selector("setLogState:")
    void setLogState(@Nullable MTLLogState state) {
        logState.set(state);
    }

    @Selector("errorOptions")
    long errorOptions() {
        return errorOptions;
    }

    @Selector("setErrorOptions:")
    void setErrorOptions(long options) {
        errorOptions = options;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLCommandBufferDescriptor(runtime());
        copy.retainedReferences = retainedReferences;
        copy.errorOptions = errorOptions;
        copy.logState.set(logState.get());
        return copy;
    }

    @Override
    protected void dealloc() {
        logState.clear();
    }
}
