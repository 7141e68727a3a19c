package io.ringkernel.metal.software.indirect;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.resource.ResourceOptions;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;

/** Commands in memory. It keeps neither pipelines nor buffers alive. */
public final class MTLIndirectCommandBuffer extends MTLResource {
    private static final long MOST_COMMANDS = 1 << 20;

    private final CommandLayout layout;
    private final long size;
    private final GpuMemory memory;

    private MTLIndirectCommandBuffer(
            Origin origin, long optionBits, CommandLayout layout, long size, GpuMemory memory) {
        super(origin, ResourceOptions.of(optionBits), null, 0);
        this.layout = layout;
        this.size = size;
        this.memory = memory;
        layout.describe(memory, size);
        memory.map(this::label);
    }

    /** Commands as described, or null when the device has no memory left. */
    public static MTLIndirectCommandBuffer create(
            Origin origin, MTLIndirectCommandBufferDescriptor descriptor, long count, long optionBits) {
        require(
                count >= 1 && count <= MOST_COMMANDS,
                ViolationKind.BAD_ARGUMENT,
                "maxCommandCount not in 1..%d: %s",
                MOST_COMMANDS,
                Long.toUnsignedString(count));
        var layout = descriptor.layout();
        return GpuMemory.allocate(origin.gpu(), layout.byteSize(count))
                .map(memory -> new MTLIndirectCommandBuffer(origin, optionBits, layout, count, memory))
                .orElse(null);
    }

    /** Its memory, as kernels know it. */
    public GpuMemory memory() {
        return memory;
    }

    CommandLayout layout() {
        return layout;
    }

    CommandRecord command(long index) {
        return new CommandRecord(layout.record(memory.segment(), index), layout);
    }

    @Selector("size")
    public long size() {
        return size;
    }

    @Selector("gpuResourceID")
    MemorySegment gpuResourceId() {
        return Structs.oneLong(memory.segment().address());
    }

    @Selector("indirectComputeCommandAtIndex:")
    MTLIndirectComputeCommand indirectComputeCommand(long index) {
        requireCpu();
        require(
                index >= 0 && index < size,
                ViolationKind.OUT_OF_RANGE,
                "index not in 0..%d: %s",
                size - 1,
                Long.toUnsignedString(index));
        return runtime().autorelease(new MTLIndirectComputeCommand(this, command(index)));
    }

    @Selector("resetWithRange:")
    void resetWithRange(Range range) {
        requireCpu();
        requireWithin(range);
        reset(range);
    }

    private void requireCpu() {
        require(!options().isPrivate(), ViolationKind.STORAGE_MODE, "the CPU encodes no private commands: %s", this);
    }

    /** Refuses a range that is not inside. */
    public void requireWithin(Range range) {
        require(range.isWithin(size), ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", size, range);
    }

    /** Makes commands do nothing. */
    public void reset(Range range) {
        for (long i = 0; i < range.length(); i++) {
            command(range.location() + i).reset();
        }
    }

    /** Refuses to copy to commands that bind other things. */
    public void requireSameLayout(MTLIndirectCommandBuffer other) {
        require(
                layout.equals(other.layout),
                ViolationKind.BAD_ARGUMENT,
                "copies commands between buffers that were described differently: %s, %s",
                this,
                other);
    }

    /** Copies commands to others of the same layout. */
    public void copy(Range range, MTLIndirectCommandBuffer target, long index) {
        for (long i = 0; i < range.length(); i++) {
            target.command(index + i)
                    .words()
                    .copyFrom(command(range.location() + i).words());
        }
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

    @Override
    protected void dealloc() {
        memory.free();
        super.dealloc();
    }
}
