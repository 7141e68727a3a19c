package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newSamplerStateWithDescriptor;
import io.ringkernel.metal.bindings.MTLResourceID;
import io.ringkernel.metal.bindings.MTLSamplerState_gpuResourceID;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;

/** How kernels sample textures that they get with it ({@code MTLSamplerState}). */
public final class MetalSampler extends MetalObject {
    private static final Message NEW_SAMPLER = Message.of(MTLDevice_newSamplerStateWithDescriptor.class);
    private static final Message RESOURCE_ID = Message.of(MTLSamplerState_gpuResourceID.class);

    private final MetalSamplerDescriptor descriptor;

    private MetalSampler(Retained retained, MetalSamplerDescriptor descriptor) {
        super(retained);
        this.descriptor = descriptor;
    }

    static MetalSampler make(MetalDevice device, MetalSamplerDescriptor descriptor) {
        var objc = device.objc();
        var send = objc.bind(NEW_SAMPLER);
        try (var receiver = device.receiver();
                var object = descriptor.toObject(objc)) {
            var sampler = MTLDevice_newSamplerStateWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), object.id());
            return new MetalSampler(kept(objc, NEW_SAMPLER, sampler), descriptor);
        }
    }

    /** What it was made from. */
    public MetalSamplerDescriptor descriptor() {
        return descriptor;
    }

    /** The number by which kernels know the sampler in an argument buffer (tier 2), where it takes 8 bytes. */
    public long gpuResourceId() {
        var send = objc().bind(RESOURCE_ID);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            return MTLResourceID._impl(
                    MTLSamplerState_gpuResourceID.invoke(send.function(), arena, receiver.id(), send.selector()));
        }
    }

    @Override
    public String toString() {
        return "MetalSampler[" + descriptor.label() + "]";
    }
}
