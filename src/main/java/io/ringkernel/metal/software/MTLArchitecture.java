package io.ringkernel.metal.software;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** The name of a device's architecture. */
public final class MTLArchitecture extends NSObject {
    private final String name;

    MTLArchitecture(ObjectRuntime runtime, String name) {
        super(runtime);
        this.name = name;
    }

    @Selector("name")
    String name() {
        return name;
    }
}
