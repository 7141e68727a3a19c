package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Memory from which buffers are made without asking the device again. */
public final class MTLHeap extends LabeledObject {
    /** Where a buffer may begin; what {@code heapBufferSizeAndAlignWithLength:options:} says. */
    public static final long ALIGNMENT = 256;

    private final ResourceOptions options;
    private final long type;
    private final GpuMemory memory;
    // Guarded by itself: length by offset of every part that is taken. Parts of a placement heap may overlap and are
    // not here.
    private final TreeMap<Long, Long> taken = new TreeMap<>();
    private long purgeableState = Mtl.MTLPurgeableStateNonVolatile();

    private MTLHeap(Origin origin, MTLHeapDescriptor descriptor, GpuMemory memory) {
        super(origin);
        this.options = descriptor.options();
        this.type = descriptor.type();
        this.memory = memory;
    }

    /** A heap as described, or null when the device has no memory left. */
    public static MTLHeap create(Origin origin, MTLHeapDescriptor descriptor) {
        MTLBuffer.requireLength(origin.gpu(), descriptor.size());
        var mode = descriptor.options();
        mode.requireForBuffer(origin.gpu());
        require(!mode.isManaged(), ViolationKind.STORAGE_MODE, "a heap cannot be managed");
        require(
                mode.isPrivate() || origin.gpu().configuration().identity().unifiedMemory(),
                ViolationKind.STORAGE_MODE,
                "a heap of a device without unified memory is private");
        return GpuMemory.allocate(origin.gpu(), descriptor.size())
                .map(memory -> new MTLHeap(origin, descriptor, memory))
                .orElse(null);
    }

    @Selector("storageMode")
    long storageMode() {
        return options.storageMode();
    }

    @Selector("cpuCacheMode")
    long cpuCacheMode() {
        return options.cacheMode();
    }

    @Selector("hazardTrackingMode")
    long hazardTrackingMode() {
        boolean unsaid = options.hazardTracking() == Mtl.MTLHazardTrackingModeDefault();
        return unsaid ? Mtl.MTLHazardTrackingModeUntracked() : options.hazardTracking();
    }

    @Selector("resourceOptions")
    long resourceOptions() {
        return options.bits();
    }

    @Selector("type")
    long type() {
        return type;
    }

    @Selector("size")
    long size() {
        return memory.segment().byteSize();
    }

    @Selector("usedSize")
    long usedSize() {
        synchronized (taken) {
            return taken.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @Selector("currentAllocatedSize")
    long currentAllocatedSize() {
        return GpuMemory.roundUp(size(), GpuMemory.PAGE_SIZE);
    }

    @Selector("maxAvailableSizeWithAlignment:")
    long maxAvailableSize(long alignment) {
        require(
                Long.bitCount(alignment) == 1,
                ViolationKind.BAD_ARGUMENT,
                "alignment not a power of two: %d",
                alignment);
        synchronized (taken) {
            return gaps().stream()
                    .mapToLong(gap -> gap.lengthFrom(alignment))
                    .max()
                    .orElse(0);
        }
    }

    @Selector("newBufferWithLength:options:")
    MTLBuffer newBuffer(long length, long optionBits) {
        require(
                type == Mtl.MTLHeapTypeAutomatic(),
                ViolationKind.BAD_ARGUMENT,
                "a buffer of a placement heap needs an offset");
        var wanted = checkedOptions(length, optionBits);
        var offset = take(GpuMemory.roundUp(length, ALIGNMENT));
        if (offset.isEmpty()) {
            return null;
        }
        return MTLBuffer.inHeap(
                this, wanted, offset.getAsLong(), memory.segment().asSlice(offset.getAsLong(), length));
    }

    @Selector("newBufferWithLength:options:offset:")
    MTLBuffer newBuffer(long length, long optionBits, long offset) {
        var wanted = checkedOptions(length, optionBits);
        requirePlace(offset, length);
        return MTLBuffer.inHeap(this, wanted, offset, memory.segment().asSlice(offset, length));
    }

    private void requirePlace(long offset, long length) {
        require(
                type == Mtl.MTLHeapTypePlacement(),
                ViolationKind.BAD_ARGUMENT,
                "an offset is for resources of a placement heap");
        require(
                offset % ALIGNMENT == 0,
                ViolationKind.MISALIGNED,
                "offset not a multiple of %d: %s",
                ALIGNMENT,
                Long.toUnsignedString(offset));
        require(
                offset >= 0 && offset <= size() && length <= size() - offset,
                ViolationKind.OUT_OF_RANGE,
                "%d bytes at %s not in a heap of %d",
                length,
                Long.toUnsignedString(offset),
                size());
    }

    @Selector("newTextureWithDescriptor:")
    MTLTexture newTexture(MTLTextureDescriptor descriptor) {
        require(
                type == Mtl.MTLHeapTypeAutomatic(),
                ViolationKind.BAD_ARGUMENT,
                "a texture of a placement heap needs an offset");
        long length = MTLTexture.byteSize(origin(), descriptor);
        var wanted =
                checkedOptions(length, descriptor.options(options.storageMode()).bits());
        var offset = take(GpuMemory.roundUp(length, ALIGNMENT));
        return offset.isEmpty() ? null : texture(descriptor, wanted, offset.getAsLong(), length);
    }

    @Selector("newTextureWithDescriptor:offset:")
    MTLTexture newTexture(MTLTextureDescriptor descriptor, long offset) {
        long length = MTLTexture.byteSize(origin(), descriptor);
        var wanted =
                checkedOptions(length, descriptor.options(options.storageMode()).bits());
        requirePlace(offset, length);
        return texture(descriptor, wanted, offset, length);
    }

    private MTLTexture texture(MTLTextureDescriptor descriptor, ResourceOptions wanted, long offset, long length) {
        return MTLTexture.inHeap(
                this, descriptor, wanted, offset, memory.segment().asSlice(offset, length));
    }

    private ResourceOptions checkedOptions(long length, long optionBits) {
        MTLBuffer.requireLength(gpu(), length);
        var wanted = ResourceOptions.of(optionBits);
        require(
                wanted.storageMode() == options.storageMode(),
                ViolationKind.STORAGE_MODE,
                "storage mode not the heap's %d: %d",
                options.storageMode(),
                wanted.storageMode());
        return wanted;
    }

    @Selector("setPurgeableState:")
    long setPurgeableState(long state) {
        long before = purgeableState;
        if (state != Mtl.MTLPurgeableStateKeepCurrent()) {
            purgeableState = state;
        }
        return before;
    }

    /** Free bytes between two parts that are taken. */
    private record Gap(long offset, long end) {
        private long lengthFrom(long alignment) {
            return Math.max(0, end - GpuMemory.roundUp(offset, alignment));
        }
    }

    private List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        long end = 0;
        for (var part : taken.entrySet()) {
            gaps.add(new Gap(end, part.getKey()));
            end = part.getKey() + part.getValue();
        }
        gaps.add(new Gap(end, size()));
        return gaps;
    }

    private OptionalLong take(long length) {
        synchronized (taken) {
            var fitting = gaps().stream()
                    .filter(gap -> gap.lengthFrom(ALIGNMENT) >= length)
                    .mapToLong(gap -> GpuMemory.roundUp(gap.offset(), ALIGNMENT))
                    .findFirst();
            fitting.ifPresent(offset -> taken.put(offset, length));
            return fitting;
        }
    }

    /** Whether an address lies in the heap's memory, or at its end. */
    public boolean contains(long address) {
        long offset = address - memory.segment().address();
        return offset >= 0 && offset <= size();
    }

    /** Makes the part at an offset free for other buffers. */
    void release(long offset) {
        synchronized (taken) {
            taken.remove(offset);
        }
    }

    @Override
    protected void dealloc() {
        memory.free();
        super.dealloc();
    }
}
