package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** A version of the Metal Shading Language ({@code MTLLanguageVersion}); each names the first macOS that has it. */
public enum MetalLanguageVersion {
    /** macOS 12. */
    MSL_2_4(Mtl.MTLLanguageVersion2_4()),
    /** macOS 13; what this library's own sources use. */
    MSL_3_0(Mtl.MTLLanguageVersion3_0()),
    /** macOS 14. */
    MSL_3_1(Mtl.MTLLanguageVersion3_1()),
    /** macOS 15. */
    MSL_3_2(Mtl.MTLLanguageVersion3_2()),
    /** macOS 26. */
    MSL_4_0(Mtl.MTLLanguageVersion4_0());

    private final long code;

    MetalLanguageVersion(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
