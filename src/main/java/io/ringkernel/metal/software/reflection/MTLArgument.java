package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** One thing that a kernel wants bound, as macOS before 13 shows it. */
public final class MTLArgument extends NSObject {
    private final MslArgument argument;

    MTLArgument(ObjectRuntime runtime, MslArgument argument) {
        super(runtime);
        this.argument = argument;
    }

    private boolean isBuffer() {
        return argument.kind() == MslArgument.Kind.BUFFER;
    }

    private boolean isThreadgroup() {
        return argument.kind() == MslArgument.Kind.THREADGROUP;
    }

    @Selector("name")
    String name() {
        return argument.name();
    }

    @Selector("type")
    long type() {
        return switch (argument.kind()) {
            case BUFFER -> Mtl.MTLArgumentTypeBuffer();
            case THREADGROUP -> Mtl.MTLArgumentTypeThreadgroupMemory();
            // The older enumeration has the same value for it.
            case FUNCTION_TABLE -> Mtl.MTLBindingTypeVisibleFunctionTable();
        };
    }

    @Selector("access")
    long access() {
        return argument.access() == MslArgument.Access.READ
                ? Mtl.MTLBindingAccessReadOnly()
                : Mtl.MTLBindingAccessReadWrite();
    }

    @Selector("index")
    long index() {
        return argument.index();
    }

    @Selector("isActive")
    boolean isActive() {
        return argument.active();
    }

    @Selector("arrayLength")
    long arrayLength() {
        return 1;
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
}
