package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A member of a struct: its name, where it is, and its type. */
public final class MTLStructMember extends MTLType {
    private final Type.Struct struct;
    private final Type.Struct.Field field;

    MTLStructMember(ObjectRuntime runtime, Type.Struct struct, Type.Struct.Field field) {
        super(runtime, field.type());
        this.struct = struct;
        this.field = field;
    }

    @Selector("name")
    String name() {
        return field.name();
    }

    @Selector("offset")
    long offset() {
        return field.offset();
    }

    @Selector("argumentIndex")
    long argumentIndex() {
        return ArgumentLayout.indexOf(struct, field);
    }

    @Selector("structType")
    MTLStructType structType() {
        return structOf(field.type());
    }

    @Selector("arrayType")
    MTLArrayType arrayType() {
        return arrayOf(field.type());
    }

    @Selector("pointerType")
    MTLPointerType pointerType() {
        return pointerOf(field.type());
    }
}
