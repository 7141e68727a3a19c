package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLArrayType_argumentIndexStride;
import io.ringkernel.metal.bindings.MTLArrayType_arrayLength;
import io.ringkernel.metal.bindings.MTLArrayType_elementArrayType;
import io.ringkernel.metal.bindings.MTLArrayType_elementPointerType;
import io.ringkernel.metal.bindings.MTLArrayType_elementStructType;
import io.ringkernel.metal.bindings.MTLArrayType_elementType;
import io.ringkernel.metal.bindings.MTLArrayType_stride;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferDataType;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferStructType;
import io.ringkernel.metal.bindings.MTLPointerType_access;
import io.ringkernel.metal.bindings.MTLPointerType_alignment;
import io.ringkernel.metal.bindings.MTLPointerType_dataSize;
import io.ringkernel.metal.bindings.MTLPointerType_elementArrayType;
import io.ringkernel.metal.bindings.MTLPointerType_elementStructType;
import io.ringkernel.metal.bindings.MTLPointerType_elementType;
import io.ringkernel.metal.bindings.MTLStructMember_argumentIndex;
import io.ringkernel.metal.bindings.MTLStructMember_arrayType;
import io.ringkernel.metal.bindings.MTLStructMember_dataType;
import io.ringkernel.metal.bindings.MTLStructMember_name;
import io.ringkernel.metal.bindings.MTLStructMember_offset;
import io.ringkernel.metal.bindings.MTLStructMember_pointerType;
import io.ringkernel.metal.bindings.MTLStructMember_structType;
import io.ringkernel.metal.bindings.MTLStructType_members;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;

/**
 * Reads the types in a pipeline's reflection, inside the autorelease pool that lends them. What a pointer points to is
 * told one step deep, since structs may point to themselves.
 */
final class TypeReflection {
    private static final Message BUFFER_TYPE = Message.of(MTLBufferBinding_bufferDataType.class);
    private static final Message BUFFER_STRUCT = Message.of(MTLBufferBinding_bufferStructType.class);
    private static final Message MEMBERS = Message.of(MTLStructType_members.class);
    private static final Message NAME = Message.of(MTLStructMember_name.class);
    private static final Message OFFSET = Message.of(MTLStructMember_offset.class);
    private static final Message INDEX = Message.of(MTLStructMember_argumentIndex.class);
    private static final Message TYPE = Message.of(MTLStructMember_dataType.class);
    private static final Message STRUCT = Message.of(MTLStructMember_structType.class);
    private static final Message ARRAY = Message.of(MTLStructMember_arrayType.class);
    private static final Message POINTER = Message.of(MTLStructMember_pointerType.class);
    private static final Message ELEMENT_TYPE = Message.of(MTLArrayType_elementType.class);
    private static final Message OF_STRUCT = Message.of(MTLArrayType_elementStructType.class);
    private static final Message OF_ARRAY = Message.of(MTLArrayType_elementArrayType.class);
    private static final Message OF_POINTER = Message.of(MTLArrayType_elementPointerType.class);
    private static final Message LENGTH = Message.of(MTLArrayType_arrayLength.class);
    private static final Message STRIDE = Message.of(MTLArrayType_stride.class);
    private static final Message INDEX_STRIDE = Message.of(MTLArrayType_argumentIndexStride.class);
    private static final Message POINTEE_TYPE = Message.of(MTLPointerType_elementType.class);
    private static final Message POINTEE_STRUCT = Message.of(MTLPointerType_elementStructType.class);
    private static final Message POINTEE_ARRAY = Message.of(MTLPointerType_elementArrayType.class);
    private static final Message ACCESS = Message.of(MTLPointerType_access.class);
    private static final Message ALIGNMENT = Message.of(MTLPointerType_alignment.class);
    private static final Message DATA_SIZE = Message.of(MTLPointerType_dataSize.class);

    private final ObjectiveC objc;

    TypeReflection(ObjectiveC objc) {
        this.objc = objc;
    }

    /** What lies in the buffer of an {@code MTLBufferBinding}. */
    MetalType ofBuffer(MemorySegment binding) {
        var struct = lent(BUFFER_STRUCT, MTLBufferBinding_bufferStructType::invoke, binding);
        return ObjectiveC.isNil(struct)
                ? data(number(BUFFER_TYPE, MTLBufferBinding_bufferDataType::invoke, binding))
                : struct(struct, 0);
    }

    private MetalType struct(MemorySegment struct, int pointers) {
        var members = lent(MEMBERS, MTLStructType_members::invoke, struct);
        return new MetalType.Struct(NSArray.map(objc, members, member -> member(member, pointers)));
    }

    private MetalType.Member member(MemorySegment member, int pointers) {
        var type = data(number(TYPE, MTLStructMember_dataType::invoke, member));
        return new MetalType.Member(
                NSString.toJava(objc, lent(NAME, MTLStructMember_name::invoke, member)),
                number(OFFSET, MTLStructMember_offset::invoke, member),
                (int) number(INDEX, MTLStructMember_argumentIndex::invoke, member),
                switch (type.type()) {
                    case STRUCT -> struct(lent(STRUCT, MTLStructMember_structType::invoke, member), pointers);
                    case ARRAY -> array(lent(ARRAY, MTLStructMember_arrayType::invoke, member), pointers);
                    case POINTER -> pointer(lent(POINTER, MTLStructMember_pointerType::invoke, member), pointers);
                    default -> type;
                });
    }

    private MetalType array(MemorySegment array, int pointers) {
        var type = data(number(ELEMENT_TYPE, MTLArrayType_elementType::invoke, array));
        var element = switch (type.type()) {
            case STRUCT -> struct(lent(OF_STRUCT, MTLArrayType_elementStructType::invoke, array), pointers);
            case ARRAY -> array(lent(OF_ARRAY, MTLArrayType_elementArrayType::invoke, array), pointers);
            case POINTER -> pointer(lent(OF_POINTER, MTLArrayType_elementPointerType::invoke, array), pointers);
            default -> type;
        };
        return new MetalType.Array(
                element,
                (int) number(LENGTH, MTLArrayType_arrayLength::invoke, array),
                number(STRIDE, MTLArrayType_stride::invoke, array),
                (int) number(INDEX_STRIDE, MTLArrayType_argumentIndexStride::invoke, array));
    }

    private MetalType pointer(MemorySegment pointer, int pointers) {
        return new MetalType.Pointer(
                pointee(pointer, pointers + 1),
                Reflection.accessOf(number(ACCESS, MTLPointerType_access::invoke, pointer)),
                number(ALIGNMENT, MTLPointerType_alignment::invoke, pointer),
                number(DATA_SIZE, MTLPointerType_dataSize::invoke, pointer));
    }

    private MetalType pointee(MemorySegment pointer, int pointers) {
        var type = data(number(POINTEE_TYPE, MTLPointerType_elementType::invoke, pointer));
        var struct = lent(POINTEE_STRUCT, MTLPointerType_elementStructType::invoke, pointer);
        var array = lent(POINTEE_ARRAY, MTLPointerType_elementArrayType::invoke, pointer);
        if (pointers == 1 && !ObjectiveC.isNil(struct)) {
            return struct(struct, pointers);
        }
        return pointers == 1 && !ObjectiveC.isNil(array) ? array(array, pointers) : type;
    }

    private static MetalType.Data data(long code) {
        return new MetalType.Data(MetalDataType.of(code));
    }

    private long number(Message message, MetalObject.LongMessage type, MemorySegment receiver) {
        var send = objc.bind(message);
        return type.send(send.function(), receiver, send.selector());
    }

    private MemorySegment lent(Message message, MetalObject.PointerMessage type, MemorySegment receiver) {
        var send = objc.bind(message);
        return type.send(send.function(), receiver, send.selector());
    }
}
