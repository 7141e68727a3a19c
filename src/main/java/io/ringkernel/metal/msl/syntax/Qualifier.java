package io.ringkernel.metal.msl.syntax;

import java.util.Optional;
import java.util.Set;

/** What can qualify a type: cv, address space, coherence. Conflicts (two address spaces) are left to the checker. */
public enum Qualifier {
    CONST("const"),
    VOLATILE("volatile"),
    RESTRICT("restrict"),
    DEVICE("device"),
    CONSTANT("constant"),
    THREAD("thread"),
    THREADGROUP("threadgroup"),
    THREADGROUP_IMAGEBLOCK("threadgroup_imageblock"),
    RAY_DATA("ray_data"),
    OBJECT_DATA("object_data"),
    /** {@code coherent}, {@code coherent(device)}. */
    COHERENT_DEVICE("coherent(device)"),
    COHERENT_THREADGROUP("coherent(threadgroup)"),
    COHERENT_SYSTEM("coherent(system)");

    private final String spelling;

    Qualifier(String spelling) {
        this.spelling = spelling;
    }

    public String spelling() {
        return spelling;
    }

    public boolean isAddressSpace() {
        return compareTo(DEVICE) >= 0 && compareTo(OBJECT_DATA) <= 0;
    }

    /** The address space among {@code qualifiers}; the first in the order above if there are several. */
    public static Optional<Qualifier> addressSpace(Set<Qualifier> qualifiers) {
        return qualifiers.stream().filter(Qualifier::isAddressSpace).sorted().findFirst();
    }
}
