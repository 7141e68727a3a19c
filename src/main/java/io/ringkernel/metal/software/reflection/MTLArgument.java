package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.msl.texture.TextureUse;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** One thing that a kernel wants bound, as macOS before 13 shows it. */
public final class MTLArgument extends NSObject {
    private final MTLBinding binding;
    /** Null for textures and samplers. */
    private final MslArgument argument;
    /** Null for all but textures. */
    private final TextureUse texture;

    MTLArgument(ObjectRuntime runtime, MslArgument argument) {
        this(runtime, MTLBinding.of(runtime, argument), argument, null);
    }

    MTLArgument(ObjectRuntime runtime, MslResource resource) {
        this(runtime, MTLBinding.of(runtime, resource), null, resource.use().orElse(null));
    }

    private MTLArgument(ObjectRuntime runtime, MTLBinding binding, MslArgument argument, TextureUse texture) {
        super(runtime);
        this.binding = binding;
        this.argument = argument;
        this.texture = texture;
        binding.makeInternal();
    }

    private boolean isBuffer() {
        return argument != null && argument.kind() == MslArgument.Kind.BUFFER;
    }

    private boolean isThreadgroup() {
        return argument != null && argument.kind() == MslArgument.Kind.THREADGROUP;
    }

    @Override
    protected void dealloc() {
        binding.release();
    }

    @Selector("name")
    String name() {
        return binding.name();
    }

    @Selector("type")
    long type() {
        return binding.type();
    }

    @Selector("access")
    long access() {
        return binding.access();
    }

    @Selector("index")
    long index() {
        return binding.index();
    }

    @Selector("isActive")
    boolean isActive() {
        return binding.isUsed();
    }

    @Selector("arrayLength")
    long arrayLength() {
        return binding instanceof MTLTextureBinding of ? of.arrayLength() : 1;
    }

    @Selector("bufferAlignment")
    long bufferAlignment() {
        return isBuffer() ? argument.pointee().alignment() : 0;
    }

    @Selector("bufferDataSize")
    long bufferDataSize() {
        return isBuffer() ? argument.pointee().byteSize() : 0;
    }

    @Selector("bufferDataType")
    long bufferDataType() {
        return isBuffer() ? DataTypes.of(argument.pointee()) : Mtl.MTLDataTypeNone();
    }

    @Selector("bufferStructType")
    MTLStructType bufferStructType() {
        return isBuffer() ? MTLType.struct(runtime(), argument.pointee()) : null;
    }

    @Selector("bufferPointerType")
    MTLPointerType bufferPointerType() {
        return isBuffer() ? MTLType.pointerOf(runtime(), argument) : null;
    }

    @Selector("threadgroupMemoryAlignment")
    long threadgroupMemoryAlignment() {
        return isThreadgroup() ? argument.pointee().alignment() : 0;
    }

    @Selector("threadgroupMemoryDataSize")
    long threadgroupMemoryDataSize() {
        return isThreadgroup() ? argument.pointee().byteSize() : 0;
    }

    @Selector("textureType")
    long textureType() {
        return texture == null ? 0 : texture.type().code();
    }

    @Selector("textureDataType")
    long textureDataType() {
        return texture == null ? Mtl.MTLDataTypeNone() : MTLTextureBinding.dataTypeOf(texture);
    }

    @Selector("isDepthTexture")
    boolean isDepthTexture() {
        return texture != null && texture.isDepth();
    }
}
