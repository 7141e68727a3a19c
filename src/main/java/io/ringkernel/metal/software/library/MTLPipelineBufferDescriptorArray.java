package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.List;
import java.util.stream.Stream;

/** One descriptor for each of a kernel's buffer slots. */
public final class MTLPipelineBufferDescriptorArray extends NSObject {
    private static final int SLOTS = 31;

    private final List<Strong<MTLPipelineBufferDescriptor>> slots;

    MTLPipelineBufferDescriptorArray(ObjectRuntime runtime) {
        super(runtime);
        slots = Stream.generate(() -> new Strong<MTLPipelineBufferDescriptor>())
                .limit(SLOTS)
                .toList();
    }

    private Strong<MTLPipelineBufferDescriptor> slot(long index) {
        require(index >= 0 && index < SLOTS, ViolationKind.OUT_OF_RANGE, "index not in 0..%d: %d", SLOTS - 1, index);
        return slots.get((int) index);
    }

    @Selector("objectAtIndexedSubscript:")
    MTLPipelineBufferDescriptor get(long index) {
        var slot = slot(index);
        if (slot.get() == null) {
            var made = new MTLPipelineBufferDescriptor(runtime());
            slot.set(made);
            made.releaseForClient();
        }
        return slot.get();
    }

    @Selector("setObject:atIndexedSubscript:")
    void set(@Nullable MTLPipelineBufferDescriptor descriptor, long index) {
        slot(index).set(descriptor);
    }

    @Override
    protected void dealloc() {
        slots.forEach(Strong::clear);
    }
}
