package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.resource.ResourceOptions;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Visible functions that kernels of one pipeline call by index. In memory it is 64-bit numbers: how many entries there
 * are, then for each the number of its function, or 0.
 */
public final class MTLVisibleFunctionTable extends MTLResource {
    private static final long MOST = 1 << 20;

    private final Strong<MTLComputePipelineState> pipeline;
    private final GpuMemory memory;

    private MTLVisibleFunctionTable(MTLComputePipelineState pipeline, GpuMemory memory) {
        super(pipeline.origin(), ResourceOptions.of(0), null, 0);
        this.pipeline = new Strong<>(pipeline);
        this.memory = memory;
        memory.map(this::label);
    }

    /** A table without functions, or null when the device has no memory left. */
    static MTLVisibleFunctionTable create(MTLComputePipelineState pipeline, long functionCount) {
        require(
                functionCount >= 1 && functionCount <= MOST,
                ViolationKind.BAD_ARGUMENT,
                "functionCount not in 1..%d: %s",
                MOST,
                Long.toUnsignedString(functionCount));
        return GpuMemory.allocate(pipeline.gpu(), (1 + functionCount) * Long.BYTES)
                .map(memory -> {
                    memory.segment().set(ValueLayout.JAVA_LONG, 0, functionCount);
                    return new MTLVisibleFunctionTable(pipeline, memory);
                })
                .orElse(null);
    }

    /** The pipeline whose kernel can call its functions. */
    public MTLComputePipelineState pipeline() {
        return pipeline.get();
    }

    /** Its memory, as kernels read it. */
    public GpuMemory memory() {
        return memory;
    }

    private long functionCount() {
        return memory.segment().get(ValueLayout.JAVA_LONG, 0);
    }

    @Selector("gpuResourceID")
    MemorySegment gpuResourceId() {
        return Structs.oneLong(memory.segment().address());
    }

    @Override
    protected long allocatedSize() {
        return GpuMemory.roundUp(memory.segment().byteSize(), GpuMemory.PAGE_SIZE);
    }

    @Override
    public boolean isManaged() {
        return false;
    }

    @Override
    public void synchronizeForCpu() {
        // The CPU writes it and never reads it.
    }

    @Selector("setFunction:atIndex:")
    void setFunction(@Nullable MTLFunctionHandle function, long index) {
        require(
                index >= 0 && index < functionCount(),
                ViolationKind.OUT_OF_RANGE,
                "index not in 0..%d: %s",
                functionCount() - 1,
                Long.toUnsignedString(index));
        require(
                function == null || function.pipeline() == pipeline.get(),
                ViolationKind.BAD_ARGUMENT,
                "a function handle of another pipeline: %s",
                function);
        memory.segment().setAtIndex(ValueLayout.JAVA_LONG, 1 + index, function == null ? 0 : function.number());
    }

    @Selector("setFunctions:withRange:")
    void setFunctions(MemorySegment functions, Range range) {
        require(
                range.isWithin(functionCount()),
                ViolationKind.OUT_OF_RANGE,
                "range not in 0..%d: %s",
                functionCount(),
                range);
        var handles = ObjectRuntime.objects(MTLFunctionHandle.class, functions, range.length());
        for (int i = 0; i < handles.size(); i++) {
            setFunction(handles.get(i), range.location() + i);
        }
    }

    @Override
    protected void dealloc() {
        memory.free();
        pipeline.clear();
        super.dealloc();
    }
}
