package io.ringkernel.metal.msl.builtin;

import java.util.List;

/**
 * One enumerator of an enumeration that library functions take: {@code type} is the {@link Type.Opaque} name of the
 * parameter, {@code name} the spelling in source below namespace metal, {@code since} the language version.
 *
 * <p>{@code mem_flags} is a scoped enumeration (its names carry {@code mem_flags::}) whose values combine with
 * {@code |}; the others are unscoped. Values are those that Apple's compiler puts into its intermediate code.
 */
public record LibraryEnumerator(String type, String name, int value, int since) {

    public static final String MEMORY_ORDER = "memory_order";
    public static final String MEM_FLAGS = "mem_flags";
    public static final String THREAD_SCOPE = "thread_scope";

    private static final List<LibraryEnumerator> ALL = List.of(
            new LibraryEnumerator(MEMORY_ORDER, "memory_order_relaxed", 0, 100),
            new LibraryEnumerator(MEMORY_ORDER, "memory_order_acquire", 2, 410),
            new LibraryEnumerator(MEMORY_ORDER, "memory_order_release", 3, 410),
            new LibraryEnumerator(MEMORY_ORDER, "memory_order_acq_rel", 4, 410),
            new LibraryEnumerator(MEMORY_ORDER, "memory_order_seq_cst", 5, 320),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_none", 0, 100),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_device", 1, 100),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_threadgroup", 2, 100),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_device_and_threadgroup", 3, 100),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_texture", 4, 120),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_threadgroup_imageblock", 8, 230),
            new LibraryEnumerator(MEM_FLAGS, "mem_flags::mem_object_data", 16, 300),
            new LibraryEnumerator(THREAD_SCOPE, "thread_scope_thread", 0, 320),
            new LibraryEnumerator(THREAD_SCOPE, "thread_scope_threadgroup", 1, 320),
            new LibraryEnumerator(THREAD_SCOPE, "thread_scope_device", 2, 320),
            new LibraryEnumerator(THREAD_SCOPE, "thread_scope_simdgroup", 4, 320));

    /** Every bit of {@code mem_flags}. */
    public static final int ALL_MEMORY = 31;

    /** The value of the enumerator of a name. */
    public static int valueOf(String name) {
        return ALL.stream()
                .filter(e -> e.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such enumerator: " + name))
                .value;
    }

    /** The enumerators that a language version (300 for 3.0) has. */
    public static List<LibraryEnumerator> all(int languageVersion) {
        return ALL.stream().filter(e -> e.since <= languageVersion).toList();
    }
}
