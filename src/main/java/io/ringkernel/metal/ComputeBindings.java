package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setBufferOffset_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setBuffer_offset_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setBytes_length_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setComputePipelineState;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setSamplerState_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setTexture_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/**
 * What one compute encoder has bound. Setting notes a change down; {@link #send} tells the encoder all changes since
 * the last dispatch in one stretch of messages, so that they share the dispatch's autorelease pool, and what is set
 * again to what it was costs no message. Bound objects are held until others take their place or the encoding ends.
 *
 * <p><b>Threads.</b> The encoder's thread alone.
 */
final class ComputeBindings {
    private static final Message SET_PIPELINE = Message.of(MTLComputeCommandEncoder_setComputePipelineState.class);
    private static final Message SET_BUFFER = Message.of(MTLComputeCommandEncoder_setBuffer_offset_atIndex.class);
    private static final Message SET_OFFSET = Message.of(MTLComputeCommandEncoder_setBufferOffset_atIndex.class);
    private static final Message SET_TEXTURE = Message.of(MTLComputeCommandEncoder_setTexture_atIndex.class);
    private static final Message SET_SAMPLER = Message.of(MTLComputeCommandEncoder_setSamplerState_atIndex.class);
    private static final Message SET_TABLE =
            Message.of(MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex.class);
    private static final Message SET_BYTES = Message.of(MTLComputeCommandEncoder_setBytes_length_atIndex.class);
    private static final Message SET_MEMORY =
            Message.of(MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex.class);

    private static final int USUAL_COUNT = 8;

    /** What is bound at an index: a held buffer from an offset on, or else a copy of a few bytes. */
    private static final class Slot {
        private Retained buffer;
        private long byteSize;
        private long offset;
        /** Whether the encoder knows the buffer, and at most its offset is new. */
        private boolean isSent;

        private byte[] bytes;
        private int length;
        /** Whether the held object is a table of functions, which takes the place of a buffer. */
        private boolean isTable;

        void release() {
            if (buffer != null) {
                buffer.release();
                buffer = null;
            }
        }
    }

    private Slot[] slots = new Slot[USUAL_COUNT];
    private int changedSlots;
    private final long[] memoryLengths = new long[MetalLimits.BUFFER_SLOTS];
    private int changedMemory;
    private final BoundObjects textures = new BoundObjects();
    private final BoundObjects samplers = new BoundObjects();
    private Retained pipeline;
    private boolean pipelineChanged;

    void pipeline(MetalPipeline next, MetalEncoder encoder) {
        var retained = next.retained();
        if (retained == pipeline && !retained.isClosed()) {
            return;
        }
        next.acquiredFor(encoder);
        if (pipeline != null) {
            pipeline.release();
        }
        pipeline = retained;
        pipelineChanged = true;
    }

    /**
     * Binds a buffer.
     *
     * @throws IllegalStateException if it is closed
     * @throws IllegalArgumentException if it comes from another provider than the encoder
     */
    void buffer(int index, MetalBuffer buffer, long offset, MetalEncoder encoder) {
        var slot = slot(index);
        var retained = buffer.retained();
        if (slot.buffer == retained) {
            buffer.requireMemory();
            if (slot.offset == offset) {
                return;
            }
        } else {
            buffer.acquiredFor(encoder);
            slot.release();
            slot.buffer = retained;
            slot.isTable = false;
            slot.byteSize = buffer.byteSize();
            slot.isSent = false;
        }
        slot.offset = offset;
        changedSlots |= 1 << index;
    }

    /**
     * Binds a table of functions in the place of a buffer.
     *
     * @throws IllegalStateException if it is closed
     * @throws IllegalArgumentException if it comes from another provider than the encoder
     */
    void table(int index, MetalFunctionTable table, MetalEncoder encoder) {
        table.acquiredFor(encoder);
        var slot = slot(index);
        slot.release();
        slot.buffer = table.retained();
        slot.isTable = true;
        slot.isSent = false;
        changedSlots |= 1 << index;
    }

    /**
     * Binds the buffer at an index from another offset on.
     *
     * @throws IllegalStateException if there is none
     * @throws IndexOutOfBoundsException if the offset is not inside the buffer
     */
    void bufferOffset(int index, long offset) {
        var slot = index < slots.length ? slots[index] : null;
        if (slot == null || slot.buffer == null || slot.isTable) {
            throw new IllegalStateException("no buffer is bound at index " + index);
        }
        Objects.checkIndex(offset, slot.byteSize);
        if (slot.offset != offset) {
            slot.offset = offset;
            changedSlots |= 1 << index;
        }
    }

    BoundObjects textures() {
        return textures;
    }

    BoundObjects samplers() {
        return samplers;
    }

    /** Binds a copy of some bytes. */
    void bytes(int index, MemorySegment bytes) {
        var slot = slot(index);
        slot.release();
        slot.length = (int) bytes.byteSize();
        if (slot.bytes == null || slot.bytes.length < slot.length) {
            slot.bytes = new byte[slot.length];
        }
        MemorySegment.copy(bytes, 0, MemorySegment.ofArray(slot.bytes), 0, slot.length);
        changedSlots |= 1 << index;
    }

    void threadgroupMemory(int index, long byteSize) {
        memoryLengths[index] = byteSize;
        changedMemory |= 1 << index;
    }

    private Slot slot(int index) {
        if (index >= slots.length) {
            slots = Arrays.copyOf(slots, MetalLimits.BUFFER_SLOTS);
        }
        if (slots[index] == null) {
            slots[index] = new Slot();
        }
        return slots[index];
    }

    /** Sends what changed to the encoder. Inside an autorelease pool. */
    void send(ObjectiveC objc, MemorySegment receiver) {
        if (pipelineChanged) {
            var send = objc.bind(SET_PIPELINE);
            // Held by this, so that its wrapper may have been closed meanwhile.
            MTLComputeCommandEncoder_setComputePipelineState.invoke(
                    send.function(), receiver, send.selector(), pipeline.heldId());
            pipelineChanged = false;
        }
        for (; changedSlots != 0; changedSlots &= changedSlots - 1) {
            int index = Integer.numberOfTrailingZeros(changedSlots);
            sendSlot(objc, receiver, index, slots[index]);
        }
        for (; changedMemory != 0; changedMemory &= changedMemory - 1) {
            int index = Integer.numberOfTrailingZeros(changedMemory);
            var send = objc.bind(SET_MEMORY);
            MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex.invoke(
                    send.function(), receiver, send.selector(), memoryLengths[index], index);
        }
        textures.send(objc, receiver, SET_TEXTURE, MTLComputeCommandEncoder_setTexture_atIndex::invoke);
        samplers.send(objc, receiver, SET_SAMPLER, MTLComputeCommandEncoder_setSamplerState_atIndex::invoke);
    }

    private static void sendSlot(ObjectiveC objc, MemorySegment receiver, int index, Slot slot) {
        if (slot.buffer != null && slot.isTable) {
            var send = objc.bind(SET_TABLE);
            MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex.invoke(
                    send.function(), receiver, send.selector(), slot.buffer.heldId(), index);
            return;
        }
        if (slot.buffer != null && slot.isSent) {
            var send = objc.bind(SET_OFFSET);
            MTLComputeCommandEncoder_setBufferOffset_atIndex.invoke(
                    send.function(), receiver, send.selector(), slot.offset, index);
            return;
        }
        if (slot.buffer != null) {
            slot.isSent = true;
            var send = objc.bind(SET_BUFFER);
            MTLComputeCommandEncoder_setBuffer_offset_atIndex.invoke(
                    send.function(), receiver, send.selector(), slot.buffer.heldId(), slot.offset, index);
            return;
        }
        var send = objc.bind(SET_BYTES);
        try (var scratch = InlineBytes.of(slot.bytes, slot.length)) {
            MTLComputeCommandEncoder_setBytes_length_atIndex.invoke(
                    send.function(), receiver, send.selector(), scratch.segment(), slot.length, index);
        }
    }

    /** Gives up what is held; called once, inside an autorelease pool. */
    void release() {
        for (var slot : slots) {
            if (slot != null) {
                slot.release();
            }
        }
        textures.release();
        samplers.release();
        if (pipeline != null) {
            pipeline.release();
        }
    }
}
