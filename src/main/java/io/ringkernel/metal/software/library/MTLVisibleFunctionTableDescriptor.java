package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a table of visible functions is to be. */
public final class MTLVisibleFunctionTableDescriptor extends NSObject {
    private long functionCount;

    public MTLVisibleFunctionTableDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("visibleFunctionTableDescriptor")
    static MTLVisibleFunctionTableDescriptor visibleFunctionTableDescriptor(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLVisibleFunctionTableDescriptor(receiver.runtime()));
    }

    @Selector("functionCount")
    long functionCount() {
        return functionCount;
    }

    @Selector("setFunctionCount:")
    void setFunctionCount(long count) {
        functionCount = count;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLVisibleFunctionTableDescriptor(runtime());
        copy.functionCount = functionCount;
        return copy;
    }
}
