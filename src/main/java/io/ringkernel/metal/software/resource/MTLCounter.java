package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** Something that the GPU counts. */
public final class MTLCounter extends NSObject {
    private final String name;

    MTLCounter(ObjectRuntime runtime, String name) {
        super(runtime);
        this.name = name;
    }

    @Selector("name")
    String name() {
        return name;
    }
}
