package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What a residency set is to be. */
public final class MTLResidencySetDescriptor extends NSObject {
    private String label = "";

    public MTLResidencySetDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    String label() {
        return label;
    }

    @Selector("setLabel:")
    void setLabel(@Nullable NSString text) {
        label = text == null ? "" : text.text();
    }

    @Selector("setInitialCapacity:")
    void setInitialCapacity(long capacity) {
        // Java's collections grow.
    }
}
