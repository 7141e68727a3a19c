package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** A set of features that a GPU may have ({@code MTLGPUFamily}; Metal Feature Set Tables). */
public enum MetalGpuFamily {
    /** A12. */
    APPLE5(Mtl.MTLGPUFamilyApple5()),
    /** A13. */
    APPLE6(Mtl.MTLGPUFamilyApple6()),
    /** A14 and M1. */
    APPLE7(Mtl.MTLGPUFamilyApple7()),
    /** A15, A16 and M2. */
    APPLE8(Mtl.MTLGPUFamilyApple8()),
    /** A17, M3 and M4. */
    APPLE9(Mtl.MTLGPUFamilyApple9()),
    /** A19 and M5. */
    APPLE10(Mtl.MTLGPUFamilyApple10()),
    /** Every Mac that runs macOS 13. */
    MAC2(Mtl.MTLGPUFamilyMac2()),
    /** What every Metal GPU can do. */
    COMMON3(Mtl.MTLGPUFamilyCommon3()),
    /** Metal 3. */
    METAL3(Mtl.MTLGPUFamilyMetal3()),
    /** Metal 4. */
    METAL4(Mtl.MTLGPUFamilyMetal4());

    private final long code;

    MetalGpuFamily(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }
}
