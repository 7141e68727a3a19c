package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** How the CPU reaches memory that it shares with the GPU ({@code MTLCPUCacheMode}). */
public enum MetalCpuCacheMode {
    /** Through its caches: reads and writes are in order. */
    DEFAULT_CACHE(Mtl.MTLCPUCacheModeDefaultCache()),
    /** Around its caches: for memory that the CPU only writes; reading it is very slow. */
    WRITE_COMBINED(Mtl.MTLCPUCacheModeWriteCombined());

    private final long code;

    MetalCpuCacheMode(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
