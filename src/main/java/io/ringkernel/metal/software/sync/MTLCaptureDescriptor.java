package io.ringkernel.metal.software.sync;

import io.ringkernel.metal.software.foundation.NSURL;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** What would be recorded; nothing reads it, since nothing records. */
public final class MTLCaptureDescriptor extends NSObject {
    public MTLCaptureDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("setCaptureObject:")
    void setCaptureObject(@Nullable NSObject object) {}

    @Selector("setDestination:")
    void setDestination(long destination) {}

    @Selector("setOutputURL:")
    void setOutputUrl(@Nullable NSURL url) {}
}
