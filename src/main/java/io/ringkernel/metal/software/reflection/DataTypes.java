package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import java.util.Locale;

/**
 * {@code MTLDataType} and MSL's types. The vectors of an element follow its scalar, and matrices follow in column
 * order.
 */
public final class DataTypes {
    private DataTypes() {}

    /** The constant for a type; None for one that has none. */
    public static long of(Type type) {
        return switch (shown(type)) {
            case Type.Scalar scalar -> ofScalar(scalar.kind());
            case Type.Vector vector -> ofScalar(vector.element()) + vector.count() - 1;
            case Type.Matrix matrix -> ofMatrix(matrix);
            case Type.Array _ -> Mtl.MTLDataTypeArray();
            case Type.Struct struct -> ofStruct(struct);
            case Type.Pointer _ -> Mtl.MTLDataTypePointer();
            case Type.Atomic atomic -> ofScalar(atomic.value());
            case Type.Opaque _ -> Mtl.MTLDataTypeNone();
        };
    }

    /**
     * Textures, samplers, tables, pipelines and commands are structs of the library's, with members by names that
     * nobody else may use.
     */
    private static long ofStruct(Type.Struct struct) {
        if (struct.name().equals("metal::sampler")) {
            return Mtl.MTLDataTypeSampler();
        }
        if (hasOnly(struct, "__handle")) {
            return Mtl.MTLDataTypeTexture();
        }
        if (hasOnly(struct, "__pipeline")) {
            return Mtl.MTLDataTypeComputePipeline();
        }
        if (hasOnly(struct, "__commands")) {
            return Mtl.MTLDataTypeIndirectCommandBuffer();
        }
        return hasOnly(struct, "__table") ? Mtl.MTLDataTypeVisibleFunctionTable() : Mtl.MTLDataTypeStruct();
    }

    private static boolean hasOnly(Type.Struct struct, String field) {
        return struct.fields().size() == 1 && struct.fields().getFirst().name().equals(field);
    }

    /** The type as Metal shows it: {@code metal::array} is an array. */
    static Type shown(Type type) {
        return type instanceof Type.Struct struct && hasOnly(struct, "__elements")
                ? struct.fields().getFirst().type()
                : type;
    }

    /** Whether it is a struct of the program's, and no texture, sampler or table. */
    static boolean isPlainStruct(Type.Struct struct) {
        return ofStruct(struct) == Mtl.MTLDataTypeStruct();
    }

    private static long ofScalar(ScalarType kind) {
        return switch (kind) {
            case VOID -> Mtl.MTLDataTypeNone();
            case BOOL -> Mtl.MTLDataTypeBool();
            case CHAR -> Mtl.MTLDataTypeChar();
            case UCHAR -> Mtl.MTLDataTypeUChar();
            case SHORT -> Mtl.MTLDataTypeShort();
            case USHORT -> Mtl.MTLDataTypeUShort();
            case INT -> Mtl.MTLDataTypeInt();
            case UINT -> Mtl.MTLDataTypeUInt();
            case LONG -> Mtl.MTLDataTypeLong();
            case ULONG -> Mtl.MTLDataTypeULong();
            case HALF -> Mtl.MTLDataTypeHalf();
            case BFLOAT -> Mtl.MTLDataTypeBFloat();
            case FLOAT -> Mtl.MTLDataTypeFloat();
        };
    }

    private static long ofMatrix(Type.Matrix matrix) {
        long first = matrix.element() == ScalarType.HALF ? Mtl.MTLDataTypeHalf2x2() : Mtl.MTLDataTypeFloat2x2();
        return first + (matrix.columns() - 2) * 3L + matrix.rows() - 2;
    }

    /** MSL's word for a scalar or vector; the number for anything else. */
    public static String nameOf(long dataType) {
        for (var kind : ScalarType.values()) {
            long count = dataType - ofScalar(kind) + 1;
            if (kind != ScalarType.VOID && count >= 1 && count <= 4) {
                return kind.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : count);
            }
        }
        return "data type " + dataType;
    }

    /** Bytes of a scalar or vector; 0 for anything else. A vector of three takes the room of four. */
    public static int byteSize(long dataType) {
        for (var kind : ScalarType.values()) {
            long first = ofScalar(kind);
            if (kind != ScalarType.VOID && dataType >= first && dataType < first + 4) {
                int count = (int) (dataType - first) + 1;
                return kind.byteSize() * (count == 3 ? 4 : count);
            }
        }
        return 0;
    }
}
