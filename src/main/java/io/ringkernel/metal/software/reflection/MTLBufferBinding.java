package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A buffer that a kernel wants bound. */
public final class MTLBufferBinding extends MTLBinding {
    private final MslArgument argument;

    MTLBufferBinding(ObjectRuntime runtime, MslArgument argument) {
        super(runtime, argument.name(), argument.index(), argument.active());
        this.argument = argument;
    }

    @Override
    long access() {
        return accessOf(argument);
    }

    @Override
    long type() {
        return Mtl.MTLBindingTypeBuffer();
    }

    /** What lies in the buffer. */
    public Type pointee() {
        return argument.pointee();
    }

    @Selector("bufferAlignment")
    long bufferAlignment() {
        return argument.pointee().alignment();
    }

    @Selector("bufferDataSize")
    long bufferDataSize() {
        return argument.pointee().byteSize();
    }

    @Selector("bufferDataType")
    long bufferDataType() {
        return DataTypes.of(argument.pointee());
    }

    @Selector("bufferStructType")
    MTLStructType bufferStructType() {
        return MTLType.struct(runtime(), argument.pointee());
    }

    @Selector("bufferPointerType")
    MTLPointerType bufferPointerType() {
        return MTLType.pointerOf(runtime(), argument);
    }
}
