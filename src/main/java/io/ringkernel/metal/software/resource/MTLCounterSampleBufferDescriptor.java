package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** What a counter sample buffer is to be. */
public final class MTLCounterSampleBufferDescriptor extends NSObject {
    private final Strong<MTLCounterSet> counterSet = new Strong<>();
    private long sampleCount;
    private long storageMode;
    private String label = "";

    public MTLCounterSampleBufferDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    MTLCounterSet counterSet() {
        return counterSet.get();
    }

    long sampleCount() {
        return sampleCount;
    }

    long storageMode() {
        return storageMode;
    }

    String label() {
        return label;
    }

    @Selector("setCounterSet:")
    void setCounterSet(@Nullable MTLCounterSet set) {
        counterSet.set(set);
    }

    @Selector("setSampleCount:")
    void setSampleCount(long count) {
        sampleCount = count;
    }

    @Selector("setStorageMode:")
    void setStorageMode(long mode) {
        storageMode = mode;
    }

    @Selector("setLabel:")
    void setLabel(@Nullable NSString text) {
        label = text == null ? "" : text.text();
    }

    @Override
    protected void dealloc() {
        counterSet.clear();
    }
}
