package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.resource.MTLComputePassSampleBufferAttachmentDescriptorArray;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** What a compute encoder is to be. */
public final class MTLComputePassDescriptor extends NSObject {
    private final Strong<MTLComputePassSampleBufferAttachmentDescriptorArray> attachments;
    private long dispatchType;

    public MTLComputePassDescriptor(ObjectRuntime runtime) {
        super(runtime);
        attachments = Strong.owning(new MTLComputePassSampleBufferAttachmentDescriptorArray(runtime));
    }

    @Selector("computePassDescriptor")
    static MTLComputePassDescriptor computePassDescriptor(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLComputePassDescriptor(receiver.runtime()));
    }

    @Selector("sampleBufferAttachments")
    MTLComputePassSampleBufferAttachmentDescriptorArray sampleBufferAttachments() {
        return attachments.get();
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
    protected void dealloc() {
        attachments.clear();
    }
}
