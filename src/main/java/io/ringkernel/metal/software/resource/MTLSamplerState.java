package io.ringkernel.metal.software.resource;

import io.ringkernel.metal.msl.texture.Handle;
import io.ringkernel.metal.msl.texture.Sampler;
import io.ringkernel.metal.msl.texture.SamplerState;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;

/** How textures are sampled. */
public final class MTLSamplerState extends DeviceObject {
    private final Sampler sampler;
    private final boolean supportsArgumentBuffers;

    private MTLSamplerState(Origin origin, SamplerState state, MTLSamplerDescriptor descriptor) {
        super(origin);
        sampler = new Sampler(state);
        supportsArgumentBuffers = descriptor.supportArgumentBuffers();
        assignLabel(descriptor.label());
        Handle.SAMPLERS.add(sampler);
    }

    /** A sampler as described. */
    public static MTLSamplerState create(Origin origin, MTLSamplerDescriptor descriptor) {
        return new MTLSamplerState(origin, descriptor.state(), descriptor);
    }

    /** What kernels use. */
    public Sampler sampler() {
        return sampler;
    }

    /** By which kernels know the sampler in an argument buffer. */
    public long handle() {
        MisuseException.require(
                supportsArgumentBuffers,
                ViolationKind.BAD_ARGUMENT,
                "a sampler without supportArgumentBuffers in an argument buffer: %s",
                this);
        return sampler.handle();
    }

    @Selector("gpuResourceID")
    MemorySegment gpuResourceId() {
        return Structs.oneLong(handle());
    }

    @Override
    protected void dealloc() {
        Handle.SAMPLERS.remove(sampler);
        super.dealloc();
    }
}
