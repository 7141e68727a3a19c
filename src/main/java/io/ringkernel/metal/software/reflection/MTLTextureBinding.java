package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.msl.texture.TextureUse;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A texture, or an array of them, that a kernel wants bound. */
public final class MTLTextureBinding extends MTLBinding {
    private final TextureUse use;
    private final int count;

    MTLTextureBinding(ObjectRuntime runtime, MslResource resource) {
        super(runtime, resource.name(), resource.index(), resource.active());
        use = resource.use().orElseThrow();
        count = resource.count();
    }

    @Override
    long type() {
        return Mtl.MTLBindingTypeTexture();
    }

    @Override
    long access() {
        return accessOf(use);
    }

    static long accessOf(TextureUse use) {
        return switch (use.access()) {
            case SAMPLE, READ -> Mtl.MTLBindingAccessReadOnly();
            case WRITE -> Mtl.MTLBindingAccessWriteOnly();
            case READ_WRITE -> Mtl.MTLBindingAccessReadWrite();
        };
    }

    @Selector("textureType")
    long textureType() {
        return use.type().code();
    }

    @Selector("textureDataType")
    long textureDataType() {
        return dataTypeOf(use);
    }

    static long dataTypeOf(TextureUse use) {
        return switch (use.element()) {
            case FLOAT -> Mtl.MTLDataTypeFloat();
            case HALF -> Mtl.MTLDataTypeHalf();
            case INT -> Mtl.MTLDataTypeInt();
            case SHORT -> Mtl.MTLDataTypeShort();
            case UINT -> Mtl.MTLDataTypeUInt();
            case USHORT -> Mtl.MTLDataTypeUShort();
            case ULONG -> Mtl.MTLDataTypeULong();
        };
    }

    @Selector("isDepthTexture")
    boolean isDepthTexture() {
        return use.isDepth();
    }

    @Selector("arrayLength")
    long arrayLength() {
        return count;
    }
}
