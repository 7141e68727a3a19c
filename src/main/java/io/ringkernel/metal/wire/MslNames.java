package io.ringkernel.metal.wire;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which Java identifiers can stand in MSL as they are. */
final class MslNames {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern VECTOR_OR_MATRIX =
            Pattern.compile("(packed_)?(bool|u?char|u?short|u?int|u?long|half|bfloat|float)[234](x[234])?");

    /** C++14's keywords and alternative tokens that Java lacks, and MSL's own words. */
    private static final Set<String> WORDS = words("""
            alignas alignof and and_eq asm auto bitand bitor bool char16_t char32_t compl const_cast constexpr decltype
            delete dynamic_cast explicit export extern friend inline mutable namespace noexcept not not_eq nullptr
            operator or or_eq register reinterpret_cast signed sizeof static_assert static_cast struct template
            thread_local typedef typeid typename union unsigned using virtual wchar_t xor xor_eq
            constant device fragment kernel object_data ray_data thread threadgroup threadgroup_imageblock vertex
            uchar ushort uint ulong half bfloat size_t ptrdiff_t atomic_int atomic_uint atomic_bool atomic_ulong
            atomic_float texture sampler array vec matrix as_type metal main
            """);

    /** Every macro of Metal's standard library, one a line; a test holds the file to the compiler's own. */
    private static final Set<String> MACROS = words(MslText.of("macros.txt"));

    /** What the library's own shaders define in front of, or behind, a kernel's records. */
    private static final Pattern DEFINITION =
            Pattern.compile("\\bstruct\\s+(?:alignas\\(\\d+\\)\\s+)?(\\w+)|#\\s*(?:define|ifdef|ifndef)\\s+(\\w+)"
                    + "|\\bconstexpr\\s+\\w+\\s+(\\w+)");

    /** Their functions, of which a component may have the name, but no struct. */
    private static final Pattern FUNCTION =
            Pattern.compile("^(?:inline|kernel|void)\\b[^;={(]*?(\\w+)\\s*\\(", Pattern.MULTILINE);

    private static final List<String> SHADERS = Stream.of(
                    "wire.metal", "k2k.metal", "k2k_round.metal", "ring_kernel.metal", "k2k_ring.metal")
            .map(MslText::of)
            .toList();
    private static final Set<String> DEFINED = found(DEFINITION);
    private static final Set<String> FUNCTIONS = found(FUNCTION);

    private MslNames() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    private static Set<String> found(Pattern pattern) {
        return SHADERS.stream()
                .flatMap(text -> pattern.matcher(text).results())
                .flatMap(result -> IntStream.rangeClosed(1, result.groupCount())
                        .mapToObj(result::group)
                        .filter(Objects::nonNull))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Refuses a component's name that MSL does not allow; {@code where} says whose name it is. */
    static void check(String name, String where) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("name is no MSL identifier: " + name + " in " + where);
        }
        // Identifiers with two underscores are the implementation's (C++14 [lex.name]/3).
        if (WORDS.contains(name)
                || MACROS.contains(name)
                || name.contains("__")
                || VECTOR_OR_MATRIX.matcher(name).matches()) {
            throw new IllegalArgumentException("name is reserved in MSL: " + name + " in " + where);
        }
        if (DEFINED.contains(name)) {
            throw new IllegalArgumentException("name is reserved in MSL: " + name + " in " + where);
        }
    }

    /**
     * Refuses a struct's name that MSL, or the library's shaders, do not allow; {@code where} says whose name it is.
     */
    static void checkType(String name, String where) {
        check(name, where);
        if (FUNCTIONS.contains(name)) {
            throw new IllegalArgumentException("name is reserved in MSL: " + name + " in " + where);
        }
    }
}
