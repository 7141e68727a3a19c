package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.ArrayList;
import java.util.List;

/** The sample buffers of an encoder. */
public final class MTLComputePassSampleBufferAttachmentDescriptorArray extends NSObject {
    private static final int COUNT = 4;

    private final List<Strong<MTLComputePassSampleBufferAttachmentDescriptor>> descriptors = new ArrayList<>();

    public MTLComputePassSampleBufferAttachmentDescriptorArray(ObjectRuntime runtime) {
        super(runtime);
        for (int i = 0; i < COUNT; i++) {
            descriptors.add(Strong.owning(new MTLComputePassSampleBufferAttachmentDescriptor(runtime)));
        }
    }

    /** All of them, whether they have a sample buffer or not. */
    public List<MTLComputePassSampleBufferAttachmentDescriptor> all() {
        return descriptors.stream().map(Strong::get).toList();
    }

    @Selector("objectAtIndexedSubscript:")
    MTLComputePassSampleBufferAttachmentDescriptor at(long index) {
        require(index >= 0 && index < COUNT, ViolationKind.OUT_OF_RANGE, "index not in 0..%d: %d", COUNT - 1, index);
        return descriptors.get((int) index).get();
    }

    @Override
    protected void dealloc() {
        descriptors.forEach(Strong::clear);
    }
}
