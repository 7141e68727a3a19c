package io.ringkernel.metal.msl.syntax.scope;

import io.ringkernel.metal.msl.syntax.scope.Symbol.Kind;
import java.util.List;
import java.util.Optional;

/**
 * The types and templates that MSL and its standard library declare. Functions and constants are absent: to the parser
 * they are values like any unknown name.
 *
 * <p>All are visible with and without {@code metal::}; whether an {@code #include} or {@code using namespace metal} is
 * missing is for the checker.
 */
final class MetalNames {
    private static final List<String> SCALARS = List.of(
            "bool", "char", "uchar", "short", "ushort", "int", "uint", "long", "ulong", "half", "bfloat", "float");

    private static final String TYPES = """
            uchar ushort uint ulong size_t ptrdiff_t nullptr_t
            int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t float16_t float32_t intptr_t uintptr_t
            atomic_int atomic_uint atomic_bool atomic_ulong atomic_float
            memory_order memory_scope mem_flags thread_scope sampler memory_coherence
            true_type false_type command_buffer compute_command compute_pipeline_state render_command
            simdgroup_float8x8 simdgroup_half8x8 simdgroup_bfloat8x8 component
            access coord address s_address t_address r_address filter min_filter mag_filter mip_filter compare_func
            border_color max_anisotropy lod_clamp min_lod_clamp gradient2d gradient3d gradientcube os_log log_type
            mesh_grid_properties topology imageblock_data_rate imageblock_layout_explicit imageblock_layout_implicit
            rasterization_rate_map_data rasterization_rate_map_decoder
            MTLQuadTessellationFactorsHalf MTLTriangleTessellationFactorsHalf
            """;

    private static final String CLASS_TEMPLATES = """
            vec packed_vec matrix array array_ref atomic uniform tensor extents dextents imageblock
            texture1d texture1d_array texture2d texture2d_array texture3d texturecube texturecube_array
            texture2d_ms texture2d_ms_array texture_buffer depth2d depth2d_array depthcube depthcube_array
            depth2d_ms depth2d_ms_array simdgroup_matrix visible_function_table intersection_function_table
            interpolant patch_control_point mesh
            r8unorm r8snorm r16unorm r16snorm rg8unorm rg8snorm rg16unorm rg16snorm rgba8unorm srgba8unorm rgba8snorm
            rgba16unorm rgba16snorm rgb10a2 rg11b10f rgb9e5
            numeric_limits _numeric_limits_impl initializer_list integral_constant bool_constant
            is_same is_integral is_floating_point is_arithmetic is_signed is_unsigned is_scalar is_vector is_matrix
            is_const is_volatile is_pointer is_reference is_lvalue_reference is_rvalue_reference is_array is_enum
            is_union is_class is_function is_void is_fundamental is_object is_compound is_convertible
            is_base_of is_constructible is_trivially_copyable is_trivial is_pod is_packed_vector is_atomic
            enable_if enable_if_t conditional conditional_t conjunction disjunction negation
            remove_const remove_const_t remove_volatile remove_volatile_t remove_cv remove_cv_t
            remove_reference remove_reference_t remove_pointer remove_pointer_t remove_extent remove_extent_t
            remove_all_extents remove_all_extents_t remove_addrspace remove_addrspace_t remove_cvref remove_cvref_t
            add_const add_const_t add_cv add_cv_t add_volatile add_volatile_t add_pointer add_pointer_t
            add_lvalue_reference add_lvalue_reference_t add_rvalue_reference add_rvalue_reference_t
            make_signed make_signed_t make_unsigned make_unsigned_t decay decay_t common_type common_type_t
            underlying_type underlying_type_t rank extent alignment_of tuple_size integer_sequence index_sequence
            make_integer_sequence make_index_sequence result_of result_of_t aligned_storage_t
            is_vector_of make_scalar make_scalar_t vector_element vector_element_t add_addrspace add_addrspace_t
            """;

    private static final String VALUE_TEMPLATES = """
            as_type make_filled_simdgroup_matrix make_diagonal_simdgroup_matrix declval forward move get swap
            is_same_v is_integral_v is_floating_point_v is_arithmetic_v is_signed_v is_unsigned_v is_scalar_v
            is_vector_v is_matrix_v is_const_v is_volatile_v is_pointer_v is_reference_v is_array_v is_enum_v
            is_union_v is_class_v is_function_v is_void_v is_convertible_v is_base_of_v
            is_constructible_v is_trivially_copyable_v conjunction_v disjunction_v negation_v rank_v extent_v
            is_lvalue_reference_v is_rvalue_reference_v
            """;

    private MetalNames() {}

    /** A new outermost scope with {@code metal}, {@code simd} and their names. */
    static Scope scope() {
        var metal = new Scope(Scope.Kind.NAMESPACE);
        declareAll(metal, TYPES, Kind.TYPE);
        declareAll(metal, CLASS_TEMPLATES, Kind.CLASS_TEMPLATE);
        declareAll(metal, VALUE_TEMPLATES, Kind.VALUE_TEMPLATE);
        SCALARS.forEach(scalar -> declareVectors(metal, scalar));
        for (var element : List.of("float", "half", "bfloat")) {
            declareMatrices(metal, element);
        }
        for (var namespace : List.of("fast", "precise")) {
            metal.declare(namespace, namespaceOf(new Scope(Scope.Kind.NAMESPACE)));
        }
        var interpolation = new Scope(Scope.Kind.NAMESPACE);
        declareAll(interpolation, "perspective no_perspective", Kind.TYPE);
        metal.declare("interpolation", namespaceOf(interpolation));
        for (var vote : List.of("simd_vote", "quad_vote")) {
            var members = new Scope(Scope.Kind.CLASS, vote);
            members.declare("vote_t", Symbol.TYPE);
            metal.declare(vote, new Symbol(Kind.TYPE, Optional.of(members)));
        }
        var outermost = new Scope(Scope.Kind.NAMESPACE);
        outermost.include(metal);
        outermost.declare("metal", namespaceOf(metal));
        outermost.declare("simd", namespaceOf(metal));
        outermost.declare("raytracing", namespaceOf(new Scope(Scope.Kind.NAMESPACE)));
        return outermost;
    }

    private static Symbol namespaceOf(Scope members) {
        return new Symbol(Kind.NAMESPACE, Optional.of(members));
    }

    private static void declareAll(Scope scope, String names, Kind kind) {
        for (var name : names.split("\\s+")) {
            scope.declare(name, new Symbol(kind));
        }
    }

    private static void declareVectors(Scope scope, String scalar) {
        for (int size = 2; size <= 4; size++) {
            scope.declare(scalar + size, Symbol.TYPE);
            scope.declare("packed_" + scalar + size, Symbol.TYPE);
            scope.declare("simd_" + scalar + size, Symbol.TYPE);
            scope.declare("vector_" + scalar + size, Symbol.TYPE);
        }
    }

    private static void declareMatrices(Scope scope, String element) {
        for (int columns = 2; columns <= 4; columns++) {
            for (int rows = 2; rows <= 4; rows++) {
                var shape = element + columns + "x" + rows;
                scope.declare(shape, Symbol.TYPE);
                scope.declare("simd_" + shape, Symbol.TYPE);
                scope.declare("matrix_" + shape, Symbol.TYPE);
            }
        }
    }
}
