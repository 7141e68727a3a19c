package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types that MSL declares itself (MSL specification, sections 2.1 to 2.12): by name, and by template. */
final class NativeTypes {
    private static final Map<String, QualType> BY_NAME = new HashMap<>();
    private static final Map<String, LanguageVersion> SINCE = new HashMap<>();
    private static final Map<String, Symbol.NativeTemplate> TEMPLATES = new HashMap<>();
    private static final int LONGEST_VECTOR = 32;
    private static final Set<ScalarType> VECTOR_ELEMENTS = Set.of(ScalarType.values());

    static {
        for (var kind : ScalarType.values()) {
            scalar(kind.keyword(), kind);
            if (kind != ScalarType.VOID) {
                vectors(kind);
            }
        }
        for (var kind : List.of(ScalarType.HALF, ScalarType.FLOAT)) {
            matrices(kind);
        }
        aliases();
        atomic(ScalarType.INT, LanguageVersion.METAL_1_0);
        atomic(ScalarType.UINT, LanguageVersion.METAL_1_0);
        atomic(ScalarType.BOOL, LanguageVersion.METAL_2_4);
        atomic(ScalarType.ULONG, LanguageVersion.METAL_2_4);
        atomic(ScalarType.FLOAT, LanguageVersion.METAL_3_0);
        for (var name : List.of("vec", "packed_vec", "matrix", "atomic", "_atomic", "uniform")) {
            TEMPLATES.put(name, new Symbol.NativeTemplate(name));
        }
        opaque();
    }

    private NativeTypes() {}

    private static void scalar(String name, ScalarType kind) {
        BY_NAME.put(name, QualType.of(kind));
        if (kind == ScalarType.BFLOAT) {
            SINCE.put(name, LanguageVersion.METAL_3_1);
        } else if (kind == ScalarType.LONG || kind == ScalarType.ULONG) {
            SINCE.put(name, LanguageVersion.METAL_2_2);
        }
    }

    private static void vectors(ScalarType kind) {
        for (int count = 2; count <= 4; count++) {
            for (var packed : List.of(false, true)) {
                var name = (packed ? "packed_" : "") + kind.keyword() + count;
                BY_NAME.put(name, QualType.of(new CppType.Vector(kind, count, packed)));
                if (!packed) {
                    BY_NAME.put("simd_" + name, BY_NAME.get(name));
                    BY_NAME.put("vector_" + name, BY_NAME.get(name));
                }
                if (SINCE.containsKey(kind.keyword())) {
                    SINCE.put(name, SINCE.get(kind.keyword()));
                }
            }
        }
    }

    private static void matrices(ScalarType kind) {
        for (int columns = 2; columns <= 4; columns++) {
            for (int rows = 2; rows <= 4; rows++) {
                var name = kind.keyword() + columns + "x" + rows;
                var type = QualType.of(new CppType.Matrix(kind, columns, rows));
                List.of("", "simd_", "matrix_").forEach(prefix -> BY_NAME.put(prefix + name, type));
            }
        }
    }

    private static void aliases() {
        scalar("int8_t", ScalarType.CHAR);
        scalar("uint8_t", ScalarType.UCHAR);
        scalar("int16_t", ScalarType.SHORT);
        scalar("uint16_t", ScalarType.USHORT);
        scalar("int32_t", ScalarType.INT);
        scalar("uint32_t", ScalarType.UINT);
        scalar("int64_t", ScalarType.LONG);
        scalar("uint64_t", ScalarType.ULONG);
        scalar("float16_t", ScalarType.HALF);
        scalar("float32_t", ScalarType.FLOAT);
        scalar("size_t", ScalarType.ULONG);
        scalar("ptrdiff_t", ScalarType.LONG);
        scalar("intptr_t", ScalarType.LONG);
        scalar("uintptr_t", ScalarType.ULONG);
        SINCE.remove("size_t");
        SINCE.remove("ptrdiff_t");
        BY_NAME.put("nullptr_t", QualType.of(new CppType.NullPointer()));
    }

    private static void atomic(ScalarType kind, LanguageVersion since) {
        var name = "atomic_" + kind.keyword();
        BY_NAME.put(name, QualType.of(new CppType.Atomic(kind)));
        SINCE.put(name, since);
    }

    private static void opaque() {
        for (var name : List.of("indirect_command_buffer", "render_pipeline_state", "acceleration_structure")) {
            BY_NAME.put(name, QualType.of(new CppType.Opaque(name)));
        }
        var templates = List.of(
                "intersection_function_table",
                "tensor",
                "cooperative_tensor",
                "intersector",
                "intersection_result",
                "intersection_query");
        templates.forEach(name -> TEMPLATES.put(name, new Symbol.NativeTemplate(name)));
    }

    /** The meaning of a built-in name in this version of the language, or null. */
    static Symbol find(String name, LanguageVersion version) {
        var type = BY_NAME.get(name);
        if (type != null) {
            var since = SINCE.get(name);
            return since == null || version.isAtLeast(since) ? new Symbol.TypeName(name, type) : null;
        }
        return TEMPLATES.get(name);
    }

    /** An instance of a built-in template. */
    static QualType instance(
            Symbol.NativeTemplate template,
            List<TemplateArgument> arguments,
            LanguageVersion version,
            SourcePosition position) {
        return switch (template.name()) {
            case "vec", "packed_vec" ->
                QualType.of(new CppType.Vector(
                        element(template, arguments, position),
                        extent(template, arguments, 1, position),
                        template.name().equals("packed_vec")));
            case "matrix" -> {
                var kind = element(template, arguments, position);
                if (!kind.isFloating()) {
                    throw Refusal.at(
                            position, "matrix of '" + kind + "' does not exist: only half, bfloat and float have them");
                }
                yield QualType.of(new CppType.Matrix(
                        kind, extent(template, arguments, 1, position), extent(template, arguments, 2, position)));
            }
            case "atomic", "_atomic" -> {
                var kind = element(template, arguments, position);
                var found = find("atomic_" + kind.keyword(), version);
                if (!(found instanceof Symbol.TypeName(var _, var type))
                        || !version.isAtLeast(LanguageVersion.METAL_2_4)) {
                    throw Refusal.at(position, "'atomic<" + kind + ">' is not available in " + version);
                }
                yield type;
            }
            case "uniform" -> arguments.getFirst() instanceof TemplateArgument.OfType(var type) ? type : QualType.VOID;
            default ->
                QualType.of(new CppType.Opaque(template.name() + "<" + new TemplateArgument.Pack(arguments) + ">"));
        };
    }

    private static ScalarType element(
            Symbol.NativeTemplate template, List<TemplateArgument> arguments, SourcePosition position) {
        if (!arguments.isEmpty()
                && arguments.getFirst() instanceof TemplateArgument.OfType(var type)
                && type.type() instanceof CppType.Scalar(var kind)
                && kind != ScalarType.VOID
                && VECTOR_ELEMENTS.contains(kind)) {
            return kind;
        }
        throw Refusal.at(position, "invalid element type for '" + template.name() + "'");
    }

    /** A vector of other lengths than two to four has no name, and serves to store its elements. */
    private static int extent(
            Symbol.NativeTemplate template, List<TemplateArgument> arguments, int index, SourcePosition position) {
        var isVector = template.name().equals("vec");
        var least = isVector ? 1 : 2;
        var greatest = isVector ? LONGEST_VECTOR : 4;
        if (index < arguments.size()
                && arguments.get(index) instanceof TemplateArgument.OfValue(var _, long bits)
                && bits >= least
                && bits <= greatest) {
            return (int) bits;
        }
        throw Refusal.at(position, "size of '" + template.name() + "' must be between " + least + " and " + greatest);
    }
}
