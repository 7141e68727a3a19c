package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What a heap is to be: private and automatic, unless said otherwise. */
public final class MTLHeapDescriptor extends NSObject {
    private long size;
    private ResourceOptions options = new ResourceOptions(0, Mtl.MTLStorageModePrivate(), 0);
    private long type = Mtl.MTLHeapTypeAutomatic();

    public MTLHeapDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    ResourceOptions options() {
        return options;
    }

    @Selector("size")
    long size() {
        return size;
    }

    @Selector("setSize:")
    void setSize(long bytes) {
        size = bytes;
    }

    @Selector("storageMode")
    long storageMode() {
        return options.storageMode();
    }

    @Selector("setStorageMode:")
    void setStorageMode(long mode) {
        options = ResourceOptions.of(new ResourceOptions(options.cacheMode(), mode, options.hazardTracking()).bits());
    }

    @Selector("cpuCacheMode")
    long cpuCacheMode() {
        return options.cacheMode();
    }

    @Selector("setCpuCacheMode:")
    void setCpuCacheMode(long mode) {
        options = ResourceOptions.of(new ResourceOptions(mode, options.storageMode(), options.hazardTracking()).bits());
    }

    @Selector("hazardTrackingMode")
    long hazardTrackingMode() {
        return options.hazardTracking();
    }

    @Selector("setHazardTrackingMode:")
    void setHazardTrackingMode(long mode) {
        options = ResourceOptions.of(new ResourceOptions(options.cacheMode(), options.storageMode(), mode).bits());
    }

    @Selector("resourceOptions")
    long resourceOptions() {
        return options.bits();
    }

    @Selector("setResourceOptions:")
    void setResourceOptions(long bits) {
        options = ResourceOptions.of(bits);
    }

    @Selector("type")
    long type() {
        return type;
    }

    @Selector("setType:")
    void setType(long kind) {
        require(kind != Mtl.MTLHeapTypeSparse(), ViolationKind.UNSUPPORTED, "the software Metal has no sparse heaps");
        require(
                kind == Mtl.MTLHeapTypeAutomatic() || kind == Mtl.MTLHeapTypePlacement(),
                ViolationKind.BAD_ARGUMENT,
                "not a heap type: %d",
                kind);
        type = kind;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLHeapDescriptor(runtime());
        copy.size = size;
        copy.options = options;
        copy.type = type;
        return copy;
    }
}
