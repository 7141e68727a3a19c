package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** Threadgroup memory whose length a dispatch sets. */
public final class MTLThreadgroupBinding extends MTLBinding {
    private final MslArgument argument;

    MTLThreadgroupBinding(ObjectRuntime runtime, MslArgument argument) {
        super(runtime, argument.name(), argument.index(), argument.active());
        this.argument = argument;
    }

    @Override
    long access() {
        return accessOf(argument);
    }

    @Override
    long type() {
        return Mtl.MTLBindingTypeThreadgroupMemory();
    }

    @Selector("threadgroupMemoryAlignment")
    long threadgroupMemoryAlignment() {
        return argument.pointee().alignment();
    }

    @Selector("threadgroupMemoryDataSize")
    long threadgroupMemoryDataSize() {
        return argument.pointee().byteSize();
    }
}
