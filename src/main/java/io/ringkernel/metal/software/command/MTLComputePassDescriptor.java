package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a compute encoder is to be. */
public final class MTLComputePassDescriptor extends NSObject {
    private long dispatchType;

    public MTLComputePassDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("computePassDescriptor")
    static MTLComputePassDescriptor computePassDescriptor(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLComputePassDescriptor(receiver.runtime()));
    }

    @Selector("dispatchType")
    long dispatchType() {
        return dispatchType;
    }

    @Selector("setDispatchType:")
    void setDispatchType(long type) {
        dispatchType = type;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLComputePassDescriptor(runtime());
        copy.dispatchType = dispatchType;
        return copy;
    }
}
