package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A pointer, and what it points to. */
public final class MTLPointerType extends MTLType {
    private final Type.Pointer pointer;

    MTLPointerType(ObjectRuntime runtime, Type.Pointer pointer) {
        super(runtime, pointer);
        this.pointer = pointer;
    }

    @Selector("elementType")
    long elementType() {
        return DataTypes.of(pointer.pointee());
    }

    @Selector("access")
    long access() {
        return pointer.readOnly() ? Mtl.MTLBindingAccessReadOnly() : Mtl.MTLBindingAccessReadWrite();
    }

    @Selector("alignment")
    long alignment() {
        return pointer.pointee().alignment();
    }

    @Selector("dataSize")
    long dataSize() {
        return pointer.pointee().byteSize();
    }

    @Selector("elementIsArgumentBuffer")
    boolean elementIsArgumentBuffer() {
        return false;
    }

    @Selector("elementStructType")
    MTLStructType elementStructType() {
        return structOf(pointer.pointee());
    }

    @Selector("elementArrayType")
    MTLArrayType elementArrayType() {
        return arrayOf(pointer.pointee());
    }
}
