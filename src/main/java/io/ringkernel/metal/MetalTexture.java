package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow;
import io.ringkernel.metal.bindings.MTLDevice_newTextureWithDescriptor;
import io.ringkernel.metal.bindings.MTLHeap_newTextureWithDescriptor;
import io.ringkernel.metal.bindings.MTLHeap_newTextureWithDescriptor_offset;
import io.ringkernel.metal.bindings.MTLResourceID;
import io.ringkernel.metal.bindings.MTLTexture_getBytes_bytesPerRow_bytesPerImage_fromRegion_mipmapLevel_slice;
import io.ringkernel.metal.bindings.MTLTexture_gpuResourceID;
import io.ringkernel.metal.bindings.MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices_swizzle;
import io.ringkernel.metal.bindings.MTLTexture_replaceRegion_mipmapLevel_slice_withBytes_bytesPerRow_bytesPerImage;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Texels that kernels read, write and sample ({@code MTLTexture}). What the texels are at first is undefined.
 *
 * <p><b>Copies by the CPU</b> happen at once, and wait for no command buffer. Texels lie in memory row by row, slice by
 * slice, without padding; they are moved as they are stored, never converted.
 *
 * <p><b>Slices</b> are elements of an array; of cubes, faces: face + 6 × cube, in the order +x, -x, +y, -y, +z, -z.
 */
public final class MetalTexture extends MetalResource {
    private static final Message NEW_ON_DEVICE = Message.of(MTLDevice_newTextureWithDescriptor.class);
    private static final Message NEW_IN_HEAP = Message.of(MTLHeap_newTextureWithDescriptor.class);
    private static final Message NEW_IN_HEAP_AT = Message.of(MTLHeap_newTextureWithDescriptor_offset.class);
    private static final Message NEW_OVER_BUFFER =
            Message.of(MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow.class);
    private static final Message NEW_VIEW =
            Message.of(MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices_swizzle.class);
    private static final Message REPLACE =
            Message.of(MTLTexture_replaceRegion_mipmapLevel_slice_withBytes_bytesPerRow_bytesPerImage.class);
    private static final Message GET_BYTES =
            Message.of(MTLTexture_getBytes_bytesPerRow_bytesPerImage_fromRegion_mipmapLevel_slice.class);
    private static final Message RESOURCE_ID = Message.of(MTLTexture_gpuResourceID.class);

    private final MetalTextureDescriptor descriptor;

    private MetalTexture(
            Retained retained, MetalDevice device, MetalTextureDescriptor descriptor, MetalStorageMode mode) {
        super(retained, device, mode);
        this.descriptor = descriptor;
    }

    static MetalTexture allocate(MetalDevice device, MetalTextureDescriptor descriptor) {
        var usual = device.hasUnifiedMemory() ? MetalStorageMode.SHARED : MetalStorageMode.MANAGED;
        var mode = descriptor.storageMode().orElse(usual);
        if (mode != usual && mode != MetalStorageMode.PRIVATE) {
            throw new IllegalArgumentException(
                    "textures of " + device + " are " + usual + " or " + MetalStorageMode.PRIVATE + ": " + mode);
        }
        var send = device.objc().bind(NEW_ON_DEVICE);
        try (var receiver = device.receiver();
                var object = descriptor.toObject(device.objc(), MetalResourceOptions.of(mode))) {
            var texture = MTLDevice_newTextureWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), object.id());
            return new MetalTexture(kept(device.objc(), NEW_ON_DEVICE, texture), device, descriptor, mode);
        }
    }

    static MetalTexture inHeap(MetalHeap heap, MetalDevice device, MetalTextureDescriptor descriptor) {
        var options = heap.descriptor().options();
        requireStorage(descriptor, options.storageMode(), "the heap");
        var send = heap.objc().bind(NEW_IN_HEAP);
        try (var receiver = heap.receiver();
                var object = descriptor.toObject(heap.objc(), options)) {
            var texture = MTLHeap_newTextureWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), object.id());
            if (ObjectiveC.isNil(texture)) {
                throw new OutOfMemoryException("no room in the heap for " + descriptor);
            }
            return new MetalTexture(
                    Retained.of(heap.objc(), NEW_IN_HEAP, texture), device, descriptor, options.storageMode());
        }
    }

    static MetalTexture inHeap(MetalHeap heap, MetalDevice device, MetalTextureDescriptor descriptor, long byteOffset) {
        var options = heap.descriptor().options();
        requireStorage(descriptor, options.storageMode(), "the heap");
        var send = heap.objc().bind(NEW_IN_HEAP_AT);
        try (var receiver = heap.receiver();
                var object = descriptor.toObject(heap.objc(), options)) {
            var texture = MTLHeap_newTextureWithDescriptor_offset.invoke(
                    send.function(), receiver.id(), send.selector(), object.id(), byteOffset);
            return new MetalTexture(
                    kept(heap.objc(), NEW_IN_HEAP_AT, texture), device, descriptor, options.storageMode());
        }
    }

    static MetalTexture over(MetalBuffer buffer, MetalTextureDescriptor descriptor, long byteOffset, long rowBytes) {
        requireStorage(descriptor, buffer.storageMode(), "the buffer");
        boolean isBuffer = descriptor.type() == MetalTextureType.TEXTURE_BUFFER;
        if (!isBuffer && descriptor.type() != MetalTextureType.TWO_D || descriptor.mipmapLevels() > 1) {
            throw new IllegalArgumentException(
                    "over a buffer lies a rectangle without mipmaps, or a texture buffer: " + descriptor);
        }
        var device = buffer.device();
        long alignment = isBuffer
                ? device.minimumTextureBufferAlignment(descriptor.format())
                : device.minimumTextureAlignment(descriptor.format());
        long least = descriptor.format().bytesPerRow(descriptor.size().width());
        if (byteOffset % alignment != 0 || rowBytes % alignment != 0 || rowBytes < least) {
            throw new IllegalArgumentException("offset and bytesPerRow are not multiples of " + alignment
                    + " with at least " + least + " bytes per row: " + byteOffset + ", " + rowBytes);
        }
        Objects.checkFromIndexSize(byteOffset, rowBytes * (descriptor.size().height() - 1) + least, buffer.byteSize());
        var send = buffer.objc().bind(NEW_OVER_BUFFER);
        try (var receiver = buffer.receiver();
                var object = descriptor.toObject(buffer.objc(), MetalResourceOptions.of(buffer.storageMode()))) {
            var texture = MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow.invoke(
                    send.function(), receiver.id(), send.selector(), object.id(), byteOffset, rowBytes);
            return new MetalTexture(
                    kept(buffer.objc(), NEW_OVER_BUFFER, texture), device, descriptor, buffer.storageMode());
        }
    }

    private static void requireStorage(MetalTextureDescriptor descriptor, MetalStorageMode mode, String whose) {
        if (descriptor.storageMode().filter(other -> other != mode).isPresent()) {
            throw new IllegalArgumentException("storage is not that of " + whose + ", " + mode + ": "
                    + descriptor.storageMode().orElseThrow());
        }
    }

    /** What the texture is. */
    public MetalTextureDescriptor descriptor() {
        return descriptor;
    }

    /** The shape. */
    public MetalTextureType type() {
        return descriptor.type();
    }

    /** How texels are stored. */
    public MetalPixelFormat format() {
        return descriptor.format();
    }

    /** The number of slices: elements of an array, faces of cubes; 1 for anything else. */
    public int slices() {
        return descriptor.arrayLength() * type().faces();
    }

    /**
     * Texels of a mipmap level in each dimension.
     *
     * @throws IndexOutOfBoundsException if there is no such level
     */
    public MetalSize size(int level) {
        Objects.checkIndex(level, descriptor.mipmapLevels());
        var whole = descriptor.size();
        return MetalSize.of(half(whole.width(), level), half(whole.height(), level), half(whole.depth(), level));
    }

    private static long half(long extent, int level) {
        return Math.max(1, extent >> level);
    }

    /**
     * Copies texels of all of level 0 of slice 0 into the texture.
     *
     * @throws IndexOutOfBoundsException if the segment does not have exactly that size
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void write(MemorySegment texels) {
        write(MetalRegion.of(size(0)), 0, 0, texels);
    }

    /**
     * Copies texels into a region.
     *
     * @throws IndexOutOfBoundsException if the region is not inside the level, there is no such level or slice, or the
     *     segment does not have exactly the region's size
     * @throws IllegalArgumentException if the region does not cover whole blocks of a compressed format
     * @throws UnsupportedOperationException if the storage mode is private, or the texture has several samples
     */
    public void write(MetalRegion region, int level, int slice, MemorySegment texels) {
        long bytes = requireCopy(region, level, slice, texels);
        long image = isThreeD() ? bytes / region.size().depth() : 0;
        var send = objc().bind(REPLACE);
        try (var arena = Arena.ofConfined()) {
            var source = texels.isNative()
                    ? texels
                    : arena.allocate(bytes, Long.BYTES).copyFrom(texels);
            try (var receiver = receiver()) {
                MTLTexture_replaceRegion_mipmapLevel_slice_withBytes_bytesPerRow_bytesPerImage.invoke(
                        send.function(),
                        receiver.id(),
                        send.selector(),
                        region.segment(),
                        level,
                        slice,
                        source,
                        bytesPerRow(region),
                        image);
            }
        }
    }

    /**
     * Copies texels of all of level 0 of slice 0 out of the texture.
     *
     * @throws IndexOutOfBoundsException if the segment does not have exactly that size
     * @throws UnsupportedOperationException if the storage mode is private
     */
    public void read(MemorySegment into) {
        read(MetalRegion.of(size(0)), 0, 0, into);
    }

    /**
     * Copies the texels of a region.
     *
     * @throws IndexOutOfBoundsException if the region is not inside the level, there is no such level or slice, or the
     *     segment does not have exactly the region's size
     * @throws IllegalArgumentException if the region does not cover whole blocks of a compressed format, or the segment
     *     is read-only
     * @throws UnsupportedOperationException if the storage mode is private, or the texture has several samples
     */
    public void read(MetalRegion region, int level, int slice, MemorySegment into) {
        if (into.isReadOnly()) {
            throw new IllegalArgumentException("segment is read-only: " + into);
        }
        long bytes = requireCopy(region, level, slice, into);
        long image = isThreeD() ? bytes / region.size().depth() : 0;
        var send = objc().bind(GET_BYTES);
        try (var arena = Arena.ofConfined()) {
            var target = into.isNative() ? into : arena.allocate(bytes, Long.BYTES);
            try (var receiver = receiver()) {
                MTLTexture_getBytes_bytesPerRow_bytesPerImage_fromRegion_mipmapLevel_slice.invoke(
                        send.function(),
                        receiver.id(),
                        send.selector(),
                        target,
                        bytesPerRow(region),
                        image,
                        region.segment(),
                        level,
                        slice);
            }
            if (!into.isNative()) {
                into.copyFrom(target);
            }
        }
    }

    private boolean isThreeD() {
        return type() == MetalTextureType.THREE_D;
    }

    /** Metal asks for 0 where there are no rows. */
    private long bytesPerRow(MetalRegion region) {
        boolean hasRows = type() != MetalTextureType.ONE_D && type() != MetalTextureType.ONE_D_ARRAY;
        return hasRows ? format().bytesPerRow(region.size().width()) : 0;
    }

    private long requireCopy(MetalRegion region, int level, int slice, MemorySegment texels) {
        if (storageMode() == MetalStorageMode.PRIVATE || type().isMultisample()) {
            throw new UnsupportedOperationException(
                    "the CPU does not see private or multisample textures; copy with a blit encoder: " + this);
        }
        requirePlace(region, level, slice);
        var size = region.size();
        long rows = Math.ceilDiv(size.height(), format().blockHeight());
        long bytes = format().bytesPerRow(size.width()) * rows * size.depth();
        if (texels.byteSize() != bytes) {
            throw new IndexOutOfBoundsException(
                    "a region of " + size + " has " + bytes + " bytes, the segment " + texels.byteSize());
        }
        return bytes;
    }

    /** Checks that a region is inside of a level and slice, and covers whole blocks. */
    void requirePlace(MetalRegion region, int level, int slice) {
        var whole = size(level);
        Objects.checkIndex(slice, slices());
        region.requireInside(whole);
        boolean blocks = isWhole(region.x(), region.size().width(), whole.width(), format().blockWidth())
                && isWhole(region.y(), region.size().height(), whole.height(), format().blockHeight());
        if (!blocks) {
            throw new IllegalArgumentException("region does not cover whole blocks of " + format().blockWidth() + " x "
                    + format().blockHeight() + ": " + region);
        }
    }

    private static boolean isWhole(long start, long length, long whole, int block) {
        return start % block == 0 && (length % block == 0 || start + length == whole);
    }

    /**
     * The same texels as another format. The view stays valid when this is closed.
     *
     * @param format of as many bits, with {@link MetalTextureUsage#PIXEL_FORMAT_VIEW} if the components differ in more
     *     than sRGB
     * @throws IllegalArgumentException if the format has other bits
     * @throws DriverException if the device cannot make it
     */
    public MetalTexture newView(MetalPixelFormat format) {
        return newView(MetalTextureViewDescriptor.of(this).withFormat(format));
    }

    /**
     * Some levels and slices of the same texels, as another shape and format, read with components in other places. The
     * view stays valid when this is closed.
     *
     * @throws IndexOutOfBoundsException if the levels or slices do not exist
     * @throws IllegalArgumentException if the format has other bits
     * @throws DriverException if the device cannot make it
     */
    public MetalTexture newView(MetalTextureViewDescriptor view) {
        Objects.checkFromIndexSize(view.firstLevel(), view.levels(), descriptor.mipmapLevels());
        Objects.checkFromIndexSize(view.firstSlice(), view.slices(), slices());
        boolean sameBits = view.format().bytesPerBlock() == format().bytesPerBlock()
                && view.format().isCompressed() == format().isCompressed();
        if (!sameBits) {
            throw new IllegalArgumentException("a view of " + format() + " has as many bits: " + view.format());
        }
        var send = objc().bind(NEW_VIEW);
        try (var receiver = receiver()) {
            var made = MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices_swizzle.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    view.format().code(),
                    view.type().code(),
                    MemorySegment.ofArray(new long[] {view.firstLevel(), view.levels()}),
                    MemorySegment.ofArray(new long[] {view.firstSlice(), view.slices()}),
                    view.swizzle().segment());
            var seen = descriptor.ofView(view, size(view.firstLevel()));
            return new MetalTexture(kept(objc(), NEW_VIEW, made), device(), seen, storageMode());
        }
    }

    /**
     * The number by which kernels know the texture in an argument buffer (tier 2), where it takes 8 bytes. Announce the
     * texture with {@link MetalComputeEncoder#useResource}.
     */
    public long gpuResourceId() {
        var send = objc().bind(RESOURCE_ID);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            return MTLResourceID._impl(
                    MTLTexture_gpuResourceID.invoke(send.function(), arena, receiver.id(), send.selector()));
        }
    }

    @Override
    public String toString() {
        return "MetalTexture[" + type() + " of " + descriptor.size() + ", " + format() + ", " + storageMode() + "]";
    }
}
