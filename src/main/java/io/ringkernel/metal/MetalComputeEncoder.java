package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_dispatchThreadgroupsWithIndirectBuffer_indirectBufferOffset_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_dispatchThreadgroups_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_executeCommandsInBuffer_indirectBuffer_indirectBufferOffset;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_executeCommandsInBuffer_withRange;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_memoryBarrierWithResources_count;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_memoryBarrierWithScope;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_sampleCountersInBuffer_atSampleIndex_withBarrier;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_updateFence;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_useHeap;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_useHeaps_count;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_useResource_usage;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_useResources_count_usage;
import io.ringkernel.metal.bindings.MTLComputeCommandEncoder_waitForFence;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Encodes dispatches ({@code MTLComputeCommandEncoder}). Pipeline, buffers and threadgroup memory stay set from one
 * dispatch to the next.
 *
 * <p><b>Lifetime.</b> What is bound stays alive until something else takes its place or the encoding ends, whoever
 * closes it.
 *
 * <p>Metal hears of what was bound with the next dispatch: all of it in one autorelease pool, and what was bound again
 * only if it changed.
 *
 * <p>Everything that Metal would end the process for is checked at the call: see the exceptions of each method.
 */
public final class MetalComputeEncoder extends MetalEncoder {
    private static final Message USE_RESOURCE = Message.of(MTLComputeCommandEncoder_useResource_usage.class);
    private static final Message USE_HEAP = Message.of(MTLComputeCommandEncoder_useHeap.class);
    private static final Message USE_RESOURCES = Message.of(MTLComputeCommandEncoder_useResources_count_usage.class);
    private static final Message USE_HEAPS = Message.of(MTLComputeCommandEncoder_useHeaps_count.class);
    private static final Message DISPATCH_THREADS =
            Message.of(MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup.class);
    private static final Message DISPATCH_THREADGROUPS =
            Message.of(MTLComputeCommandEncoder_dispatchThreadgroups_threadsPerThreadgroup.class);
    private static final Message DISPATCH_INDIRECT = Message.of(
            MTLComputeCommandEncoder_dispatchThreadgroupsWithIndirectBuffer_indirectBufferOffset_threadsPerThreadgroup
                    .class);
    private static final Message EXECUTE = Message.of(MTLComputeCommandEncoder_executeCommandsInBuffer_withRange.class);
    private static final Message EXECUTE_INDIRECT =
            Message.of(MTLComputeCommandEncoder_executeCommandsInBuffer_indirectBuffer_indirectBufferOffset.class);
    private static final Message MEMORY_BARRIER = Message.of(MTLComputeCommandEncoder_memoryBarrierWithScope.class);
    private static final Message RESOURCE_BARRIER =
            Message.of(MTLComputeCommandEncoder_memoryBarrierWithResources_count.class);
    private static final Message SAMPLE_COUNTERS =
            Message.of(MTLComputeCommandEncoder_sampleCountersInBuffer_atSampleIndex_withBarrier.class);
    private static final Message UPDATE_FENCE = Message.of(MTLComputeCommandEncoder_updateFence.class);
    private static final Message WAIT_FOR_FENCE = Message.of(MTLComputeCommandEncoder_waitForFence.class);

    /** {@code MTLDispatchThreadgroupsIndirectArguments}: three 32-bit numbers. */
    private static final long INDIRECT_ARGUMENTS = 12;

    /** {@code MTLIndirectCommandBufferExecutionRange}: two 32-bit numbers. */
    private static final long EXECUTION_RANGE = 8;

    private static final MetalSize SINGLE = MetalSize.of(1);

    private final MetalDispatchType dispatchType;
    private final MetalDevice device;
    private final DispatchChecks checks;
    private final ComputeBindings bindings = new ComputeBindings();

    MetalComputeEncoder(
            Retained retained, MetalCommandBuffer commandBuffer, MetalDispatchType dispatchType, MetalDevice device) {
        super(retained, commandBuffer);
        this.dispatchType = dispatchType;
        this.device = device;
        this.checks = new DispatchChecks(device.limits());
    }

    @Override
    Runnable lettingGo() {
        return bindings::release;
    }

    /** How the dispatches of this encoder follow each other. */
    public MetalDispatchType dispatchType() {
        return dispatchType;
    }

    /**
     * Sets the pipeline for the dispatches that follow.
     *
     * @throws IllegalStateException after the encoding ended, or if the pipeline is closed
     * @throws IllegalArgumentException if the pipeline comes from another provider
     */
    public void setPipeline(MetalPipeline pipeline) {
        requireOpen();
        bindings.pipeline(pipeline, this);
        checks.pipeline(pipeline);
    }

    /**
     * Binds a whole buffer.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     */
    public void setBuffer(int index, MetalBuffer buffer) {
        setBuffer(index, buffer, 0);
    }

    /**
     * Binds a part of a buffer. Only the offset is known to the kernel; nothing keeps it from reading beyond the part.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     */
    public void setBuffer(int index, MetalBufferSlice slice) {
        setBuffer(index, slice.buffer(), slice.byteOffset());
    }

    /**
     * Binds a buffer from an offset on.
     *
     * <p>For an argument in the {@code constant} address space the offset must be a multiple of 4 on Apple silicon and
     * of 32 on other GPUs (Metal Feature Set Tables). Nothing checks this, because Metal's reflection does not tell
     * address spaces apart.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30, or the offset is not inside the buffer
     */
    public void setBuffer(int index, MetalBuffer buffer, long byteOffset) {
        Objects.checkIndex(index, MetalLimits.BUFFER_SLOTS);
        Objects.checkIndex(byteOffset, buffer.byteSize());
        requireOpen();
        bindings.buffer(index, buffer, byteOffset, this);
        checks.buffer(index, byteOffset);
    }

    /**
     * Binds the buffer that is bound at an index from another offset on; cheaper than to bind it again.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30, or the offset is not inside the buffer
     * @throws IllegalStateException if no buffer is bound at the index
     */
    public void setBufferOffset(int index, long byteOffset) {
        Objects.checkIndex(index, MetalLimits.BUFFER_SLOTS);
        requireOpen();
        bindings.bufferOffset(index, byteOffset);
        checks.buffer(index, byteOffset);
    }

    /**
     * Binds whole buffers at consecutive indices.
     *
     * @throws IndexOutOfBoundsException if the indices are not in 0..30; then none is bound
     */
    public void setBuffers(int firstIndex, MetalBuffer... buffers) {
        Objects.checkFromIndexSize(firstIndex, buffers.length, MetalLimits.BUFFER_SLOTS);
        for (int i = 0; i < buffers.length; i++) {
            setBuffer(firstIndex + i, buffers[i]);
        }
    }

    /**
     * Binds a copy of a few bytes.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     * @throws IllegalArgumentException if there are not 1..4096 bytes
     */
    public void setBytes(int index, MemorySegment bytes) {
        Objects.checkIndex(index, MetalLimits.BUFFER_SLOTS);
        long length = bytes.byteSize();
        if (length < 1 || length > MetalLimits.INLINE_BYTES) {
            throw new IllegalArgumentException("byteSize not in 1.." + MetalLimits.INLINE_BYTES + ": " + length);
        }
        requireOpen();
        bindings.bytes(index, bytes);
        checks.buffer(index, 0);
    }

    /**
     * Binds a copy of a few ints, which the kernel may as well read as uints.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     * @throws IllegalArgumentException if there are not 1..1024 values
     */
    public void setInts(int index, int... values) {
        setBytes(index, MemorySegment.ofArray(values));
    }

    /**
     * Binds a copy of a few floats.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     * @throws IllegalArgumentException if there are not 1..1024 values
     */
    public void setFloats(int index, float... values) {
        setBytes(index, MemorySegment.ofArray(values));
    }

    /**
     * Gives the threadgroup memory at an index its length, for every threadgroup.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     * @throws IllegalArgumentException if the length is not a multiple of 16, or not in
     *     0..{@link MetalLimits#maxThreadgroupMemory()}
     */
    public void setThreadgroupMemory(int index, long byteSize) {
        Objects.checkIndex(index, MetalLimits.BUFFER_SLOTS);
        checks.threadgroupMemoryLength(byteSize);
        requireOpen();
        bindings.threadgroupMemory(index, byteSize);
        checks.threadgroupMemory(index, byteSize);
    }

    /**
     * Binds a texture, which must be of the type that the function declares, and made for what it does with it.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..127
     */
    public void setTexture(int index, MetalTexture texture) {
        Objects.checkIndex(index, MetalLimits.TEXTURE_SLOTS);
        requireOpen();
        bindings.textures().set(index, texture, this);
        checks.textures().set(index, texture.descriptor());
    }

    /**
     * Binds textures at consecutive indices.
     *
     * @throws IndexOutOfBoundsException if the indices are not in 0..127; then none is bound
     */
    public void setTextures(int firstIndex, MetalTexture... textures) {
        Objects.checkFromIndexSize(firstIndex, textures.length, MetalLimits.TEXTURE_SLOTS);
        for (int i = 0; i < textures.length; i++) {
            setTexture(firstIndex + i, textures[i]);
        }
    }

    /**
     * Says that there is no texture at an index, which a function asks with {@code is_null_texture}.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..127
     */
    public void setNoTexture(int index) {
        Objects.checkIndex(index, MetalLimits.TEXTURE_SLOTS);
        requireOpen();
        bindings.textures().clear(index);
        checks.textures().set(index, null);
    }

    /**
     * Binds a table of functions, in the place of a buffer.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..30
     */
    public void setFunctionTable(int index, MetalFunctionTable table) {
        Objects.checkIndex(index, MetalLimits.BUFFER_SLOTS);
        requireOpen();
        bindings.table(index, table, this);
        checks.table(index, table);
    }

    /**
     * Binds a sampler.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..15
     */
    public void setSampler(int index, MetalSampler sampler) {
        Objects.checkIndex(index, MetalLimits.SAMPLER_SLOTS);
        requireOpen();
        bindings.samplers().set(index, sampler, this);
        checks.sampler(index);
    }

    /**
     * Binds samplers at consecutive indices.
     *
     * @throws IndexOutOfBoundsException if the indices are not in 0..15; then none is bound
     */
    public void setSamplers(int firstIndex, MetalSampler... samplers) {
        Objects.checkFromIndexSize(firstIndex, samplers.length, MetalLimits.SAMPLER_SLOTS);
        for (int i = 0; i < samplers.length; i++) {
            setSampler(firstIndex + i, samplers[i]);
        }
    }

    /**
     * Executes commands, with this encoder's pipeline, buffers and threadgroup memory where the commands inherit them.
     * In memory that commands name by address the GPU finds only what is bound or was announced: {@link #useResource}.
     *
     * @throws IndexOutOfBoundsException if the range is not inside
     */
    public void executeCommands(MetalIndirectCommandBuffer commands, long first, long count) {
        var range = commands.range(first, count);
        var send = objc().bind(EXECUTE);
        try (var receiver = receiver();
                var held = commands.heldFor(this)) {
            bindings.send(objc(), receiver.id());
            MTLComputeCommandEncoder_executeCommandsInBuffer_withRange.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), range);
        }
    }

    /**
     * Executes as many commands as a buffer says when the GPU gets there: two 32-bit unsigned numbers, the first
     * command and how many.
     *
     * @param byteOffset where the numbers begin, a multiple of 4
     * @throws IndexOutOfBoundsException if the numbers are not inside the buffer
     * @throws IllegalArgumentException if the offset is not a multiple of 4
     */
    public void executeCommands(MetalIndirectCommandBuffer commands, MetalBuffer range, long byteOffset) {
        Objects.checkFromIndexSize(byteOffset, EXECUTION_RANGE, range.byteSize());
        if (byteOffset % Integer.BYTES != 0) {
            throw new IllegalArgumentException("byteOffset is not a multiple of 4: " + byteOffset);
        }
        var send = objc().bind(EXECUTE_INDIRECT);
        try (var receiver = receiver();
                var held = commands.heldFor(this);
                var numbers = range.heldFor(this)) {
            bindings.send(objc(), receiver.id());
            MTLComputeCommandEncoder_executeCommandsInBuffer_indirectBuffer_indirectBufferOffset.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), numbers.id(), byteOffset);
        }
    }

    /** Announces a resource that the kernel reaches only through an address or number that it finds in memory. */
    public void useResource(MetalResource resource, MetalBinding.Access access) {
        var send = objc().bind(USE_RESOURCE);
        try (var receiver = receiver();
                var held = resource.heldFor(this)) {
            MTLComputeCommandEncoder_useResource_usage.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), access.usage());
        }
    }

    /** As {@link #useResource}, of several. */
    public void useResources(MetalBinding.Access access, MetalResource... resources) {
        if (resources.length == 0) {
            return;
        }
        var send = objc().bind(USE_RESOURCES);
        try (var receiver = receiver();
                var held = HeldObjects.of(this, List.of(resources))) {
            MTLComputeCommandEncoder_useResources_count_usage.invoke(
                    send.function(), receiver.id(), send.selector(), held.pointers(), held.count(), access.usage());
        }
    }

    /** Announces every resource of a heap for reading. */
    public void useHeap(MetalHeap heap) {
        sendObject(USE_HEAP, MTLComputeCommandEncoder_useHeap::invoke, heap);
    }

    /** As {@link #useHeap}, of several. */
    public void useHeaps(MetalHeap... heaps) {
        if (heaps.length == 0) {
            return;
        }
        var send = objc().bind(USE_HEAPS);
        try (var receiver = receiver();
                var held = HeldObjects.of(this, List.of(heaps))) {
            MTLComputeCommandEncoder_useHeaps_count.invoke(
                    send.function(), receiver.id(), send.selector(), held.pointers(), held.count());
        }
    }

    /**
     * Runs one thread for each point of a grid; threadgroups at the edges may be smaller.
     *
     * @throws IllegalStateException if there is no pipeline, or it uses a buffer, threadgroup memory, a texture, a
     *     sampler or a function table that is not bound
     * @throws IllegalArgumentException if a function table is of another pipeline; if a texture is of another type than
     *     the function's, or was not made to be read, or written, as the function does; if the grid has more than
     *     2147483647 threads in a dimension; if the threadgroup is larger than the pipeline or the device allows, or
     *     not whole SIMD-groups where the pipeline was made for those; if threadgroup memory exceeds the device's; if a
     *     buffer's offset is not a multiple of the argument's alignment
     */
    public void dispatchThreads(MetalSize threads, MetalSize threadsPerThreadgroup) {
        checks.dispatch(threadsPerThreadgroup);
        DispatchChecks.grid(threads, SINGLE);
        var send = objc().bind(DISPATCH_THREADS);
        try (var receiver = receiver()) {
            bindings.send(objc(), receiver.id());
            MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    threads.segment(),
                    threadsPerThreadgroup.segment());
        }
    }

    /**
     * Runs so many whole threadgroups.
     *
     * @throws IllegalStateException as {@link #dispatchThreads}
     * @throws IllegalArgumentException as {@link #dispatchThreads}
     */
    public void dispatchThreadgroups(MetalSize threadgroups, MetalSize threadsPerThreadgroup) {
        checks.dispatch(threadsPerThreadgroup);
        DispatchChecks.grid(threadgroups, threadsPerThreadgroup);
        var send = objc().bind(DISPATCH_THREADGROUPS);
        try (var receiver = receiver()) {
            bindings.send(objc(), receiver.id());
            MTLComputeCommandEncoder_dispatchThreadgroups_threadsPerThreadgroup.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    threadgroups.segment(),
                    threadsPerThreadgroup.segment());
        }
    }

    /**
     * Runs as many whole threadgroups as a buffer says when the GPU gets there: three 32-bit unsigned numbers.
     *
     * @param byteOffset where the numbers begin, a multiple of 4
     * @throws IndexOutOfBoundsException if the numbers are not inside the buffer
     * @throws IllegalStateException as {@link #dispatchThreads}
     * @throws IllegalArgumentException as {@link #dispatchThreads}, or if the offset is not a multiple of 4
     */
    public void dispatchThreadgroups(MetalBuffer indirect, long byteOffset, MetalSize threadsPerThreadgroup) {
        Objects.checkFromIndexSize(byteOffset, INDIRECT_ARGUMENTS, indirect.byteSize());
        if (byteOffset % Integer.BYTES != 0) {
            throw new IllegalArgumentException("byteOffset is not a multiple of 4: " + byteOffset);
        }
        checks.dispatch(threadsPerThreadgroup);
        var send = objc().bind(DISPATCH_INDIRECT);
        try (var receiver = receiver();
                var held = indirect.heldFor(this)) {
            bindings.send(objc(), receiver.id());
            MTLComputeCommandEncoder_dispatchThreadgroupsWithIndirectBuffer_indirectBufferOffset_threadsPerThreadgroup
                    .invoke(
                            send.function(),
                            receiver.id(),
                            send.selector(),
                            held.id(),
                            byteOffset,
                            threadsPerThreadgroup.segment());
        }
    }

    /** Lets later dispatches of a concurrent encoder see what earlier ones wrote into buffers and textures. */
    public void memoryBarrier() {
        var send = objc().bind(MEMORY_BARRIER);
        try (var receiver = receiver()) {
            MTLComputeCommandEncoder_memoryBarrierWithScope.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    Mtl.MTLBarrierScopeBuffers() | Mtl.MTLBarrierScopeTextures());
        }
    }

    /** Lets later dispatches of a concurrent encoder see what earlier ones wrote into these resources. */
    public void memoryBarrier(MetalResource first, MetalResource... others) {
        var resources = new ArrayList<MetalResource>(List.of(others));
        resources.addFirst(first);
        var send = objc().bind(RESOURCE_BARRIER);
        try (var receiver = receiver();
                var held = HeldObjects.of(this, resources)) {
            MTLComputeCommandEncoder_memoryBarrierWithResources_count.invoke(
                    send.function(), receiver.id(), send.selector(), held.pointers(), held.count());
        }
    }

    /**
     * Samples counters between the dispatches before and after.
     *
     * @throws IndexOutOfBoundsException if there is no such sample
     * @throws UnsupportedOperationException if the device does not sample between dispatches:
     *     {@link MetalDevice#supportsCounterSampling}
     */
    public void sampleCounters(MetalCounterSampleBuffer samples, int index) {
        Objects.checkIndex(index, samples.sampleCount());
        device.requireCounterSampling(MetalCounterSamplingPoint.DISPATCH_BOUNDARY);
        var send = objc().bind(SAMPLE_COUNTERS);
        try (var receiver = receiver();
                var held = samples.heldFor(this)) {
            MTLComputeCommandEncoder_sampleCountersInBuffer_atSampleIndex_withBarrier.invoke(
                    send.function(), receiver.id(), send.selector(), held.id(), index, true);
        }
    }

    /** Lets encoders that wait for the fence go on when the dispatches so far have run. */
    public void updateFence(MetalFence fence) {
        sendObject(UPDATE_FENCE, MTLComputeCommandEncoder_updateFence::invoke, fence);
    }

    /** Holds the dispatches from here on back until the fence was updated by an encoder before this one. */
    public void waitForFence(MetalFence fence) {
        sendObject(WAIT_FOR_FENCE, MTLComputeCommandEncoder_waitForFence::invoke, fence);
    }
}
