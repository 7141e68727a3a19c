package io.ringkernel.metal.software.sync;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** Answers as Metal does in a process that may not record: no tool understands what a software device does. */
public final class MTLCaptureManager extends NSObject {
    private MTLCaptureManager(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("sharedCaptureManager")
    static MTLCaptureManager sharedCaptureManager(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLCaptureManager(receiver.runtime()));
    }

    @Selector("supportsDestination:")
    boolean supportsDestination(long destination) {
        return false;
    }

    @Selector("startCaptureWithDescriptor:error:")
    boolean start(MTLCaptureDescriptor descriptor, ErrorReference error) {
        long notSupported = 1; // MTLCaptureErrorNotSupported
        error.set(runtime(), "MTLCaptureError", notSupported, "the software Metal records nothing");
        return false;
    }

    @Selector("stopCapture")
    void stopCapture() {
        require(false, ViolationKind.BAD_ARGUMENT, "stopCapture without a capture");
    }

    @Selector("isCapturing")
    boolean isCapturing() {
        return false;
    }
}
