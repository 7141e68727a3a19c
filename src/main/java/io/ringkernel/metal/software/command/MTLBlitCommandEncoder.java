package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Copies and fills buffers, and brings what the GPU wrote into managed buffers to the CPU. */
public final class MTLBlitCommandEncoder extends MTLCommandEncoder {
    /** GPUs of the family Mac2 move whole words. */
    private static final long MAC_ALIGNMENT = 4;

    private final List<Runnable> commands = new ArrayList<>();

    MTLBlitCommandEncoder(MTLCommandBuffer commandBuffer) {
        super(commandBuffer);
    }

    @Override
    Runnable work() {
        var recorded = List.copyOf(commands);
        return () -> recorded.forEach(Runnable::run);
    }

    @Selector("copyFromBuffer:sourceOffset:toBuffer:destinationOffset:size:")
    void copy(MTLBuffer source, long sourceOffset, MTLBuffer target, long targetOffset, long byteSize) {
        var from = new Range(sourceOffset, byteSize);
        var to = new Range(targetOffset, byteSize);
        use(source, from);
        use(target, to);
        boolean overlaps =
                source == target && sourceOffset < targetOffset + byteSize && targetOffset < sourceOffset + byteSize;
        if (overlaps) {
            throw refused(ViolationKind.BAD_ARGUMENT, "copies onto itself: %s to %s of %s", from, to, source);
        }
        var sourceBytes = source.gpuBytes().asSlice(sourceOffset, byteSize);
        var targetBytes = target.gpuBytes().asSlice(targetOffset, byteSize);
        commands.add(() -> MemorySegment.copy(sourceBytes, 0, targetBytes, 0, byteSize));
    }

    @Selector("fillBuffer:range:value:")
    void fill(MTLBuffer buffer, Range range, int value) {
        use(buffer, range);
        if (range.length() == 0) {
            throw refused(ViolationKind.BAD_ARGUMENT, "fills nothing: %s", range);
        }
        if ((value & ~0xff) != 0) {
            throw refused(ViolationKind.BAD_ARGUMENT, "value not in 0..255: %d", value);
        }
        var bytes = buffer.gpuBytes().asSlice(range.location(), range.length());
        commands.add(() -> bytes.fill((byte) value));
    }

    @Selector("synchronizeResource:")
    void synchronizeResource(MTLResource resource) {
        requireOpen();
        requireSameDevice(resource);
        if (!(resource instanceof MTLBuffer buffer) || !buffer.isManaged()) {
            throw refused(
                    ViolationKind.STORAGE_MODE,
                    "synchronizeResource: with a resource that is not managed: %s",
                    resource);
        }
        commandBuffer().use(resource);
        commands.add(buffer::synchronizeForCpu);
    }

    private void use(MTLBuffer buffer, Range range) {
        requireOpen();
        requireSameDevice(buffer);
        if (!range.isWithin(buffer.length())) {
            throw refused(ViolationKind.OUT_OF_RANGE, "range not in 0..%d: %s", buffer.length(), range);
        }
        boolean aligned = gpu().configuration().identity().unifiedMemory()
                || (range.location() | range.length()) % MAC_ALIGNMENT == 0;
        if (!aligned) {
            throw refused(ViolationKind.MISALIGNED, "range not a multiple of %d: %s", MAC_ALIGNMENT, range);
        }
        commandBuffer().use(buffer);
    }
}
