package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A struct, and its members. */
public final class MTLStructType extends MTLType {
    private final Type.Struct struct;

    MTLStructType(ObjectRuntime runtime, Type.Struct struct) {
        super(runtime, struct);
        this.struct = struct;
    }

    @Selector("members")
    NSArray members() {
        var members = struct.fields().stream()
                .map(field -> new MTLStructMember(runtime(), struct, field))
                .toList();
        var array = runtime().autorelease(new NSArray(runtime(), members));
        members.forEach(NSObject::releaseForClient);
        return array;
    }

    @Selector("memberByName:")
    MTLStructMember memberByName(NSString name) {
        return struct.fields().stream()
                .filter(field -> field.name().equals(name.text()))
                .findFirst()
                .map(field -> runtime().autorelease(new MTLStructMember(runtime(), struct, field)))
                .orElse(null);
    }
}
