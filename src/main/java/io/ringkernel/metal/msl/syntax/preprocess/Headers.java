package io.ringkernel.metal.msl.syntax.preprocess;

import java.util.Set;

/** The headers that Metal's compiler has without any search path. */
final class Headers {
    private static final Set<String> NAMES = Set.of(
            "metal_array",
            "metal_assert",
            "metal_atomic",
            "metal_command_buffer",
            "metal_common",
            "metal_compute",
            "metal_config",
            "metal_cooperative_tensor",
            "metal_curves",
            "metal_extended_vector",
            "metal_function_constants",
            "metal_geometric",
            "metal_graphics",
            "metal_imageblocks",
            "metal_indirect_argument_buffers",
            "metal_initializer_list",
            "metal_integer",
            "metal_interpolate",
            "metal_limits",
            "metal_logging",
            "metal_math",
            "metal_matrix",
            "metal_mesh",
            "metal_numeric",
            "metal_pack",
            "metal_packed_vector",
            "metal_pull_interpolation",
            "metal_quadgroup",
            "metal_raytracing",
            "metal_relational",
            "metal_simdgroup",
            "metal_simdgroup_matrix",
            "metal_stdlib",
            "metal_tensor",
            "metal_tessellation",
            "metal_texture",
            "metal_type_traits",
            "metal_types",
            "metal_uniform",
            "metal_utility",
            "metal_vector",
            "metal_visible_function_table",
            "simd/simd.h",
            "simd/common.h",
            "simd/conversion.h",
            "simd/geometry.h",
            "simd/logic.h",
            "simd/math.h",
            "simd/matrix.h",
            "simd/packed.h",
            "simd/types.h",
            "simd/vector.h",
            "simd/vector_make.h",
            "simd/vector_types.h",
            "TargetConditionals.h");

    private Headers() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /** What is said of a header that is not known: one that Metal's compiler has is named as missing here. */
    static String missing(String name) {
        return name.startsWith("MetalPerformancePrimitives/")
                ? "'" + name + "' is not supported by the software device yet"
                : "'" + name + "' file not found";
    }

    /** Whether a known header declares namespace metal and the library's macros. */
    static boolean declaresLibrary(String name) {
        return !name.equals("TargetConditionals.h");
    }
}
