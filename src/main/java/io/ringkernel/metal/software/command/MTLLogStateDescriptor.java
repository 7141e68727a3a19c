package io.ringkernel.metal.software.command;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a log state is to be. */
public final class MTLLogStateDescriptor extends NSObject {
    private long level = Mtl.MTLLogLevelUndefined();
    private long bufferSize;

    public MTLLogStateDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("level")
    long level() {
        return level;
    }

    @Selector("setLevel:")
    void setLevel(long value) {
        level = value;
    }

    @Selector("bufferSize")
    long bufferSize() {
        return bufferSize;
    }

    @Selector("setBufferSize:")
    void setBufferSize(long byteSize) {
        bufferSize = byteSize;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLLogStateDescriptor(runtime());
        copy.level = level;
        copy.bufferSize = bufferSize;
        return copy;
    }
}
