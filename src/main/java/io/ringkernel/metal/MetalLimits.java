package io.ringkernel.metal;

/**
 * What a device allows.
 *
 * @param maxThreadsPerThreadgroup the largest extent in each dimension; a pipeline may allow fewer threads in all
 * @param maxThreadgroupMemory bytes of threadgroup memory that one dispatch may use, static and dynamic together
 * @param maxBufferLength bytes of the largest buffer
 * @param recommendedMaxWorkingSet bytes that may be allocated without hurting performance
 * @param argumentBufferTier 1 or 2
 */
public record MetalLimits(
        MetalSize maxThreadsPerThreadgroup,
        long maxThreadgroupMemory,
        long maxBufferLength,
        long recommendedMaxWorkingSet,
        int argumentBufferTier) {
    /** Indices 0 to 30 take buffers, and as many threadgroup memory (Metal Feature Set Tables). */
    static final int BUFFER_SLOTS = 31;

    /** Indices 0 to 127 take textures (Metal Feature Set Tables, Apple6 and Mac2). */
    static final int TEXTURE_SLOTS = 128;

    /** Indices 0 to 15 take samplers (Metal Feature Set Tables). */
    static final int SAMPLER_SLOTS = 16;

    /** The most elements of a texture array (Metal Feature Set Tables). */
    static final int TEXTURE_LAYERS = 2048;

    /** The most bytes that {@link MetalComputeEncoder#setBytes} takes (Metal Feature Set Tables). */
    static final int INLINE_BYTES = 4096;

    /**
     * The most threads of a threadgroup in all; a pipeline may allow fewer. Every GPU allows as many in a row (Metal
     * Feature Set Tables, maximum threads per threadgroup).
     */
    public long maxTotalThreadsPerThreadgroup() {
        return maxThreadsPerThreadgroup.width();
    }

    /** Threadgroup memory lengths are multiples of this (Metal Feature Set Tables). */
    static final int THREADGROUP_MEMORY_GRANULARITY = 16;
}
