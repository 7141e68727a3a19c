package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** How freely the compiler may treat floating point ({@code MTLMathMode}; MSL specification, section 1.6.3). */
public enum MetalMathMode {
    /**
     * IEEE 754 semantics: infinities, NaN and signed zero hold, nothing is reassociated, and the functions of the
     * standard library are the precise ones.
     */
    SAFE(Mtl.MTLMathModeSafe(), Mtl.MTLMathFloatingPointFunctionsPrecise()),
    /** Reassociates, and keeps infinities and NaN. Before macOS 15 the same as {@link #FAST}. */
    RELAXED(Mtl.MTLMathModeRelaxed(), Mtl.MTLMathFloatingPointFunctionsFast()),
    /** Assumes that there are no infinities and no NaN; what Metal does when not told otherwise. */
    FAST(Mtl.MTLMathModeFast(), Mtl.MTLMathFloatingPointFunctionsFast());

    private final long code;
    private final long functions;

    MetalMathMode(long code, long functions) {
        this.code = code;
        this.functions = functions;
    }

    long code() {
        return code;
    }

    /**
     * Metal's code of the functions that the mode takes where a source names none ({@code fast::}, {@code precise::}).
     */
    long functions() {
        return functions;
    }
}
