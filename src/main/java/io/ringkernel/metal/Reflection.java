package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBinding_access;
import io.ringkernel.metal.bindings.MTLBinding_index;
import io.ringkernel.metal.bindings.MTLBinding_isUsed;
import io.ringkernel.metal.bindings.MTLBinding_name;
import io.ringkernel.metal.bindings.MTLBinding_type;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferAlignment;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferDataSize;
import io.ringkernel.metal.bindings.MTLThreadgroupBinding_threadgroupMemoryAlignment;
import io.ringkernel.metal.bindings.MTLThreadgroupBinding_threadgroupMemoryDataSize;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;

/** Reads the bindings of a pipeline's reflection, inside the autorelease pool that lends them. */
final class Reflection {
    private static final Message NAME = Message.of(MTLBinding_name.class);
    private static final Message TYPE = Message.of(MTLBinding_type.class);
    private static final Message ACCESS = Message.of(MTLBinding_access.class);
    private static final Message INDEX = Message.of(MTLBinding_index.class);
    private static final Message IS_USED = Message.of(MTLBinding_isUsed.class);
    private static final Message BUFFER_ALIGNMENT = Message.of(MTLBufferBinding_bufferAlignment.class);
    private static final Message BUFFER_SIZE = Message.of(MTLBufferBinding_bufferDataSize.class);
    private static final Message MEMORY_ALIGNMENT = Message.of(MTLThreadgroupBinding_threadgroupMemoryAlignment.class);
    private static final Message MEMORY_SIZE = Message.of(MTLThreadgroupBinding_threadgroupMemoryDataSize.class);

    private Reflection() {}

    static MetalBinding read(ObjectiveC objc, MemorySegment binding) {
        var name = objc.bind(NAME);
        var index = objc.bind(INDEX);
        var access = objc.bind(ACCESS);
        var isUsed = objc.bind(IS_USED);
        var type = objc.bind(TYPE);
        long place = MTLBinding_index.invoke(index.function(), binding, index.selector());
        var kind = kindOf(MTLBinding_type.invoke(type.function(), binding, type.selector()), place);
        return new MetalBinding(
                NSString.toJava(objc, MTLBinding_name.invoke(name.function(), binding, name.selector())),
                kind,
                (int) place,
                accessOf(MTLBinding_access.invoke(access.function(), binding, access.selector())),
                MTLBinding_isUsed.invoke(isUsed.function(), binding, isUsed.selector()),
                alignment(objc, binding, kind),
                dataSize(objc, binding, kind));
    }

    /** Beyond the indices that an encoder takes stands only what Metal binds itself. */
    static MetalBinding.Kind kindOf(long type, long index) {
        if (index < 0 || index >= MetalLimits.BUFFER_SLOTS) {
            return MetalBinding.Kind.OTHER;
        }
        if (type == Mtl.MTLBindingTypeBuffer()) {
            return MetalBinding.Kind.BUFFER;
        }
        return type == Mtl.MTLBindingTypeThreadgroupMemory()
                ? MetalBinding.Kind.THREADGROUP_MEMORY
                : MetalBinding.Kind.OTHER;
    }

    private static MetalBinding.Access accessOf(long access) {
        if (access == Mtl.MTLBindingAccessReadOnly()) {
            return MetalBinding.Access.READ_ONLY;
        }
        return access == Mtl.MTLBindingAccessWriteOnly()
                ? MetalBinding.Access.WRITE_ONLY
                : MetalBinding.Access.READ_WRITE;
    }

    private static long alignment(ObjectiveC objc, MemorySegment binding, MetalBinding.Kind kind) {
        return switch (kind) {
            case BUFFER -> {
                var send = objc.bind(BUFFER_ALIGNMENT);
                yield MTLBufferBinding_bufferAlignment.invoke(send.function(), binding, send.selector());
            }
            case THREADGROUP_MEMORY -> {
                var send = objc.bind(MEMORY_ALIGNMENT);
                yield MTLThreadgroupBinding_threadgroupMemoryAlignment.invoke(
                        send.function(), binding, send.selector());
            }
            case OTHER -> 1;
        };
    }

    private static long dataSize(ObjectiveC objc, MemorySegment binding, MetalBinding.Kind kind) {
        return switch (kind) {
            case BUFFER -> {
                var send = objc.bind(BUFFER_SIZE);
                yield MTLBufferBinding_bufferDataSize.invoke(send.function(), binding, send.selector());
            }
            case THREADGROUP_MEMORY -> {
                var send = objc.bind(MEMORY_SIZE);
                yield MTLThreadgroupBinding_threadgroupMemoryDataSize.invoke(send.function(), binding, send.selector());
            }
            case OTHER -> 0;
        };
    }
}
