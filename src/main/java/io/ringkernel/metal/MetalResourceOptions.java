package io.ringkernel.metal;

import java.util.Objects;

/**
 * How memory is kept ({@code MTLResourceOptions}). Immutable: each {@code with} method gives a changed copy.
 *
 * @param storageMode where the content lives
 * @param cpuCacheMode how the CPU reaches it
 * @param hazardTracking who keeps commands that use it in order
 */
public record MetalResourceOptions(
        MetalStorageMode storageMode, MetalCpuCacheMode cpuCacheMode, MetalHazardTracking hazardTracking) {
    private static final int HAZARD_TRACKING_SHIFT = 8;

    /**
     * All three.
     *
     * @throws NullPointerException if one is null
     */
    public MetalResourceOptions {
        Objects.requireNonNull(storageMode, "storageMode");
        Objects.requireNonNull(cpuCacheMode, "cpuCacheMode");
        Objects.requireNonNull(hazardTracking, "hazardTracking");
    }

    /** A storage mode, with the defaults of Metal. */
    public static MetalResourceOptions of(MetalStorageMode mode) {
        return new MetalResourceOptions(mode, MetalCpuCacheMode.DEFAULT_CACHE, MetalHazardTracking.DEFAULT);
    }

    /** A copy with another CPU cache mode. */
    public MetalResourceOptions withCpuCacheMode(MetalCpuCacheMode mode) {
        return new MetalResourceOptions(storageMode, mode, hazardTracking);
    }

    /** A copy with another hazard tracking. */
    public MetalResourceOptions withHazardTracking(MetalHazardTracking tracking) {
        return new MetalResourceOptions(storageMode, cpuCacheMode, tracking);
    }

    /** Metal's bits: cache mode from 0, storage mode from 4, tracking from 8. */
    long bits() {
        return storageMode.resourceOptions() | cpuCacheMode.code() | hazardTracking.code() << HAZARD_TRACKING_SHIFT;
    }
}
