package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** Which samples an encoder takes when it begins and when it ends. */
public final class MTLComputePassSampleBufferAttachmentDescriptor extends NSObject {
    private final Strong<MTLCounterSampleBuffer> sampleBuffer = new Strong<>();
    private long start;
    private long end;

    MTLComputePassSampleBufferAttachmentDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    /** Where samples go; null for nowhere. */
    public MTLCounterSampleBuffer sampleBuffer() {
        return sampleBuffer.get();
    }

    /** The index of the first; {@code MTLCounterDontSample} for none. */
    public long start() {
        return start;
    }

    /** The index of the last; {@code MTLCounterDontSample} for none. */
    public long end() {
        return end;
    }

    @Selector("setSampleBuffer:")
    void setSampleBuffer(@Nullable MTLCounterSampleBuffer buffer) {
        sampleBuffer.set(buffer);
    }

    @Selector("setStartOfEncoderSampleIndex:")
    void setStart(long index) {
        start = index;
    }

    @Selector("setEndOfEncoderSampleIndex:")
    void setEnd(long index) {
        end = index;
    }

    @Override
    protected void dealloc() {
        sampleBuffer.clear();
    }
}
