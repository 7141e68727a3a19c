package io.ringkernel.metal.msl.builtin;

/** Where an object lives (MSL specification, section 4). A pointer never leaves its space. */
public enum AddressSpace {
    DEVICE("device"),
    CONSTANT("constant"),
    THREAD("thread"),
    THREADGROUP("threadgroup"),
    THREADGROUP_IMAGEBLOCK("threadgroup_imageblock"),
    RAY_DATA("ray_data"),
    OBJECT_DATA("object_data");

    private final String keyword;

    AddressSpace(String keyword) {
        this.keyword = keyword;
    }

    /** The word that source text uses. */
    public String keyword() {
        return keyword;
    }

    @Override
    public String toString() {
        return keyword;
    }
}
