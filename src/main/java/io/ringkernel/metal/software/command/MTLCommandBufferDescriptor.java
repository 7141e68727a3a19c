package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a command buffer is to be. */
public final class MTLCommandBufferDescriptor extends NSObject {
    private boolean retainedReferences = true;
    private long errorOptions;

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
        return copy;
    }
}
