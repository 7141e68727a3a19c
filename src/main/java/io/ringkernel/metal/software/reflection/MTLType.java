package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A type of MSL as reflection shows it. */
public abstract class MTLType extends NSObject {
    private final Type type;

    MTLType(ObjectRuntime runtime, Type type) {
        super(runtime);
        this.type = type;
    }

    final Type type() {
        return type;
    }

    @Selector("dataType")
    long dataType() {
        return DataTypes.of(type);
    }

    /** An autoreleased description of a struct; null for other types. */
    final MTLStructType structOf(Type described) {
        return struct(runtime(), described);
    }

    static MTLStructType struct(ObjectRuntime runtime, Type described) {
        return DataTypes.shown(described) instanceof Type.Struct struct && struct.isComplete()
                ? runtime.autorelease(new MTLStructType(runtime, struct))
                : null;
    }

    /** An autoreleased description of an array; null for other types. */
    final MTLArrayType arrayOf(Type described) {
        return DataTypes.shown(described) instanceof Type.Array array
                ? runtime().autorelease(new MTLArrayType(runtime(), array))
                : null;
    }

    /** An autoreleased description of a pointer; null for other types. */
    final MTLPointerType pointerOf(Type described) {
        return described instanceof Type.Pointer pointer
                ? runtime().autorelease(new MTLPointerType(runtime(), pointer))
                : null;
    }

    /** An autoreleased description of the pointer that a kernel's argument is. */
    static MTLPointerType pointerOf(ObjectRuntime runtime, MslArgument argument) {
        boolean readOnly = argument.access() == MslArgument.Access.READ;
        var pointer = new Type.Pointer(argument.pointee(), argument.space(), readOnly);
        return runtime.autorelease(new MTLPointerType(runtime, pointer));
    }
}
