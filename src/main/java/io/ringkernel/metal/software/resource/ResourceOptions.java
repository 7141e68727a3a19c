package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** {@code MTLResourceOptions} taken apart: {@code cacheMode | storageMode << 4 | hazardTracking << 8}. */
public record ResourceOptions(long cacheMode, long storageMode, long hazardTracking) {

    /** The options behind a value, which must be one that Metal knows. */
    public static ResourceOptions of(long bits) {
        var options = new ResourceOptions(bits & 15, bits >>> 4 & 15, bits >>> 8 & 3);
        boolean known = bits >>> 10 == 0
                && options.cacheMode <= Mtl.MTLCPUCacheModeWriteCombined()
                && options.storageMode <= Mtl.MTLStorageModeMemoryless()
                && options.hazardTracking <= Mtl.MTLHazardTrackingModeTracked();
        require(known, ViolationKind.BAD_ARGUMENT, "not resource options: 0x%x", bits);
        return options;
    }

    /** The value that stands for them. */
    public long bits() {
        return cacheMode | storageMode << 4 | hazardTracking << 8;
    }

    boolean isManaged() {
        return storageMode == Mtl.MTLStorageModeManaged();
    }

    public boolean isPrivate() {
        return storageMode == Mtl.MTLStorageModePrivate();
    }

    /** Refuses a storage mode that buffers of a device cannot have. */
    void requireForBuffer(Gpu gpu) {
        require(
                storageMode != Mtl.MTLStorageModeMemoryless(),
                ViolationKind.STORAGE_MODE,
                "a buffer cannot be memoryless");
        require(
                !isManaged() || !gpu.configuration().identity().unifiedMemory(),
                ViolationKind.STORAGE_MODE,
                "a device with unified memory has no managed buffers");
    }
}
