package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.software.runtime.ObjectRuntime;

/** A sampler that a kernel wants bound. Metal has no protocol of its own for it. */
final class MTLSamplerBinding extends MTLBinding {
    MTLSamplerBinding(ObjectRuntime runtime, MslResource resource) {
        super(runtime, resource.name(), resource.index(), resource.active());
    }

    @Override
    long type() {
        return Mtl.MTLBindingTypeSampler();
    }

    @Override
    long access() {
        return Mtl.MTLBindingAccessReadOnly();
    }
}
