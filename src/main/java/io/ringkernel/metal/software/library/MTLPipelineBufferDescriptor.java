package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a pipeline is promised about one buffer; kept, though nothing follows from it here. */
public final class MTLPipelineBufferDescriptor extends NSObject {
    private long mutability;

    public MTLPipelineBufferDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("mutability")
    long mutability() {
        return mutability;
    }

    @Selector("setMutability:")
    void setMutability(long value) {
        mutability = value;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLPipelineBufferDescriptor(runtime());
        copy.mutability = mutability;
        return copy;
    }
}
