package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.run.AddressResolver;
import io.ringkernel.metal.msl.run.Grid;
import io.ringkernel.metal.msl.run.LogSink;
import io.ringkernel.metal.msl.texture.Sampler;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.gpu.Recovery;
import io.ringkernel.metal.software.gpu.Watchdog;
import io.ringkernel.metal.software.indirect.IndirectExecution;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBuffer;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import io.ringkernel.metal.software.library.MTLVisibleFunctionTable;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLComputePassSampleBufferAttachmentDescriptor;
import io.ringkernel.metal.software.resource.MTLCounterSampleBuffer;
import io.ringkernel.metal.software.resource.MTLHeap;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.resource.MTLSamplerState;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Binds arguments and dispatches kernels. In a serial encoder each dispatch sees what those before it wrote. In a
 * concurrent one, dispatches between two barriers have no order.
 */
public final class MTLComputeCommandEncoder extends MTLCommandEncoder {
    private static final int MAX_INLINE_BYTES = 4096;
    private static final int THREADGROUP_LENGTH_UNIT = 16;
    private static final long INDIRECT_BYTES = 12;
    /** {@code MTLIndirectCommandBufferExecutionRange}: two 32-bit numbers. */
    private static final long RANGE_BYTES = 8;
    /** {@code MTLCounterDontSample}. */
    private static final long DONT_SAMPLE = -1;

    private static final long EVERYTHING = -1;

    private final long dispatchType;
    private final ComputeBindings bindings = new ComputeBindings();
    private final DispatchSequence dispatches;
    private final List<MTLComputePassSampleBufferAttachmentDescriptor> samples = new ArrayList<>(0);
    private MTLComputePipelineState pipeline;
    private Residency residency = Residency.NOTHING;

    MTLComputeCommandEncoder(MTLCommandBuffer commandBuffer, long dispatchType) {
        super(commandBuffer);
        this.dispatchType = dispatchType;
        dispatches = new DispatchSequence(dispatchType);
    }

    @Override
    Consumer<Recovery.Work> work() {
        var gpu = gpu();
        return running -> {
            try (var watch = Watchdog.open(gpu, running)) {
                samples.forEach(each -> sample(each.sampleBuffer(), each.start()));
                dispatches.run(gpu, watch);
                samples.forEach(each -> sample(each.sampleBuffer(), each.end()));
            }
        };
    }

    private static void sample(MTLCounterSampleBuffer buffer, long index) {
        if (index != DONT_SAMPLE) {
            buffer.sample(index);
        }
    }

    /** Samples counters when the commands begin and when they have run. */
    void sampleAtBoundaries(MTLComputePassSampleBufferAttachmentDescriptor attachment) {
        var buffer = attachment.sampleBuffer();
        requireSameDevice(buffer);
        for (long index : List.of(attachment.start(), attachment.end())) {
            if (index != DONT_SAMPLE) {
                requireSample(buffer, index);
            }
        }
        commandBuffer().use(buffer);
        commandBuffer().use(attachment);
        samples.add(attachment);
    }

    @Selector("sampleCountersInBuffer:atSampleIndex:withBarrier:")
    void sampleCounters(MTLCounterSampleBuffer buffer, long index, boolean barrier) {
        requireOpen();
        requireSameDevice(buffer);
        requireSample(buffer, index);
        commandBuffer().use(buffer);
        if (barrier) {
            dispatches.barrier(EVERYTHING);
        }
        dispatches.add((_, _) -> buffer.sample(index));
        if (barrier) {
            dispatches.barrier(EVERYTHING);
        }
    }

    private void requireSample(MTLCounterSampleBuffer buffer, long index) {
        if (index < 0 || index >= buffer.sampleCount()) {
            throw refused(ViolationKind.OUT_OF_RANGE, "sample index not in 0..%d: %d", buffer.sampleCount() - 1, index);
        }
    }

    @Selector("dispatchType")
    long dispatchType() {
        return dispatchType;
    }

    @Selector("setComputePipelineState:")
    void setComputePipelineState(MTLComputePipelineState state) {
        requireOpen();
        requireSameDevice(state);
        commandBuffer().use(state);
        pipeline = state;
    }

    @Selector("setBuffer:offset:atIndex:")
    void setBuffer(@Nullable MTLBuffer buffer, long offset, long index) {
        requireOpen();
        requireSlot(index);
        if (buffer == null) {
            bindings.bind((int) index, null, 0);
            return;
        }
        requireSameDevice(buffer);
        requireOffset(buffer, offset);
        use(buffer);
        bindings.bind((int) index, buffer, offset);
    }

    @Selector("setBufferOffset:atIndex:")
    void setBufferOffset(long offset, long index) {
        requireOpen();
        requireSlot(index);
        var buffer = bindings.buffer((int) index);
        if (buffer == null) {
            throw refused(ViolationKind.UNBOUND_BUFFER, "no buffer at index %d to set an offset of", index);
        }
        requireOffset(buffer, offset);
        bindings.bind((int) index, buffer, offset);
    }

    @Selector("setBuffers:offsets:withRange:")
    void setBuffers(MemorySegment buffers, MemorySegment offsets, Range range) {
        requireOpen();
        if (!range.isWithin(ComputeBindings.SLOTS)) {
            throw refused(ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", ComputeBindings.SLOTS, range);
        }
        var objects = ObjectRuntime.objects(MTLBuffer.class, buffers, range.length());
        if (!objects.isEmpty() && offsets.address() == 0) {
            throw refused(ViolationKind.NIL_ARGUMENT, "NULL for the offsets of buffers");
        }
        for (int i = 0; i < objects.size(); i++) {
            long offset = offsets.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) i * Long.BYTES);
            setBuffer(objects.get(i), offset, range.location() + i);
        }
    }

    @Selector("setBytes:length:atIndex:")
    void setBytes(MemorySegment bytes, long length, long index) {
        requireOpen();
        requireSlot(index);
        if (length < 1 || length > MAX_INLINE_BYTES) {
            throw refused(
                    ViolationKind.INLINE_BYTES,
                    "length not in 1..%d: %s",
                    MAX_INLINE_BYTES,
                    Long.toUnsignedString(length));
        }
        if (bytes.address() == 0) {
            throw refused(ViolationKind.NIL_ARGUMENT, "NULL for %d bytes", length);
        }
        bindings.bindInline((int) index, commandBuffer().copyInline(bytes.asSlice(0, length)));
    }

    @Selector("setVisibleFunctionTable:atBufferIndex:")
    void setVisibleFunctionTable(@Nullable MTLVisibleFunctionTable table, long index) {
        requireOpen();
        requireSlot(index);
        if (table != null) {
            requireSameDevice(table);
            commandBuffer().use(table);
            residency = residency.with(table.memory());
        }
        bindings.bind((int) index, table);
    }

    @Selector("setVisibleFunctionTables:withBufferRange:")
    void setVisibleFunctionTables(MemorySegment tables, Range range) {
        requireOpen();
        if (!range.isWithin(ComputeBindings.SLOTS)) {
            throw refused(ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", ComputeBindings.SLOTS, range);
        }
        var objects = ObjectRuntime.objects(MTLVisibleFunctionTable.class, tables, range.length());
        for (int i = 0; i < objects.size(); i++) {
            setVisibleFunctionTable(objects.get(i), range.location() + i);
        }
    }

    @Selector("setThreadgroupMemoryLength:atIndex:")
    void setThreadgroupMemoryLength(long length, long index) {
        requireOpen();
        requireSlot(index);
        int limit = gpu().limits().threadgroupMemory();
        if (length < 0 || length > limit || length % THREADGROUP_LENGTH_UNIT != 0) {
            throw refused(
                    ViolationKind.THREADGROUP_MEMORY,
                    "threadgroup memory length not a multiple of %d in 0..%d: %s",
                    THREADGROUP_LENGTH_UNIT,
                    limit,
                    Long.toUnsignedString(length));
        }
        bindings.setThreadgroupLength((int) index, (int) length);
    }

    @Selector("setTexture:atIndex:")
    void setTexture(@Nullable MTLTexture texture, long index) {
        requireOpen();
        requireIndex(index, ComputeBindings.TEXTURES);
        if (texture != null) {
            requireSameDevice(texture);
            commandBuffer().use(texture);
        }
        bindings.bindTexture((int) index, texture);
    }

    @Selector("setTextures:withRange:")
    void setTextures(MemorySegment textures, Range range) {
        requireOpen();
        requireRange(range, ComputeBindings.TEXTURES);
        var objects = ObjectRuntime.objects(MTLTexture.class, textures, range.length());
        for (int i = 0; i < objects.size(); i++) {
            setTexture(objects.get(i), range.location() + i);
        }
    }

    @Selector("setSamplerState:atIndex:")
    void setSamplerState(@Nullable MTLSamplerState sampler, long index) {
        requireOpen();
        requireIndex(index, ComputeBindings.SAMPLERS);
        if (sampler != null) {
            requireSameDevice(sampler);
            commandBuffer().use(sampler);
        }
        bindings.bindSampler((int) index, sampler == null ? null : sampler.sampler());
    }

    @Selector("setSamplerState:lodMinClamp:lodMaxClamp:atIndex:")
    void setSamplerState(@Nullable MTLSamplerState sampler, float lodMinClamp, float lodMaxClamp, long index) {
        setSamplerState(sampler, index);
        if (sampler != null) {
            var clamped = sampler.sampler().state().withLodClamp(lodMinClamp, lodMaxClamp);
            bindings.bindSampler((int) index, commandBuffer().keep(new Sampler(clamped)));
        }
    }

    @Selector("setSamplerStates:withRange:")
    void setSamplerStates(MemorySegment samplers, Range range) {
        requireOpen();
        requireRange(range, ComputeBindings.SAMPLERS);
        var objects = ObjectRuntime.objects(MTLSamplerState.class, samplers, range.length());
        for (int i = 0; i < objects.size(); i++) {
            setSamplerState(objects.get(i), range.location() + i);
        }
    }

    @Selector("setSamplerStates:lodMinClamps:lodMaxClamps:withRange:")
    void setSamplerStates(MemorySegment samplers, MemorySegment least, MemorySegment most, Range range) {
        requireOpen();
        requireRange(range, ComputeBindings.SAMPLERS);
        if (range.length() > 0 && (least.address() == 0 || most.address() == 0)) {
            throw refused(ViolationKind.NIL_ARGUMENT, "NULL for the level clamps of samplers");
        }
        var objects = ObjectRuntime.objects(MTLSamplerState.class, samplers, range.length());
        for (int i = 0; i < objects.size(); i++) {
            long at = (long) i * Float.BYTES;
            setSamplerState(
                    objects.get(i),
                    least.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at),
                    most.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at),
                    range.location() + i);
        }
    }

    private void requireRange(Range range, int slots) {
        if (!range.isWithin(slots)) {
            throw refused(ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", slots, range);
        }
    }

    private void requireIndex(long index, int slots) {
        if (index < 0 || index >= slots) {
            throw refused(
                    ViolationKind.OUT_OF_RANGE, "index not in 0..%d: %s", slots - 1, Long.toUnsignedString(index));
        }
    }

    @Selector("setStageInRegion:")
    void setStageInRegion(MemorySegment region) {
        requireOpen();
    }

    @Selector("useResource:usage:")
    void useResource(MTLResource resource, long usage) {
        requireOpen();
        if ((usage & ~3) != 0 || usage == 0) {
            throw refused(ViolationKind.BAD_ARGUMENT, "not a resource usage: %d", usage);
        }
        requireSameDevice(resource);
        switch (resource) {
            case MTLBuffer buffer -> use(buffer);
            case MTLVisibleFunctionTable table -> {
                commandBuffer().use(table);
                residency = residency.with(table.memory());
            }
            case MTLIndirectCommandBuffer commands -> {
                commandBuffer().use(commands);
                residency = residency.with(commands.memory());
            }
            default -> commandBuffer().use(resource);
        }
    }

    @Selector("useResources:count:usage:")
    void useResources(MemorySegment resources, long count, long usage) {
        for (var resource : requiredObjects(MTLResource.class, resources, count)) {
            useResource(resource, usage);
        }
    }

    @Selector("useHeap:")
    void useHeap(MTLHeap heap) {
        requireOpen();
        requireSameDevice(heap);
        commandBuffer().use(heap);
        residency = residency.with(heap);
    }

    @Selector("useHeaps:count:")
    void useHeaps(MemorySegment heaps, long count) {
        requiredObjects(MTLHeap.class, heaps, count).forEach(this::useHeap);
    }

    @Selector("dispatchThreads:threadsPerThreadgroup:")
    void dispatchThreads(Size threads, Size threadsPerThreadgroup) {
        check(threadsPerThreadgroup);
        requireGrid("threads", threads, new Size(1, 1, 1));
        encode(Dispatch.ofThreads(threads, threadsPerThreadgroup));
    }

    @Selector("dispatchThreadgroups:threadsPerThreadgroup:")
    void dispatchThreadgroups(Size threadgroups, Size threadsPerThreadgroup) {
        check(threadsPerThreadgroup);
        requireGrid("threadgroups", threadgroups, threadsPerThreadgroup);
        encode(Dispatch.ofThreadgroups(threadgroups, threadsPerThreadgroup));
    }

    @Selector("dispatchThreadgroupsWithIndirectBuffer:indirectBufferOffset:threadsPerThreadgroup:")
    void dispatchIndirect(MTLBuffer buffer, long offset, Size threadsPerThreadgroup) {
        check(threadsPerThreadgroup);
        requireSameDevice(buffer);
        if (offset % 4 != 0) {
            throw refused(ViolationKind.MISALIGNED, "indirectBufferOffset not a multiple of 4: %d", offset);
        }
        if (!new Range(offset, INDIRECT_BYTES).isWithin(buffer.length())) {
            throw refused(
                    ViolationKind.OUT_OF_RANGE,
                    "12 bytes at indirectBufferOffset not in 0..%d: %s",
                    buffer.length(),
                    Long.toUnsignedString(offset));
        }
        commandBuffer().use(buffer);
        encode(Dispatch.indirect(buffer.gpuBytes().asSlice(offset, INDIRECT_BYTES), threadsPerThreadgroup));
    }

    @Selector("executeCommandsInBuffer:withRange:")
    void executeCommands(MTLIndirectCommandBuffer commands, Range range) {
        requireOpen();
        commands.requireWithin(range);
        execute(commands, () -> range);
    }

    @Selector("executeCommandsInBuffer:indirectBuffer:indirectBufferOffset:")
    void executeCommands(MTLIndirectCommandBuffer commands, MTLBuffer range, long offset) {
        requireOpen();
        requireSameDevice(range);
        if (offset % 4 != 0 || !new Range(offset, RANGE_BYTES).isWithin(range.length())) {
            throw refused(
                    ViolationKind.OUT_OF_RANGE,
                    "8 bytes at indirectBufferOffset, a multiple of 4, not in 0..%d: %s",
                    range.length(),
                    Long.toUnsignedString(offset));
        }
        commandBuffer().use(range);
        var bytes = range.gpuBytes().asSlice(offset, RANGE_BYTES);
        execute(
                commands,
                () -> new Range(
                        Integer.toUnsignedLong(bytes.get(ValueLayout.JAVA_INT, 0)),
                        Integer.toUnsignedLong(bytes.get(ValueLayout.JAVA_INT, 4))));
    }

    private void execute(MTLIndirectCommandBuffer commands, Supplier<Range> range) {
        requireSameDevice(commands);
        commandBuffer().use(commands);
        var inherited = new IndirectExecution.Inherited(pipeline, bindings.everyBuffer(), bindings.everyLength());
        dispatches.add(new IndirectExecution(
                commands, range, inherited, resolver(), commandBuffer().log())::run);
    }

    /** Resolves addresses for what was encoded so far. */
    private AddressResolver resolver() {
        return residency.resolver(
                gpu(), commandBuffer()::residencySets, runtime().violations());
    }

    @Selector("memoryBarrierWithScope:")
    void memoryBarrier(long scope) {
        requireOpen();
        if ((scope & ~7) != 0 || scope == 0) {
            throw refused(ViolationKind.BAD_ARGUMENT, "not a barrier scope: %d", scope);
        }
        dispatches.barrier(scope);
    }

    @Selector("memoryBarrierWithResources:count:")
    void memoryBarrier(MemorySegment resources, long count) {
        requireOpen();
        dispatches.barrier(requiredObjects(MTLResource.class, resources, count));
    }

    private void check(Size threadsPerThreadgroup) {
        requireOpen();
        new DispatchCheck(this, pipeline, bindings).check(threadsPerThreadgroup);
    }

    /** Refuses a grid without threads, or with more in one dimension than a kernel can count. */
    private void requireGrid(String name, Size size, Size each) {
        boolean countable = size.isPositive(Integer.MAX_VALUE)
                && size.width() * each.width() <= Integer.MAX_VALUE
                && size.height() * each.height() <= Integer.MAX_VALUE
                && size.depth() * each.depth() <= Integer.MAX_VALUE;
        if (!countable) {
            throw refused(
                    ViolationKind.BAD_ARGUMENT,
                    "%s not in 1..%d threads in each dimension: %s",
                    name,
                    Integer.MAX_VALUE,
                    size);
        }
    }

    private void encode(Supplier<Optional<Grid>> grid) {
        var arguments = pipeline.kernel().arguments();
        var resources = pipeline.kernel().resources();
        dispatches.add(new Dispatch(
                pipeline.kernel(),
                bindings.buffersFor(arguments),
                bindings.lengthsFor(arguments),
                bindings.texturesFor(resources),
                bindings.samplersFor(resources),
                grid,
                resolver(),
                pipeline.logs() ? commandBuffer().log() : LogSink.NONE)::run);
    }

    private void use(MTLBuffer buffer) {
        commandBuffer().use(buffer);
        residency = residency.with(buffer.gpuMemory());
    }

    private void requireSlot(long index) {
        requireIndex(index, ComputeBindings.SLOTS);
    }

    private void requireOffset(MTLBuffer buffer, long offset) {
        if (offset < 0 || offset >= buffer.length()) {
            throw refused(
                    ViolationKind.OUT_OF_RANGE,
                    "offset not in 0..%d: %s",
                    buffer.length() - 1,
                    Long.toUnsignedString(offset));
        }
    }

    private <T extends NSObject> List<T> requiredObjects(Class<T> type, MemorySegment array, long count) {
        var objects = ObjectRuntime.objects(type, array, count);
        if (objects.contains(null)) {
            throw refused(ViolationKind.NIL_ARGUMENT, "nil among %d objects", count);
        }
        return objects;
    }
}
