package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** How freely the compiler may treat floating point ({@code MTLMathMode}; MSL specification, section 1.6.3). */
public enum MetalMathMode {
    /** IEEE 754 semantics: infinities, NaN and signed zero hold, nothing is reassociated. */
    SAFE(Mtl.MTLMathModeSafe()),
    /** Reassociates, and keeps infinities and NaN. Before macOS 15 the same as {@link #FAST}. */
    RELAXED(Mtl.MTLMathModeRelaxed()),
    /** Assumes that there are no infinities and no NaN; what Metal does when not told otherwise. */
    FAST(Mtl.MTLMathModeFast());

    private final long code;

    MetalMathMode(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
