package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBinding_access;
import io.ringkernel.metal.bindings.MTLBinding_index;
import io.ringkernel.metal.bindings.MTLBinding_isUsed;
import io.ringkernel.metal.bindings.MTLBinding_name;
import io.ringkernel.metal.bindings.MTLBinding_type;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferAlignment;
import io.ringkernel.metal.bindings.MTLBufferBinding_bufferDataSize;
import io.ringkernel.metal.bindings.MTLTextureBinding_arrayLength;
import io.ringkernel.metal.bindings.MTLTextureBinding_isDepthTexture;
import io.ringkernel.metal.bindings.MTLTextureBinding_textureType;
import io.ringkernel.metal.bindings.MTLThreadgroupBinding_threadgroupMemoryAlignment;
import io.ringkernel.metal.bindings.MTLThreadgroupBinding_threadgroupMemoryDataSize;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

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
    private static final Message TEXTURE_TYPE = Message.of(MTLTextureBinding_textureType.class);
    private static final Message IS_DEPTH = Message.of(MTLTextureBinding_isDepthTexture.class);
    private static final Message ARRAY_LENGTH = Message.of(MTLTextureBinding_arrayLength.class);
    private static final Message MEMORY_SIZE = Message.of(MTLThreadgroupBinding_threadgroupMemoryDataSize.class);

    /** How many indices an encoder has for bindings of a type. */
    private record Slots(long type, MetalBinding.Kind kind, int count) {}

    private static final List<Slots> SLOTS = List.of(
            new Slots(Mtl.MTLBindingTypeBuffer(), MetalBinding.Kind.BUFFER, MetalLimits.BUFFER_SLOTS),
            new Slots(
                    Mtl.MTLBindingTypeThreadgroupMemory(),
                    MetalBinding.Kind.THREADGROUP_MEMORY,
                    MetalLimits.BUFFER_SLOTS),
            new Slots(
                    Mtl.MTLBindingTypeVisibleFunctionTable(),
                    MetalBinding.Kind.FUNCTION_TABLE,
                    MetalLimits.BUFFER_SLOTS),
            new Slots(Mtl.MTLBindingTypeTexture(), MetalBinding.Kind.TEXTURE, MetalLimits.TEXTURE_SLOTS),
            new Slots(Mtl.MTLBindingTypeSampler(), MetalBinding.Kind.SAMPLER, MetalLimits.SAMPLER_SLOTS));

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
                dataSize(objc, binding, kind),
                kind == MetalBinding.Kind.TEXTURE ? Optional.of(texture(objc, binding)) : Optional.empty(),
                kind == MetalBinding.Kind.BUFFER
                        ? Optional.of(new TypeReflection(objc).ofBuffer(binding))
                        : Optional.empty());
    }

    /** Beyond the indices that an encoder takes stands only what Metal binds itself. */
    static MetalBinding.Kind kindOf(long type, long index) {
        for (var slots : SLOTS) {
            if (slots.type == type && index >= 0 && index < slots.count) {
                return slots.kind;
            }
        }
        return MetalBinding.Kind.OTHER;
    }

    private static MetalBinding.Texture texture(ObjectiveC objc, MemorySegment binding) {
        var type = objc.bind(TEXTURE_TYPE);
        var isDepth = objc.bind(IS_DEPTH);
        var length = objc.bind(ARRAY_LENGTH);
        return new MetalBinding.Texture(
                MetalTextureType.of(MTLTextureBinding_textureType.invoke(type.function(), binding, type.selector())),
                MTLTextureBinding_isDepthTexture.invoke(isDepth.function(), binding, isDepth.selector()),
                // Zero for what is no array.
                (int) Math.max(1, MTLTextureBinding_arrayLength.invoke(length.function(), binding, length.selector())));
    }

    static MetalBinding.Access accessOf(long access) {
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
            case TEXTURE, SAMPLER, FUNCTION_TABLE, OTHER -> 1;
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
            case TEXTURE, SAMPLER, FUNCTION_TABLE, OTHER -> 0;
        };
    }
}
