package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.LanguageVersion;

/**
 * The macros of the compiler and of Metal's standard library, as lines that could follow {@code #define}.
 *
 * <p>The library's macros come with the first {@code #include}. They are the constants of MSL specification 6.6 and the
 * limits of {@code <metal_types>}: decimal and hexadecimal literals are rounded once, to the type of their suffix.
 * Infinities and NaNs are {@code as_type} of their bits, so nothing but {@code as_type} must be evaluated for them.
 * {@code assert} checks nothing, as in a release build; {@code METAL_FUNC} and its siblings are attributes.
 */
final class PredefinedMacros {
    /** Names of MSL's mathematical constants and their values to more digits than any type needs. */
    private static final String[][] MATHEMATICAL = {
        {"M_E", "2.71828182845904523536028747135266250"},
        {"M_LOG2E", "1.44269504088896340735992468100189214"},
        {"M_LOG10E", "0.434294481903251827651128918916605082"},
        {"M_LN2", "0.693147180559945309417232121458176568"},
        {"M_LN10", "2.30258509299404568401799145468436421"},
        {"M_PI", "3.14159265358979323846264338327950288"},
        {"M_PI_2", "1.57079632679489661923132169163975144"},
        {"M_PI_4", "0.785398163397448309615660845819875721"},
        {"M_1_PI", "0.318309886183790671537767526745028724"},
        {"M_2_PI", "0.636619772367581343075535053490057448"},
        {"M_2_SQRTPI", "1.12837916709551257389615890312154517"},
        {"M_SQRT2", "1.41421356237309504880168872420969808"},
        {"M_SQRT1_2", "0.707106781186547524400844362104849039"},
    };

    private static final String INTEGER_LIMITS = """
            CHAR_BIT 8
            SCHAR_MAX 127
            SCHAR_MIN (-128)
            UCHAR_MAX 255
            CHAR_MAX SCHAR_MAX
            CHAR_MIN SCHAR_MIN
            SHRT_MAX 32767
            SHRT_MIN (-32768)
            USHRT_MAX 65535
            INT_MAX 2147483647
            INT_MIN (-2147483647 - 1)
            UINT_MAX 4294967295U
            LONG_MAX 9223372036854775807L
            LONG_MIN (-9223372036854775807L - 1L)
            ULONG_MAX 18446744073709551615UL
            LLONG_MAX LONG_MAX
            LLONG_MIN LONG_MIN
            ULLONG_MAX ULONG_MAX
            FP_ILOGB0 INT_MIN
            FP_ILOGBNAN INT_MIN
            """;

    private static final String FLOAT_LIMITS = """
            FLT_RADIX 2
            FLT_DIG 6
            FLT_DECIMAL_DIG 9
            FLT_MANT_DIG 24
            FLT_MAX_10_EXP 38
            FLT_MAX_EXP 128
            FLT_MIN_10_EXP (-37)
            FLT_MIN_EXP (-125)
            FLT_MAX 0x1.fffffep127f
            FLT_MIN 0x1.0p-126f
            FLT_TRUE_MIN 0x1.0p-149f
            FLT_EPSILON 0x1.0p-23f
            DBL_DIG 15
            DBL_DECIMAL_DIG 17
            DBL_MANT_DIG 53
            DBL_MAX_10_EXP 308
            DBL_MAX_EXP 1024
            DBL_MIN_10_EXP (-307)
            DBL_MIN_EXP (-1021)
            DBL_MAX 0x1.fffffffffffffp1023
            DBL_MIN 0x1.0p-1022
            DBL_EPSILON 0x1.0p-52
            HALF_RADIX 2
            HALF_DIG 3
            HALF_DECIMAL_DIG 5
            HALF_MANT_DIG 11
            HALF_MAX_10_EXP 4
            HALF_MAX_EXP 16
            HALF_MIN_10_EXP (-4)
            HALF_MIN_EXP (-13)
            HALF_MAX 0x1.ffcp15h
            HALF_MIN 0x1.0p-14h
            HALF_TRUE_MIN 0x1.0p-24h
            HALF_EPSILON 0x1.0p-10h
            MAXFLOAT FLT_MAX
            HUGE_VALF INFINITY
            HUGE_VAL INFINITY
            INFINITY as_type<float>(0x7F800000U)
            NAN as_type<float>(0x7FC00000U)
            MAXHALF HALF_MAX
            HUGE_VALH as_type<half>((unsigned short)0x7C00)
            assert(condition) ((void)0)
            METAL_FUNC inline __attribute__((__always_inline__))
            METAL_CONST __attribute__((__const__))
            METAL_PURE __attribute__((__pure__))
            METAL_ALIGN(n) __attribute__((__aligned__(n)))
            METAL_INTERNAL inline __attribute__((__always_inline__))
            METAL_NORETURN __attribute__((__noreturn__))
            """;

    private static final String BFLOAT_LIMITS = """
            __HAVE_BFLOAT__ 1
            BFLT_RADIX 2
            BFLT_DIG 2
            BFLT_DECIMAL_DIG 4
            BFLT_MANT_DIG 8
            BFLT_MAX_10_EXP 38
            BFLT_MAX_EXP 128
            BFLT_MIN_10_EXP (-37)
            BFLT_MIN_EXP (-125)
            BFLT_MAX 0x1.fep127bf
            BFLT_MIN 0x1.0p-126bf
            BFLT_TRUE_MIN 0x1.0p-133bf
            BFLT_EPSILON 0x1.0p-7bf
            MAXBFLOAT BFLT_MAX
            HUGE_VALBF as_type<bfloat>((unsigned short)0x7F80)
            """;

    /** What the headers pass to the functions that they are written with; only the names matter of the first three. */
    private static final String INTERNALS = """
            __METAL_PRECISE_MATH__ 0
            __METAL_FAST_MATH__ 1
            __METAL_MAYBE_FAST_MATH__ 2
            __METAL_MEMORY_SCOPE_THREADGROUP__ 1
            __METAL_MEMORY_SCOPE_SYSTEM__ 3
            __METAL_MEMORY_FLAGS_NONE__ 0
            __METAL_MEMORY_FLAGS_DEVICE__ 1
            __METAL_MEMORY_FLAGS_THREADGROUP__ 2
            __METAL_MEMORY_FLAGS_TEXTURE__ 4
            __METAL_MEMORY_FLAGS_THREADGROUP_IMAGEBLOCK__ 8
            __METAL_ACCESS_READ_WRITE__ 3
            """;

    private static final String CPP_14 = """
            __cpp_binary_literals 201304L
            __cpp_constexpr 201304L
            __cpp_decltype_auto 201304L
            __cpp_digit_separators 201309L
            __cpp_return_type_deduction 201304L
            __cpp_variable_templates 201304L
            """;

    private static final String CPP_17 = """
            __cpp_deduction_guides 201703L
            __cpp_fold_expressions 201603L
            __cpp_if_constexpr 201606L
            __cpp_inline_variables 201606L
            __cpp_structured_bindings 201606L
            """;

    private PredefinedMacros() {}

    /** What is defined without any include. */
    static String always(LanguageVersion version) {
        var text = new StringBuilder();
        text.append("__METAL_VERSION__ ").append(version.macroValue()).append('\n');
        text.append("__cplusplus ").append(version.cplusplus()).append("L\n");
        text.append(version.isAtLeast(LanguageVersion.METAL_3_0) ? "__METAL__ 1\n" : "");
        text.append("""
                __METAL_MACOS__ 1
                __STDC_HOSTED__ 0
                __clang__ 1
                __APPLE__ 1
                __LITTLE_ENDIAN__ 1
                __CHAR_BIT__ 8
                __extension__
                __inline inline
                __inline__ inline
                __volatile__ volatile
                __cpp_alias_templates 200704L
                __cpp_attributes 200809L
                __cpp_decltype 200707L
                __cpp_nsdmi 200809L
                __cpp_range_based_for 200907L
                __cpp_rvalue_references 200610L
                __cpp_static_assert 200410L
                __cpp_unicode_characters 200704L
                __cpp_variadic_templates 200704L
                __SIZEOF_SHORT__ 2
                __SIZEOF_INT__ 4
                __SIZEOF_FLOAT__ 4
                __SIZEOF_LONG__ 8
                __SIZEOF_POINTER__ 8
                __SCHAR_MAX__ 127
                __SHRT_MAX__ 32767
                __INT_MAX__ 2147483647
                __LONG_MAX__ 9223372036854775807L
                __INT8_MAX__ 127
                __INT16_MAX__ 32767
                __INT32_MAX__ 2147483647
                __INT64_MAX__ 9223372036854775807L
                __UINT8_MAX__ 255
                __UINT16_MAX__ 65535
                __UINT32_MAX__ 4294967295U
                __UINT64_MAX__ 18446744073709551615UL
                """);
        text.append(INTERNALS);
        text.append(version.isAtLeast(LanguageVersion.METAL_2_0) ? CPP_14 : "");
        text.append(version.isAtLeast(LanguageVersion.METAL_4_0) ? CPP_17 : "");
        return text.toString();
    }

    /** What the standard library's headers define. */
    static String ofStandardLibrary(LanguageVersion version) {
        var text = new StringBuilder(INTEGER_LIMITS).append(FLOAT_LIMITS);
        text.append(version.isAtLeast(LanguageVersion.METAL_2_3) ? "__HAVE_SIMDGROUP_MATRIX__ 1\n" : "");
        boolean bfloat = version.isAtLeast(LanguageVersion.METAL_3_1);
        text.append(bfloat ? BFLOAT_LIMITS : "");
        for (var constant : MATHEMATICAL) {
            appendConstant(text, constant[0], constant[1]);
            appendConstant(text, constant[0] + "_F", constant[1] + "F");
            appendConstant(text, constant[0] + "_H", constant[1] + "H");
            if (bfloat) {
                appendConstant(text, constant[0] + "_BF", constant[1] + "BF");
            }
        }
        return text.toString();
    }

    private static void appendConstant(StringBuilder text, String name, String value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
