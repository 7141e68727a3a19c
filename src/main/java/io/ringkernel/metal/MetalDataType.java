package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** A type of MSL as reflection tells it ({@code MTLDataType}). */
public enum MetalDataType {
    /** Nothing that has a type. */
    NONE(Mtl.MTLDataTypeNone(), 0),
    /** A struct. */
    STRUCT(Mtl.MTLDataTypeStruct(), 0),
    /** An array. */
    ARRAY(Mtl.MTLDataTypeArray(), 0),
    /** {@code float}. */
    FLOAT(Mtl.MTLDataTypeFloat(), 4),
    /** {@code float2}. */
    FLOAT2(Mtl.MTLDataTypeFloat2(), 8),
    /** {@code float3}. */
    FLOAT3(Mtl.MTLDataTypeFloat3(), 16),
    /** {@code float4}. */
    FLOAT4(Mtl.MTLDataTypeFloat4(), 16),
    /** {@code float2x2}. */
    FLOAT2X2(Mtl.MTLDataTypeFloat2x2(), 16),
    /** {@code float2x3}. */
    FLOAT2X3(Mtl.MTLDataTypeFloat2x3(), 32),
    /** {@code float2x4}. */
    FLOAT2X4(Mtl.MTLDataTypeFloat2x4(), 32),
    /** {@code float3x2}. */
    FLOAT3X2(Mtl.MTLDataTypeFloat3x2(), 24),
    /** {@code float3x3}. */
    FLOAT3X3(Mtl.MTLDataTypeFloat3x3(), 48),
    /** {@code float3x4}. */
    FLOAT3X4(Mtl.MTLDataTypeFloat3x4(), 48),
    /** {@code float4x2}. */
    FLOAT4X2(Mtl.MTLDataTypeFloat4x2(), 32),
    /** {@code float4x3}. */
    FLOAT4X3(Mtl.MTLDataTypeFloat4x3(), 64),
    /** {@code float4x4}. */
    FLOAT4X4(Mtl.MTLDataTypeFloat4x4(), 64),
    /** {@code half}. */
    HALF(Mtl.MTLDataTypeHalf(), 2),
    /** {@code half2}. */
    HALF2(Mtl.MTLDataTypeHalf2(), 4),
    /** {@code half3}. */
    HALF3(Mtl.MTLDataTypeHalf3(), 8),
    /** {@code half4}. */
    HALF4(Mtl.MTLDataTypeHalf4(), 8),
    /** {@code half2x2}. */
    HALF2X2(Mtl.MTLDataTypeHalf2x2(), 8),
    /** {@code half2x3}. */
    HALF2X3(Mtl.MTLDataTypeHalf2x3(), 16),
    /** {@code half2x4}. */
    HALF2X4(Mtl.MTLDataTypeHalf2x4(), 16),
    /** {@code half3x2}. */
    HALF3X2(Mtl.MTLDataTypeHalf3x2(), 12),
    /** {@code half3x3}. */
    HALF3X3(Mtl.MTLDataTypeHalf3x3(), 24),
    /** {@code half3x4}. */
    HALF3X4(Mtl.MTLDataTypeHalf3x4(), 24),
    /** {@code half4x2}. */
    HALF4X2(Mtl.MTLDataTypeHalf4x2(), 16),
    /** {@code half4x3}. */
    HALF4X3(Mtl.MTLDataTypeHalf4x3(), 32),
    /** {@code half4x4}. */
    HALF4X4(Mtl.MTLDataTypeHalf4x4(), 32),
    /** {@code int}. */
    INT(Mtl.MTLDataTypeInt(), 4),
    /** {@code int2}. */
    INT2(Mtl.MTLDataTypeInt2(), 8),
    /** {@code int3}. */
    INT3(Mtl.MTLDataTypeInt3(), 16),
    /** {@code int4}. */
    INT4(Mtl.MTLDataTypeInt4(), 16),
    /** {@code uint}. */
    UINT(Mtl.MTLDataTypeUInt(), 4),
    /** {@code uint2}. */
    UINT2(Mtl.MTLDataTypeUInt2(), 8),
    /** {@code uint3}. */
    UINT3(Mtl.MTLDataTypeUInt3(), 16),
    /** {@code uint4}. */
    UINT4(Mtl.MTLDataTypeUInt4(), 16),
    /** {@code short}. */
    SHORT(Mtl.MTLDataTypeShort(), 2),
    /** {@code short2}. */
    SHORT2(Mtl.MTLDataTypeShort2(), 4),
    /** {@code short3}. */
    SHORT3(Mtl.MTLDataTypeShort3(), 8),
    /** {@code short4}. */
    SHORT4(Mtl.MTLDataTypeShort4(), 8),
    /** {@code ushort}. */
    USHORT(Mtl.MTLDataTypeUShort(), 2),
    /** {@code ushort2}. */
    USHORT2(Mtl.MTLDataTypeUShort2(), 4),
    /** {@code ushort3}. */
    USHORT3(Mtl.MTLDataTypeUShort3(), 8),
    /** {@code ushort4}. */
    USHORT4(Mtl.MTLDataTypeUShort4(), 8),
    /** {@code char}. */
    CHAR(Mtl.MTLDataTypeChar(), 1),
    /** {@code char2}. */
    CHAR2(Mtl.MTLDataTypeChar2(), 2),
    /** {@code char3}. */
    CHAR3(Mtl.MTLDataTypeChar3(), 4),
    /** {@code char4}. */
    CHAR4(Mtl.MTLDataTypeChar4(), 4),
    /** {@code uchar}. */
    UCHAR(Mtl.MTLDataTypeUChar(), 1),
    /** {@code uchar2}. */
    UCHAR2(Mtl.MTLDataTypeUChar2(), 2),
    /** {@code uchar3}. */
    UCHAR3(Mtl.MTLDataTypeUChar3(), 4),
    /** {@code uchar4}. */
    UCHAR4(Mtl.MTLDataTypeUChar4(), 4),
    /** {@code bool}. */
    BOOL(Mtl.MTLDataTypeBool(), 1),
    /** {@code bool2}. */
    BOOL2(Mtl.MTLDataTypeBool2(), 2),
    /** {@code bool3}. */
    BOOL3(Mtl.MTLDataTypeBool3(), 4),
    /** {@code bool4}. */
    BOOL4(Mtl.MTLDataTypeBool4(), 4),
    /** A texture. */
    TEXTURE(Mtl.MTLDataTypeTexture(), 0),
    /** A sampler. */
    SAMPLER(Mtl.MTLDataTypeSampler(), 0),
    /** A pointer. */
    POINTER(Mtl.MTLDataTypePointer(), 0),
    /** A render pipeline. */
    RENDER_PIPELINE(Mtl.MTLDataTypeRenderPipeline(), 0),
    /** A compute pipeline. */
    COMPUTE_PIPELINE(Mtl.MTLDataTypeComputePipeline(), 0),
    /** An indirect command buffer. */
    INDIRECT_COMMAND_BUFFER(Mtl.MTLDataTypeIndirectCommandBuffer(), 0),
    /** {@code long}. */
    LONG(Mtl.MTLDataTypeLong(), 8),
    /** {@code long2}. */
    LONG2(Mtl.MTLDataTypeLong2(), 16),
    /** {@code long3}. */
    LONG3(Mtl.MTLDataTypeLong3(), 32),
    /** {@code long4}. */
    LONG4(Mtl.MTLDataTypeLong4(), 32),
    /** {@code ulong}. */
    ULONG(Mtl.MTLDataTypeULong(), 8),
    /** {@code ulong2}. */
    ULONG2(Mtl.MTLDataTypeULong2(), 16),
    /** {@code ulong3}. */
    ULONG3(Mtl.MTLDataTypeULong3(), 32),
    /** {@code ulong4}. */
    ULONG4(Mtl.MTLDataTypeULong4(), 32),
    /** A table of visible functions. */
    VISIBLE_FUNCTION_TABLE(Mtl.MTLDataTypeVisibleFunctionTable(), 0),
    /** A table of intersection functions. */
    INTERSECTION_FUNCTION_TABLE(Mtl.MTLDataTypeIntersectionFunctionTable(), 0),
    /** An acceleration structure of primitives. */
    PRIMITIVE_ACCELERATION_STRUCTURE(Mtl.MTLDataTypePrimitiveAccelerationStructure(), 0),
    /** An acceleration structure of instances. */
    INSTANCE_ACCELERATION_STRUCTURE(Mtl.MTLDataTypeInstanceAccelerationStructure(), 0),
    /** {@code bfloat}. */
    BFLOAT(Mtl.MTLDataTypeBFloat(), 2),
    /** {@code bfloat2}. */
    BFLOAT2(Mtl.MTLDataTypeBFloat2(), 4),
    /** {@code bfloat3}. */
    BFLOAT3(Mtl.MTLDataTypeBFloat3(), 8),
    /** {@code bfloat4}. */
    BFLOAT4(Mtl.MTLDataTypeBFloat4(), 8),
    /** A depth and stencil state. */
    DEPTH_STENCIL_STATE(Mtl.MTLDataTypeDepthStencilState(), 0),
    /** A tensor. */
    TENSOR(Mtl.MTLDataTypeTensor(), 0);

    private final long code;
    private final int byteSize;

    MetalDataType(long code, int byteSize) {
        this.code = code;
        this.byteSize = byteSize;
    }

    /** The type of a code; {@link #NONE} for one that is newer than this library. */
    static MetalDataType of(long code) {
        for (var type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return NONE;
    }

    /** Bytes of a scalar, vector or matrix; 0 for anything else. Vectors of three take the room of four. */
    public int byteSize() {
        return byteSize;
    }
}
