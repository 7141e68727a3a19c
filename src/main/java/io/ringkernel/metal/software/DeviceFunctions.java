package io.ringkernel.metal.software;

import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.runtime.Export;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import java.util.List;

/** The C functions by which a client finds the devices of one provider. */
final class DeviceFunctions {
    private final ObjectRuntime runtime;
    private final List<MTLDevice> devices;

    DeviceFunctions(ObjectRuntime runtime, List<MTLDevice> devices) {
        this.runtime = runtime;
        this.devices = devices;
    }

    @Export("MTLCreateSystemDefaultDevice")
    MTLDevice createSystemDefaultDevice() {
        if (devices.isEmpty()) {
            return null;
        }
        devices.getFirst().retainForClient();
        return devices.getFirst();
    }

    @Export("MTLCopyAllDevices")
    NSArray copyAllDevices() {
        return new NSArray(runtime, devices);
    }
}
