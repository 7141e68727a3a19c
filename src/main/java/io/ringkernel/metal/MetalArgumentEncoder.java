package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLArgumentEncoder_alignment;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_constantDataAtIndex;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_encodedLength;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_label;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setArgumentBuffer_offset;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setBuffer_offset_atIndex;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setLabel;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setSamplerState_atIndex;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setTexture_atIndex;
import io.ringkernel.metal.bindings.MTLArgumentEncoder_setVisibleFunctionTable_atIndex;
import io.ringkernel.metal.bindings.MTLDevice_newArgumentEncoderWithBufferBinding;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Writes resources into a buffer, as the members of a struct that a function takes ({@code MTLArgumentEncoder}). On
 * devices of argument buffer tier 1 this is the only way; where {@link MetalLimits#argumentBufferTier()} is 2 a struct
 * may as well be filled with {@link MetalBuffer#gpuAddress()} and {@code gpuResourceId()}, 8 bytes each.
 *
 * <p>Members are known by their index: the number in {@code [[id(n)]]}, or the next that is free; each element of an
 * array has one. What is written is only noted as an address: the resource must live until the work has completed, and
 * be announced with {@link MetalComputeEncoder#useResource} or {@link MetalComputeEncoder#useHeap}.
 *
 * <p><b>Threads.</b> One thread at a time.
 */
public final class MetalArgumentEncoder extends MetalObject {
    private static final Message NEW_ENCODER = Message.of(MTLDevice_newArgumentEncoderWithBufferBinding.class);
    private static final Message LENGTH = Message.of(MTLArgumentEncoder_encodedLength.class);
    private static final Message ALIGNMENT = Message.of(MTLArgumentEncoder_alignment.class);
    private static final Message SET_TARGET = Message.of(MTLArgumentEncoder_setArgumentBuffer_offset.class);
    private static final Message SET_BUFFER = Message.of(MTLArgumentEncoder_setBuffer_offset_atIndex.class);
    private static final Message SET_TEXTURE = Message.of(MTLArgumentEncoder_setTexture_atIndex.class);
    private static final Message SET_SAMPLER = Message.of(MTLArgumentEncoder_setSamplerState_atIndex.class);
    private static final Message SET_TABLE = Message.of(MTLArgumentEncoder_setVisibleFunctionTable_atIndex.class);
    private static final Message CONSTANT_DATA = Message.of(MTLArgumentEncoder_constantDataAtIndex.class);
    private static final Message LABEL = Message.of(MTLArgumentEncoder_label.class);
    private static final Message SET_LABEL = Message.of(MTLArgumentEncoder_setLabel.class);

    private final ArgumentMembers members;
    private final long encodedLength;
    private final long alignment;
    private MetalBuffer target;
    private long targetOffset;

    private MetalArgumentEncoder(Retained retained, ArgumentMembers members) {
        super(retained);
        this.members = members;
        encodedLength = sendForLong(LENGTH, MTLArgumentEncoder_encodedLength::invoke);
        alignment = sendForLong(ALIGNMENT, MTLArgumentEncoder_alignment::invoke);
    }

    static MetalArgumentEncoder make(MetalPipeline pipeline, int bufferIndex) {
        var binding = pipeline.bindings().stream()
                .filter(b -> b.kind() == MetalBinding.Kind.BUFFER && b.index() == bufferIndex)
                .filter(b -> b.type().orElseThrow() instanceof MetalType.Struct)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        pipeline.label() + " takes no struct at buffer index " + bufferIndex));
        var device = pipeline.device();
        var objc = device.objc();
        var send = objc.bind(NEW_ENCODER);
        try (var receiver = device.receiver();
                var _ = pipeline.heldFor(device)) {
            var encoder = MTLDevice_newArgumentEncoderWithBufferBinding.invoke(
                    send.function(), receiver.id(), send.selector(), pipeline.lentBinding(binding));
            var members = new ArgumentMembers((MetalType.Struct) binding.type().orElseThrow());
            return new MetalArgumentEncoder(kept(objc, NEW_ENCODER, encoder), members);
        }
    }

    /** Bytes that one struct takes in a buffer. */
    public long encodedLength() {
        return encodedLength;
    }

    /** What offsets of structs in buffers are multiples of, in bytes. */
    public long alignment() {
        return alignment;
    }

    /**
     * Says where the members go that are set from now on: the place of one struct in a buffer that the CPU sees.
     *
     * @param byteOffset where the struct begins, a multiple of {@link #alignment()}
     * @throws IndexOutOfBoundsException if the struct is not inside the buffer
     * @throws IllegalArgumentException if the offset is not aligned, or the buffer private
     */
    public void setArgumentBuffer(MetalBuffer buffer, long byteOffset) {
        Objects.checkFromIndexSize(byteOffset, encodedLength, buffer.byteSize());
        if (byteOffset % alignment != 0) {
            throw new IllegalArgumentException("byteOffset is not a multiple of " + alignment + ": " + byteOffset);
        }
        if (buffer.storageMode() == MetalStorageMode.PRIVATE) {
            throw new IllegalArgumentException("the CPU writes no private buffer: " + buffer);
        }
        var send = objc().bind(SET_TARGET);
        try (var receiver = receiver();
                var held = buffer.heldFor(this)) {
            MTLArgumentEncoder_setArgumentBuffer_offset.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), byteOffset);
        }
        target = buffer;
        targetOffset = byteOffset;
    }

    /**
     * Writes a pointer to a place in a buffer.
     *
     * @throws IllegalStateException if {@link #setArgumentBuffer} was not called, or a buffer is closed
     * @throws IndexOutOfBoundsException if there is no member at the index, or the offset is not inside the buffer
     * @throws IllegalArgumentException if the member is no pointer
     */
    public void setBuffer(int index, MetalBuffer buffer, long byteOffset) {
        members.require(index, MetalDataType.POINTER);
        Objects.checkIndex(byteOffset, buffer.byteSize());
        requireTarget();
        var send = objc().bind(SET_BUFFER);
        try (var receiver = receiver();
                var held = buffer.heldFor(this)) {
            MTLArgumentEncoder_setBuffer_offset_atIndex.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), byteOffset, index);
        }
        written();
    }

    /**
     * Writes a texture.
     *
     * @throws IllegalStateException if {@link #setArgumentBuffer} was not called, or the texture is closed
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if the member is no texture
     */
    public void setTexture(int index, MetalTexture texture) {
        setObject(index, MetalDataType.TEXTURE, texture, SET_TEXTURE, MTLArgumentEncoder_setTexture_atIndex::invoke);
    }

    /**
     * Writes a sampler.
     *
     * @throws IllegalStateException if {@link #setArgumentBuffer} was not called, or the sampler is closed
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if the member is no sampler
     */
    public void setSampler(int index, MetalSampler sampler) {
        setObject(
                index, MetalDataType.SAMPLER, sampler, SET_SAMPLER, MTLArgumentEncoder_setSamplerState_atIndex::invoke);
    }

    /**
     * Writes a table of functions.
     *
     * @throws IllegalStateException if {@link #setArgumentBuffer} was not called, or the table is closed
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if the member is no table of visible functions
     */
    public void setFunctionTable(int index, MetalFunctionTable table) {
        setObject(
                index,
                MetalDataType.VISIBLE_FUNCTION_TABLE,
                table,
                SET_TABLE,
                MTLArgumentEncoder_setVisibleFunctionTable_atIndex::invoke);
    }

    private void setObject(
            int index, MetalDataType type, MetalObject object, Message message, BoundObjects.SetAtIndex set) {
        members.require(index, type);
        requireTarget();
        var send = objc().bind(message);
        try (var receiver = receiver();
                var held = object.heldFor(this)) {
            set.send(send.function(), receiver.id(), send.selector(), held.id(), index);
        }
        written();
    }

    /**
     * Writes the value of a member that is a scalar, a vector or a matrix, as MSL keeps it in memory.
     *
     * @throws IllegalStateException if {@link #setArgumentBuffer} was not called
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if the member is of another kind, or of another size than the bytes
     */
    // SAFETY: the pointer is to the member, whose type tells its size, in the argument buffer, which is held.
    @SuppressWarnings("restricted")
    public void setConstant(int index, MemorySegment bytes) {
        long byteSize = members.requireConstant(index);
        if (bytes.byteSize() != byteSize) {
            throw new IllegalArgumentException(
                    "the member at index " + index + " has " + byteSize + " bytes: " + bytes.byteSize());
        }
        var buffer = requireTarget();
        var send = objc().bind(CONSTANT_DATA);
        try (var receiver = receiver();
                var _ = buffer.heldFor(this)) {
            var pointer = MTLArgumentEncoder_constantDataAtIndex.invoke(
                    send.function(), receiver.id(), send.selector(), index);
            pointer.reinterpret(byteSize).copyFrom(bytes);
        }
        written();
    }

    private MetalBuffer requireTarget() {
        if (target == null) {
            throw new IllegalStateException("no argument buffer is set: setArgumentBuffer(buffer, byteOffset)");
        }
        target.requireMemory();
        return target;
    }

    private void written() {
        if (target.storageMode() == MetalStorageMode.MANAGED) {
            target.didModify(targetOffset, encodedLength);
        }
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return sendForString(LABEL, MTLArgumentEncoder_label::invoke);
    }

    /** Names the encoder in tools and messages. */
    public void setLabel(String label) {
        sendString(SET_LABEL, MTLArgumentEncoder_setLabel::invoke, label);
    }
}
