package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** Where a resource's bytes live and who sees them ({@code MTLStorageMode}). */
public enum MetalStorageMode {
    /** CPU and GPU see the same bytes, coherent at command-buffer boundaries. */
    SHARED(Mtl.MTLResourceStorageModeShared(), Mtl.MTLStorageModeShared()),
    /**
     * CPU and GPU each have a copy on a discrete GPU: {@link MetalBuffer#didModify} after a write by the CPU,
     * {@link MetalBlitEncoder#synchronize} after a write by the GPU. Not for Apple silicon.
     */
    MANAGED(Mtl.MTLResourceStorageModeManaged(), Mtl.MTLStorageModeManaged()),
    /** Only the GPU sees the bytes. */
    PRIVATE(Mtl.MTLResourceStorageModePrivate(), Mtl.MTLStorageModePrivate());

    private final long resourceOptions;
    private final long code;

    MetalStorageMode(long resourceOptions, long code) {
        this.resourceOptions = resourceOptions;
        this.code = code;
    }

    static MetalStorageMode of(long code) {
        for (var mode : values()) {
            if (mode.code == code) {
                return mode;
            }
        }
        throw new IllegalArgumentException("a storage mode that buffers on macOS do not have: " + code);
    }

    long resourceOptions() {
        return resourceOptions;
    }

    long code() {
        return code;
    }
}
