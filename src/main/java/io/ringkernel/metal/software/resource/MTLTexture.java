package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.msl.texture.Handle;
import io.ringkernel.metal.msl.texture.Permissions;
import io.ringkernel.metal.msl.texture.Region;
import io.ringkernel.metal.msl.texture.Swizzle;
import io.ringkernel.metal.msl.texture.Texture;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;

/** Texels in memory of their own, in a heap, in a buffer, or a view of another texture's. */
public final class MTLTexture extends MTLResource {
    /** What of a descriptor a texture keeps beside its shape. */
    private record Traits(long usage, boolean allowsOptimizedContents, long compressionType) {
        private static Traits of(MTLTextureDescriptor descriptor) {
            return new Traits(descriptor.usage(), descriptor.allowGpuOptimizedContents(), descriptor.compressionType());
        }
    }

    private final TextureContents contents;
    private final Traits traits;
    private final Strong<MTLTexture> parent = new Strong<>();
    private final Strong<MTLBuffer> buffer = new Strong<>();
    private TextureRange parentRange = new TextureRange(0, 0);
    private long bufferOffset;
    private long bufferBytesPerRow;

    /** Where a view begins in its parent. */
    private record TextureRange(long level, long slice) {}

    private MTLTexture(ResourcePlace place, TextureContents contents, Traits traits) {
        super(place.origin(), place.options(), place.heap(), place.heapOffset());
        this.contents = contents;
        this.traits = traits;
        contents.gpu().permit(Permissions.of(shape(), traits.usage(), TextureLimits.device(gpu())));
        Handle.TEXTURES.add(contents.gpu());
    }

    /** What a resource's memory is. */
    private record ResourcePlace(Origin origin, ResourceOptions options, MTLHeap heap, long heapOffset) {}

    /** A texture in memory of its own, or null when the device has none left. */
    public static MTLTexture create(Origin origin, MTLTextureDescriptor descriptor) {
        var rules = new TextureRules(origin.gpu(), descriptor);
        var shape = rules.check();
        var options = rules.options();
        return GpuMemory.allocate(origin.gpu(), Texture.byteSize(shape))
                .map(memory -> new MTLTexture(
                        new ResourcePlace(origin, options, null, 0),
                        TextureContents.in(memory, shape, descriptor.swizzle(), options),
                        Traits.of(descriptor)))
                .orElse(null);
    }

    /** The bytes that a texture as described takes. */
    public static long byteSize(Origin origin, MTLTextureDescriptor descriptor) {
        return Texture.byteSize(new TextureRules(origin.gpu(), descriptor).check());
    }

    /** A texture that is part of a heap, which has checked that its options fit. */
    static MTLTexture inHeap(
            MTLHeap heap, MTLTextureDescriptor descriptor, ResourceOptions options, long offset, MemorySegment part) {
        var shape = new TextureRules(heap.gpu(), descriptor).check();
        return new MTLTexture(
                new ResourcePlace(heap.origin(), options, heap, offset),
                TextureContents.in(GpuMemory.view(heap.gpu(), part), shape, descriptor.swizzle(), options),
                Traits.of(descriptor));
    }

    /** A texture over the bytes of a buffer. */
    static MTLTexture inBuffer(MTLBuffer buffer, MTLTextureDescriptor descriptor, long offset, long bytesPerRow) {
        var shape = new TextureRules(buffer.gpu(), descriptor).check();
        new LinearTextureRules(buffer, shape, offset, bytesPerRow).check(descriptor);
        var bytes = buffer.gpuBytes().asSlice(offset);
        var texture = new MTLTexture(
                new ResourcePlace(buffer.origin(), buffer.options(), buffer.heap(), buffer.heapOffset()),
                TextureContents.linear(bytes, shape, bytesPerRow, descriptor.swizzle()),
                Traits.of(descriptor));
        texture.buffer.set(buffer);
        texture.bufferOffset = offset;
        texture.bufferBytesPerRow = bytesPerRow;
        return texture;
    }

    /** What kernels and blits see. */
    public Texture texture() {
        return contents.gpu();
    }

    public TextureShape shape() {
        return contents.gpu().shape();
    }

    @Selector("usage")
    public long usage() {
        return traits.usage();
    }

    /** The memory of the texels, or null when it is a buffer's or a heap's. */
    public MTLResource root() {
        if (buffer.get() != null) {
            return buffer.get();
        }
        return parent.get() == null ? this : parent.get().root();
    }

    /** What a blit's {@code synchronizeTexture:slice:level:} does: the CPU's copy becomes the GPU's. */
    public void synchronizeForCpu(int slice, int level) {
        var shape = shape();
        var whole = new Region(0, 0, 0, shape.width(level), shape.height(level), shape.depth(level));
        contents.gpu().copy(whole, level, slice, contents.cpu(), new Texture.TexelPosition(0, 0, 0, slice, level));
    }

    @Override
    public boolean isManaged() {
        return options().isManaged();
    }

    @Override
    public void synchronizeForCpu() {
        for (int slice = 0; slice < shape().slices(); slice++) {
            for (int level = 0; level < shape().levels(); level++) {
                synchronizeForCpu(slice, level);
            }
        }
    }

    @Selector("replaceRegion:mipmapLevel:slice:withBytes:bytesPerRow:bytesPerImage:")
    void replace(Region region, long level, long slice, MemorySegment bytes, long bytesPerRow, long bytesPerImage) {
        var transfer = new TextureTransfer(this, region, level, slice).ofCpu(bytes, bytesPerRow, bytesPerImage);
        transfer.replace(contents.cpu());
        if (contents.gpu() != contents.cpu()) {
            transfer.replace(contents.gpu());
        }
    }

    @Selector("replaceRegion:mipmapLevel:withBytes:bytesPerRow:")
    void replace(Region region, long level, MemorySegment bytes, long bytesPerRow) {
        replace(region, level, 0, bytes, bytesPerRow, 0);
    }

    @Selector("getBytes:bytesPerRow:bytesPerImage:fromRegion:mipmapLevel:slice:")
    void getBytes(MemorySegment bytes, long bytesPerRow, long bytesPerImage, Region region, long level, long slice) {
        new TextureTransfer(this, region, level, slice)
                .ofCpu(bytes, bytesPerRow, bytesPerImage)
                .get(contents.cpu());
    }

    @Selector("getBytes:bytesPerRow:fromRegion:mipmapLevel:")
    void getBytes(MemorySegment bytes, long bytesPerRow, Region region, long level) {
        getBytes(bytes, bytesPerRow, 0, region, level, 0);
    }

    @Selector("newTextureViewWithPixelFormat:")
    MTLTexture newView(long pixelFormat) {
        return newView(pixelFormat, textureType(), new Range(0, shape().levels()), new Range(0, shape().slices()));
    }

    @Selector("newTextureViewWithPixelFormat:textureType:levels:slices:")
    MTLTexture newView(long pixelFormat, long textureType, Range levels, Range slices) {
        return newView(pixelFormat, textureType, levels, slices, Swizzle.IDENTITY);
    }

    @Selector("newTextureViewWithPixelFormat:textureType:levels:slices:swizzle:")
    MTLTexture newView(long pixelFormat, long textureType, Range levels, Range slices, Swizzle swizzle) {
        var seen = new ViewRules(this, pixelFormat, textureType).check(levels, slices);
        require(swizzle.isValid(), ViolationKind.BAD_ARGUMENT, "not a texture swizzle: %s", swizzle);
        var view = new MTLTexture(
                new ResourcePlace(origin(), options(), heap(), heapOffset()),
                contents.view(seen, (int) levels.location(), (int) slices.location(), swizzle),
                traits);
        view.parent.set(this);
        view.parentRange = new TextureRange(levels.location(), slices.location());
        if (buffer.get() != null) {
            view.buffer.set(buffer.get());
            view.bufferOffset = bufferOffset;
            view.bufferBytesPerRow = bufferBytesPerRow;
        }
        return view;
    }

    @Selector("textureType")
    long textureType() {
        return shape().type().code();
    }

    @Selector("pixelFormat")
    long pixelFormat() {
        return shape().format().code();
    }

    @Selector("width")
    long width() {
        return shape().width();
    }

    @Selector("height")
    long height() {
        return shape().height();
    }

    @Selector("depth")
    long depth() {
        return shape().depth();
    }

    @Selector("mipmapLevelCount")
    long mipmapLevelCount() {
        return shape().levels();
    }

    @Selector("sampleCount")
    long sampleCount() {
        return shape().samples();
    }

    @Selector("arrayLength")
    long arrayLength() {
        return shape().arrayLength();
    }

    @Selector("swizzle")
    Swizzle swizzle() {
        return contents.gpu().swizzle();
    }

    @Selector("allowGPUOptimizedContents")
    boolean allowGpuOptimizedContents() {
        return traits.allowsOptimizedContents();
    }

    @Selector("compressionType")
    long compressionType() {
        return traits.compressionType();
    }

    @Selector("isFramebufferOnly")
    boolean isFramebufferOnly() {
        return false;
    }

    @Selector("isShareable")
    boolean isShareable() {
        return false;
    }

    @Selector("parentTexture")
    MTLTexture parentTexture() {
        return parent.get();
    }

    @Selector("parentRelativeLevel")
    long parentRelativeLevel() {
        return parentRange.level();
    }

    @Selector("parentRelativeSlice")
    long parentRelativeSlice() {
        return parentRange.slice();
    }

    @Selector("buffer")
    MTLBuffer buffer() {
        return buffer.get();
    }

    @Selector("bufferOffset")
    long bufferOffset() {
        return bufferOffset;
    }

    @Selector("bufferBytesPerRow")
    long bufferBytesPerRow() {
        return bufferBytesPerRow;
    }

    @Selector("gpuResourceID")
    MemorySegment gpuResourceId() {
        return Structs.oneLong(contents.gpu().handle());
    }

    @Override
    protected long allocatedSize() {
        return GpuMemory.roundUp(Texture.byteSize(shape()), GpuMemory.PAGE_SIZE);
    }

    /** A texture of a heap owns its part of it; a view and a texture over a buffer own nothing. */
    @Override
    protected boolean ownsHeapPart() {
        return parent.get() == null && buffer.get() == null;
    }

    @Override
    protected void dealloc() {
        Handle.TEXTURES.remove(contents.gpu());
        contents.free();
        super.dealloc();
        parent.clear();
        buffer.clear();
    }
}
