package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;
import java.util.Set;

/** What a texture is for ({@code MTLTextureUsage}). Blits need none of these. */
public enum MetalTextureUsage {
    /** Kernels read or sample it. */
    SHADER_READ(Mtl.MTLTextureUsageShaderRead()),
    /** Kernels write it; with {@link #SHADER_READ} they read and write it. */
    SHADER_WRITE(Mtl.MTLTextureUsageShaderWrite()),
    /** Render passes draw into it. */
    RENDER_TARGET(Mtl.MTLTextureUsageRenderTarget()),
    /** Views give it another format with other components. */
    PIXEL_FORMAT_VIEW(Mtl.MTLTextureUsagePixelFormatView()),
    /** Kernels use atomic functions on it (macOS 14). */
    SHADER_ATOMIC(Mtl.MTLTextureUsageShaderAtomic());

    private final long code;

    MetalTextureUsage(long code) {
        this.code = code;
    }

    static long codeOf(Set<MetalTextureUsage> usages) {
        return usages.stream().mapToLong(usage -> usage.code).reduce(0, (a, b) -> a | b);
    }
}
