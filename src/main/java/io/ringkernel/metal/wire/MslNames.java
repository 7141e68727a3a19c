package io.ringkernel.metal.wire;

import java.util.Set;
import java.util.regex.Pattern;

/** Which Java identifiers can stand in MSL as they are. */
final class MslNames {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VECTOR_OR_MATRIX =
            Pattern.compile("(packed_)?(bool|u?char|u?short|u?int|u?long|half|bfloat|float)[234](x[234])?");

    /** C++14's keywords and alternative tokens that Java lacks, MSL's own words, and the structs of wire.metal. */
    private static final Set<String> RESERVED = Set.of(("""
            alignas alignof and and_eq asm auto bitand bitor bool char16_t char32_t compl const_cast constexpr decltype
            delete dynamic_cast explicit export extern friend inline mutable namespace noexcept not not_eq nullptr
            operator or or_eq register reinterpret_cast signed sizeof static_assert static_cast struct template
            thread_local typedef typeid typename union unsigned using virtual wchar_t xor xor_eq
            constant device fragment kernel object_data ray_data thread threadgroup threadgroup_imageblock vertex
            uchar ushort uint ulong half bfloat size_t ptrdiff_t atomic_int atomic_uint atomic_bool atomic_ulong
            atomic_float texture sampler array vec matrix as_type metal assert main
            HlcTimestamp ControlBlock MessageHeader K2KInboxHeader K2KRouteEntry K2KRoutingTable HaloMessage
            """).strip().split("\\s+"));

    private MslNames() {}

    /** Refuses a name that MSL does not allow; {@code where} says whose name it is. */
    static void check(String name, String where) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("name is no MSL identifier: " + name + " in " + where);
        }
        if (RESERVED.contains(name) || VECTOR_OR_MATRIX.matcher(name).matches()) {
            throw new IllegalArgumentException("name is reserved in MSL: " + name + " in " + where);
        }
    }
}
