package io.ringkernel.metal.msl.syntax;

/** A version of MSL, in order of age, as {@code MTLLanguageVersion} lists them. */
public enum LanguageVersion {
    METAL_1_0(1, 0),
    METAL_1_1(1, 1),
    METAL_1_2(1, 2),
    METAL_2_0(2, 0),
    METAL_2_1(2, 1),
    METAL_2_2(2, 2),
    METAL_2_3(2, 3),
    METAL_2_4(2, 4),
    METAL_3_0(3, 0),
    METAL_3_1(3, 1),
    METAL_3_2(3, 2),
    METAL_4_0(4, 0),
    METAL_4_1(4, 1);

    private final int major;
    private final int minor;

    LanguageVersion(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    public int major() {
        return major;
    }

    public int minor() {
        return minor;
    }

    /** The value of {@code __METAL_VERSION__}: 3.2 is 320. */
    public int macroValue() {
        return major * 100 + minor * 10;
    }

    /** The value of {@code __cplusplus}: C++11 for Metal 1, C++14 up to 3.2, C++17 from 4.0. */
    public int cplusplus() {
        if (major == 1) {
            return 201103;
        }
        return major >= 4 ? 201703 : 201402;
    }

    public boolean isAtLeast(LanguageVersion other) {
        return compareTo(other) >= 0;
    }

    /** As Apple's compiler names a standard: {@code metal3.2}. */
    @Override
    public String toString() {
        return "metal" + major + "." + minor;
    }
}
