package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** An array, and its elements. */
public final class MTLArrayType extends MTLType {
    private final Type.Array array;

    MTLArrayType(ObjectRuntime runtime, Type.Array array) {
        super(runtime, array);
        this.array = array;
    }

    @Selector("elementType")
    long elementType() {
        return DataTypes.of(array.element());
    }

    @Selector("arrayLength")
    long arrayLength() {
        return array.length();
    }

    @Selector("stride")
    long stride() {
        return array.element().byteSize();
    }

    @Selector("argumentIndexStride")
    long argumentIndexStride() {
        return ArgumentLayout.count(array.element());
    }

    @Selector("elementStructType")
    MTLStructType elementStructType() {
        return structOf(array.element());
    }

    @Selector("elementArrayType")
    MTLArrayType elementArrayType() {
        return arrayOf(array.element());
    }

    @Selector("elementPointerType")
    MTLPointerType elementPointerType() {
        return pointerOf(array.element());
    }
}
