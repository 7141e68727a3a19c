package io.ringkernel.metal.software.command;

import io.ringkernel.metal.msl.texture.Mipmaps;
import io.ringkernel.metal.msl.texture.Region;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Size;
import io.ringkernel.metal.software.gpu.Recovery;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBuffer;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.resource.TextureLimits;
import io.ringkernel.metal.software.resource.TextureStructs.TextureOrigin;
import io.ringkernel.metal.software.resource.TextureTransfer;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Copies and fills buffers and textures, and brings what the GPU wrote into managed ones to the CPU. */
public final class MTLBlitCommandEncoder extends MTLCommandEncoder {
    /** GPUs of the family Mac2 move whole words. */
    private static final long MAC_ALIGNMENT = 4;

    private final List<Runnable> commands = new ArrayList<>();

    MTLBlitCommandEncoder(MTLCommandBuffer commandBuffer) {
        super(commandBuffer);
    }

    @Override
    Consumer<Recovery.Work> work() {
        var recorded = List.copyOf(commands);
        return _ -> recorded.forEach(Runnable::run);
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
        requireManaged(resource);
        commandBuffer().use(resource);
        commands.add(resource::synchronizeForCpu);
    }

    @Selector("synchronizeTexture:slice:level:")
    void synchronizeTexture(MTLTexture texture, long slice, long level) {
        use(texture);
        requireManaged(texture);
        requireExists(texture, slice, level);
        commands.add(() -> texture.synchronizeForCpu((int) slice, (int) level));
    }

    private void requireManaged(MTLResource resource) {
        if (!resource.isManaged()) {
            throw refused(
                    ViolationKind.STORAGE_MODE,
                    "synchronizes a resource that is not managed with the CPU: %s",
                    resource);
        }
    }

    @Selector("copyFromTexture:toTexture:")
    void copy(MTLTexture source, MTLTexture target) {
        use(source);
        use(target);
        commands.add(TextureBlits.copyAll(source, target));
    }

    @Selector("copyFromTexture:sourceSlice:sourceLevel:toTexture:destinationSlice:destinationLevel:"
            + "sliceCount:levelCount:")
    void copy(
            MTLTexture source,
            long sourceSlice,
            long sourceLevel,
            MTLTexture target,
            long targetSlice,
            long targetLevel,
            long sliceCount,
            long levelCount) {
        use(source);
        use(target);
        commands.add(TextureBlits.copy(
                new TextureBlits.Part(source, sourceSlice, sourceLevel, sliceCount, levelCount),
                new TextureBlits.Part(target, targetSlice, targetLevel, sliceCount, levelCount)));
    }

    @Selector("copyFromTexture:sourceSlice:sourceLevel:sourceOrigin:sourceSize:"
            + "toTexture:destinationSlice:destinationLevel:destinationOrigin:")
    void copy(
            MTLTexture source,
            long sourceSlice,
            long sourceLevel,
            TextureOrigin sourceOrigin,
            Size size,
            MTLTexture target,
            long targetSlice,
            long targetLevel,
            TextureOrigin targetOrigin) {
        use(source);
        use(target);
        var from = new TextureTransfer(source, region(sourceOrigin, size), sourceLevel, sourceSlice);
        var to = new TextureTransfer(target, region(targetOrigin, size), targetLevel, targetSlice);
        commands.add(TextureBlits.copy(source, from, target, to));
    }

    @Selector("copyFromBuffer:sourceOffset:sourceBytesPerRow:sourceBytesPerImage:sourceSize:"
            + "toTexture:destinationSlice:destinationLevel:destinationOrigin:")
    void copy(
            MTLBuffer source,
            long offset,
            long bytesPerRow,
            long bytesPerImage,
            Size size,
            MTLTexture target,
            long slice,
            long level,
            TextureOrigin origin) {
        use(target);
        requireSameDevice(source);
        commandBuffer().use(source);
        var transfer = new TextureTransfer(target, region(origin, size), level, slice)
                .ofBuffer(source, offset, bytesPerRow, bytesPerImage);
        commands.add(() -> transfer.replace(target.texture()));
    }

    @Selector("copyFromBuffer:sourceOffset:sourceBytesPerRow:sourceBytesPerImage:sourceSize:"
            + "toTexture:destinationSlice:destinationLevel:destinationOrigin:options:")
    void copy(
            MTLBuffer source,
            long offset,
            long bytesPerRow,
            long bytesPerImage,
            Size size,
            MTLTexture target,
            long slice,
            long level,
            TextureOrigin origin,
            long options) {
        TextureBlits.requireNoOption(options);
        copy(source, offset, bytesPerRow, bytesPerImage, size, target, slice, level, origin);
    }

    @Selector("copyFromTexture:sourceSlice:sourceLevel:sourceOrigin:sourceSize:"
            + "toBuffer:destinationOffset:destinationBytesPerRow:destinationBytesPerImage:")
    void copy(
            MTLTexture source,
            long slice,
            long level,
            TextureOrigin origin,
            Size size,
            MTLBuffer target,
            long offset,
            long bytesPerRow,
            long bytesPerImage) {
        use(source);
        requireSameDevice(target);
        commandBuffer().use(target);
        var transfer = new TextureTransfer(source, region(origin, size), level, slice)
                .ofBuffer(target, offset, bytesPerRow, bytesPerImage);
        commands.add(() -> transfer.get(source.texture()));
    }

    @Selector("copyFromTexture:sourceSlice:sourceLevel:sourceOrigin:sourceSize:"
            + "toBuffer:destinationOffset:destinationBytesPerRow:destinationBytesPerImage:options:")
    void copy(
            MTLTexture source,
            long slice,
            long level,
            TextureOrigin origin,
            Size size,
            MTLBuffer target,
            long offset,
            long bytesPerRow,
            long bytesPerImage,
            long options) {
        TextureBlits.requireNoOption(options);
        copy(source, slice, level, origin, size, target, offset, bytesPerRow, bytesPerImage);
    }

    @Selector("generateMipmapsForTexture:")
    void generateMipmaps(MTLTexture texture) {
        use(texture);
        var shape = texture.shape();
        if (shape.levels() == 1) {
            throw refused(ViolationKind.BAD_ARGUMENT, "generates mipmaps of a texture with one level: %s", texture);
        }
        if (!shape.format().isMipmapped(TextureLimits.device(gpu()))) {
            throw refused(ViolationKind.BAD_ARGUMENT, "generates mipmaps of the pixel format %s", shape.format());
        }
        commands.add(() -> Mipmaps.generate(texture.texture()));
    }

    @Selector("optimizeContentsForGPUAccess:")
    void optimizeForGpu(MTLTexture texture) {
        use(texture);
    }

    @Selector("optimizeContentsForGPUAccess:slice:level:")
    void optimizeForGpu(MTLTexture texture, long slice, long level) {
        use(texture);
        requireExists(texture, slice, level);
    }

    @Selector("optimizeContentsForCPUAccess:")
    void optimizeForCpu(MTLTexture texture) {
        use(texture);
    }

    @Selector("optimizeContentsForCPUAccess:slice:level:")
    void optimizeForCpu(MTLTexture texture, long slice, long level) {
        use(texture);
        requireExists(texture, slice, level);
    }

    @Selector("resetCommandsInBuffer:withRange:")
    void resetCommands(MTLIndirectCommandBuffer buffer, Range range) {
        use(buffer, range);
        commands.add(() -> buffer.reset(range));
    }

    @Selector("copyIndirectCommandBuffer:sourceRange:destination:destinationIndex:")
    void copyCommands(MTLIndirectCommandBuffer source, Range range, MTLIndirectCommandBuffer target, long index) {
        use(source, range);
        use(target, new Range(index, range.length()));
        source.requireSameLayout(target);
        commands.add(() -> source.copy(range, target, index));
    }

    @Selector("optimizeIndirectCommandBuffer:withRange:")
    void optimizeCommands(MTLIndirectCommandBuffer buffer, Range range) {
        use(buffer, range);
    }

    private void use(MTLIndirectCommandBuffer buffer, Range range) {
        requireOpen();
        requireSameDevice(buffer);
        buffer.requireWithin(range);
        commandBuffer().use(buffer);
    }

    private static Region region(TextureOrigin origin, Size size) {
        return new Region(origin.x(), origin.y(), origin.z(), size.width(), size.height(), size.depth());
    }

    private void requireExists(MTLTexture texture, long slice, long level) {
        var shape = texture.shape();
        if (slice < 0 || slice >= shape.slices() || level < 0 || level >= shape.levels()) {
            throw refused(ViolationKind.OUT_OF_RANGE, "slice %d, level %d not in %s", slice, level, texture);
        }
    }

    private void use(MTLTexture texture) {
        requireOpen();
        requireSameDevice(texture);
        commandBuffer().use(texture);
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
