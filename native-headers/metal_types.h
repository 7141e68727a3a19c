/* Metal's structs and enumerations, as far as compute needs them. */
#ifndef RINGKERNEL_METAL_TYPES_H
#define RINGKERNEL_METAL_TYPES_H

#include "foundation.h"

typedef unsigned long long MTLGPUAddress;

typedef struct MTLOrigin {
    NSUInteger x;
    NSUInteger y;
    NSUInteger z;
} MTLOrigin;

typedef struct MTLSize {
    NSUInteger width;
    NSUInteger height;
    NSUInteger depth;
} MTLSize;

typedef struct MTLRegion {
    MTLOrigin origin;
    MTLSize size;
} MTLRegion;

typedef struct MTLSizeAndAlign {
    NSUInteger size;
    NSUInteger align;
} MTLSizeAndAlign;

typedef struct MTLResourceID {
    unsigned long long _impl;
} MTLResourceID;

/* What the GPU reads from the buffer of an indirect dispatch. */
typedef struct MTLDispatchThreadgroupsIndirectArguments {
    unsigned int threadgroupsPerGrid[3];
} MTLDispatchThreadgroupsIndirectArguments;

/* Devices. */
typedef enum MTLGPUFamily : long long {
    MTLGPUFamilyApple1 = 1001,
    MTLGPUFamilyApple2 = 1002,
    MTLGPUFamilyApple3 = 1003,
    MTLGPUFamilyApple4 = 1004,
    MTLGPUFamilyApple5 = 1005,
    MTLGPUFamilyApple6 = 1006,
    MTLGPUFamilyApple7 = 1007,
    MTLGPUFamilyApple8 = 1008,
    MTLGPUFamilyApple9 = 1009,
    MTLGPUFamilyApple10 = 1010,
    MTLGPUFamilyMac2 = 2002,
    MTLGPUFamilyCommon1 = 3001,
    MTLGPUFamilyCommon2 = 3002,
    MTLGPUFamilyCommon3 = 3003,
    MTLGPUFamilyMetal3 = 5001,
    MTLGPUFamilyMetal4 = 5002,
} MTLGPUFamily;

typedef enum MTLDeviceLocation : unsigned long long {
    MTLDeviceLocationBuiltIn = 0,
    MTLDeviceLocationSlot = 1,
    MTLDeviceLocationExternal = 2,
    MTLDeviceLocationUnspecified = 18446744073709551615ULL,
} MTLDeviceLocation;

typedef enum MTLArgumentBuffersTier : unsigned long long {
    MTLArgumentBuffersTier1 = 0,
    MTLArgumentBuffersTier2 = 1,
} MTLArgumentBuffersTier;

typedef enum MTLReadWriteTextureTier : unsigned long long {
    MTLReadWriteTextureTierNone = 0,
    MTLReadWriteTextureTier1 = 1,
    MTLReadWriteTextureTier2 = 2,
} MTLReadWriteTextureTier;

typedef enum MTLDeviceError : long long {
    MTLDeviceErrorNone = 0,
    MTLDeviceErrorNotSupported = 1,
} MTLDeviceError;

/* Resources. */
typedef enum MTLCPUCacheMode : unsigned long long {
    MTLCPUCacheModeDefaultCache = 0,
    MTLCPUCacheModeWriteCombined = 1,
} MTLCPUCacheMode;

typedef enum MTLStorageMode : unsigned long long {
    MTLStorageModeShared = 0,
    MTLStorageModeManaged = 1,
    MTLStorageModePrivate = 2,
    MTLStorageModeMemoryless = 3,
} MTLStorageMode;

typedef enum MTLHazardTrackingMode : unsigned long long {
    MTLHazardTrackingModeDefault = 0,
    MTLHazardTrackingModeUntracked = 1,
    MTLHazardTrackingModeTracked = 2,
} MTLHazardTrackingMode;

typedef enum MTLResourceOptions : unsigned long long {
    MTLResourceCPUCacheModeDefaultCache = 0,
    MTLResourceCPUCacheModeWriteCombined = 1,
    MTLResourceStorageModeShared = 0,
    MTLResourceStorageModeManaged = 16,
    MTLResourceStorageModePrivate = 32,
    MTLResourceStorageModeMemoryless = 48,
    MTLResourceHazardTrackingModeDefault = 0,
    MTLResourceHazardTrackingModeUntracked = 256,
    MTLResourceHazardTrackingModeTracked = 512,
} MTLResourceOptions;

typedef enum MTLPurgeableState : unsigned long long {
    MTLPurgeableStateKeepCurrent = 1,
    MTLPurgeableStateNonVolatile = 2,
    MTLPurgeableStateVolatile = 3,
    MTLPurgeableStateEmpty = 4,
} MTLPurgeableState;

typedef enum MTLHeapType : long long {
    MTLHeapTypeAutomatic = 0,
    MTLHeapTypePlacement = 1,
    MTLHeapTypeSparse = 2,
} MTLHeapType;

/* Libraries and functions. */
typedef enum MTLLanguageVersion : unsigned long long {
    MTLLanguageVersion1_1 = 65537,
    MTLLanguageVersion1_2 = 65538,
    MTLLanguageVersion2_0 = 131072,
    MTLLanguageVersion2_1 = 131073,
    MTLLanguageVersion2_2 = 131074,
    MTLLanguageVersion2_3 = 131075,
    MTLLanguageVersion2_4 = 131076,
    MTLLanguageVersion3_0 = 196608,
    MTLLanguageVersion3_1 = 196609,
    MTLLanguageVersion3_2 = 196610,
    MTLLanguageVersion4_0 = 262144,
} MTLLanguageVersion;

typedef enum MTLLibraryType : long long {
    MTLLibraryTypeExecutable = 0,
    MTLLibraryTypeDynamic = 1,
} MTLLibraryType;

typedef enum MTLLibraryOptimizationLevel : long long {
    MTLLibraryOptimizationLevelDefault = 0,
    MTLLibraryOptimizationLevelSize = 1,
} MTLLibraryOptimizationLevel;

typedef enum MTLCompileSymbolVisibility : long long {
    MTLCompileSymbolVisibilityDefault = 0,
    MTLCompileSymbolVisibilityHidden = 1,
} MTLCompileSymbolVisibility;

typedef enum MTLMathMode : long long {
    MTLMathModeSafe = 0,
    MTLMathModeRelaxed = 1,
    MTLMathModeFast = 2,
} MTLMathMode;

typedef enum MTLMathFloatingPointFunctions : long long {
    MTLMathFloatingPointFunctionsFast = 0,
    MTLMathFloatingPointFunctionsPrecise = 1,
} MTLMathFloatingPointFunctions;

typedef enum MTLLibraryError : unsigned long long {
    MTLLibraryErrorUnsupported = 1,
    MTLLibraryErrorInternal = 2,
    MTLLibraryErrorCompileFailure = 3,
    MTLLibraryErrorCompileWarning = 4,
    MTLLibraryErrorFunctionNotFound = 5,
    MTLLibraryErrorFileNotFound = 6,
} MTLLibraryError;

typedef enum MTLFunctionType : unsigned long long {
    MTLFunctionTypeVertex = 1,
    MTLFunctionTypeFragment = 2,
    MTLFunctionTypeKernel = 3,
    MTLFunctionTypeVisible = 5,
    MTLFunctionTypeIntersection = 6,
    MTLFunctionTypeMesh = 7,
    MTLFunctionTypeObject = 8,
} MTLFunctionType;

typedef enum MTLFunctionOptions : unsigned long long {
    MTLFunctionOptionNone = 0,
    MTLFunctionOptionCompileToBinary = 1,
    MTLFunctionOptionStoreFunctionInMetalPipelinesScript = 2,
    MTLFunctionOptionFailOnBinaryArchiveMiss = 4,
    MTLFunctionOptionPipelineIndependent = 8,
} MTLFunctionOptions;

typedef enum MTLDataType : unsigned long long {
    MTLDataTypeNone = 0,
    MTLDataTypeStruct = 1,
    MTLDataTypeArray = 2,
    MTLDataTypeFloat = 3,
    MTLDataTypeFloat2 = 4,
    MTLDataTypeFloat3 = 5,
    MTLDataTypeFloat4 = 6,
    MTLDataTypeFloat2x2 = 7,
    MTLDataTypeFloat2x3 = 8,
    MTLDataTypeFloat2x4 = 9,
    MTLDataTypeFloat3x2 = 10,
    MTLDataTypeFloat3x3 = 11,
    MTLDataTypeFloat3x4 = 12,
    MTLDataTypeFloat4x2 = 13,
    MTLDataTypeFloat4x3 = 14,
    MTLDataTypeFloat4x4 = 15,
    MTLDataTypeHalf = 16,
    MTLDataTypeHalf2 = 17,
    MTLDataTypeHalf3 = 18,
    MTLDataTypeHalf4 = 19,
    MTLDataTypeHalf2x2 = 20,
    MTLDataTypeHalf2x3 = 21,
    MTLDataTypeHalf2x4 = 22,
    MTLDataTypeHalf3x2 = 23,
    MTLDataTypeHalf3x3 = 24,
    MTLDataTypeHalf3x4 = 25,
    MTLDataTypeHalf4x2 = 26,
    MTLDataTypeHalf4x3 = 27,
    MTLDataTypeHalf4x4 = 28,
    MTLDataTypeInt = 29,
    MTLDataTypeInt2 = 30,
    MTLDataTypeInt3 = 31,
    MTLDataTypeInt4 = 32,
    MTLDataTypeUInt = 33,
    MTLDataTypeUInt2 = 34,
    MTLDataTypeUInt3 = 35,
    MTLDataTypeUInt4 = 36,
    MTLDataTypeShort = 37,
    MTLDataTypeShort2 = 38,
    MTLDataTypeShort3 = 39,
    MTLDataTypeShort4 = 40,
    MTLDataTypeUShort = 41,
    MTLDataTypeUShort2 = 42,
    MTLDataTypeUShort3 = 43,
    MTLDataTypeUShort4 = 44,
    MTLDataTypeChar = 45,
    MTLDataTypeChar2 = 46,
    MTLDataTypeChar3 = 47,
    MTLDataTypeChar4 = 48,
    MTLDataTypeUChar = 49,
    MTLDataTypeUChar2 = 50,
    MTLDataTypeUChar3 = 51,
    MTLDataTypeUChar4 = 52,
    MTLDataTypeBool = 53,
    MTLDataTypeBool2 = 54,
    MTLDataTypeBool3 = 55,
    MTLDataTypeBool4 = 56,
    MTLDataTypeTexture = 58,
    MTLDataTypeSampler = 59,
    MTLDataTypePointer = 60,
    MTLDataTypeR8Unorm = 62,
    MTLDataTypeR8Snorm = 63,
    MTLDataTypeR16Unorm = 64,
    MTLDataTypeR16Snorm = 65,
    MTLDataTypeRG8Unorm = 66,
    MTLDataTypeRG8Snorm = 67,
    MTLDataTypeRG16Unorm = 68,
    MTLDataTypeRG16Snorm = 69,
    MTLDataTypeRGBA8Unorm = 70,
    MTLDataTypeRGBA8Unorm_sRGB = 71,
    MTLDataTypeRGBA8Snorm = 72,
    MTLDataTypeRGBA16Unorm = 73,
    MTLDataTypeRGBA16Snorm = 74,
    MTLDataTypeRGB10A2Unorm = 75,
    MTLDataTypeRG11B10Float = 76,
    MTLDataTypeRGB9E5Float = 77,
    MTLDataTypeRenderPipeline = 78,
    MTLDataTypeComputePipeline = 79,
    MTLDataTypeIndirectCommandBuffer = 80,
    MTLDataTypeLong = 81,
    MTLDataTypeLong2 = 82,
    MTLDataTypeLong3 = 83,
    MTLDataTypeLong4 = 84,
    MTLDataTypeULong = 85,
    MTLDataTypeULong2 = 86,
    MTLDataTypeULong3 = 87,
    MTLDataTypeULong4 = 88,
    MTLDataTypeVisibleFunctionTable = 115,
    MTLDataTypeIntersectionFunctionTable = 116,
    MTLDataTypePrimitiveAccelerationStructure = 117,
    MTLDataTypeInstanceAccelerationStructure = 118,
    MTLDataTypeBFloat = 121,
    MTLDataTypeBFloat2 = 122,
    MTLDataTypeBFloat3 = 123,
    MTLDataTypeBFloat4 = 124,
    MTLDataTypeDepthStencilState = 139,
    MTLDataTypeTensor = 140,
} MTLDataType;

/* Pipelines and what they bind. */
typedef enum MTLPipelineOption : unsigned long long {
    MTLPipelineOptionNone = 0,
    MTLPipelineOptionBindingInfo = 1,
    MTLPipelineOptionBufferTypeInfo = 2,
    MTLPipelineOptionFailOnBinaryArchiveMiss = 4,
} MTLPipelineOption;

typedef enum MTLMutability : unsigned long long {
    MTLMutabilityDefault = 0,
    MTLMutabilityMutable = 1,
    MTLMutabilityImmutable = 2,
} MTLMutability;

typedef enum MTLShaderValidation : long long {
    MTLShaderValidationDefault = 0,
    MTLShaderValidationEnabled = 1,
    MTLShaderValidationDisabled = 2,
} MTLShaderValidation;

typedef enum MTLBindingType : long long {
    MTLBindingTypeBuffer = 0,
    MTLBindingTypeThreadgroupMemory = 1,
    MTLBindingTypeTexture = 2,
    MTLBindingTypeSampler = 3,
    MTLBindingTypeImageblockData = 16,
    MTLBindingTypeImageblock = 17,
    MTLBindingTypeVisibleFunctionTable = 24,
    MTLBindingTypePrimitiveAccelerationStructure = 25,
    MTLBindingTypeInstanceAccelerationStructure = 26,
    MTLBindingTypeIntersectionFunctionTable = 27,
    MTLBindingTypeObjectPayload = 34,
    MTLBindingTypeTensor = 37,
} MTLBindingType;

typedef enum MTLArgumentType : unsigned long long {
    MTLArgumentTypeBuffer = 0,
    MTLArgumentTypeThreadgroupMemory = 1,
    MTLArgumentTypeTexture = 2,
    MTLArgumentTypeSampler = 3,
    MTLArgumentTypeImageblockData = 16,
    MTLArgumentTypeImageblock = 17,
    MTLArgumentTypeVisibleFunctionTable = 24,
    MTLArgumentTypePrimitiveAccelerationStructure = 25,
    MTLArgumentTypeInstanceAccelerationStructure = 26,
    MTLArgumentTypeIntersectionFunctionTable = 27,
} MTLArgumentType;

typedef enum MTLBindingAccess : unsigned long long {
    MTLBindingAccessReadOnly = 0,
    MTLBindingAccessReadWrite = 1,
    MTLBindingAccessWriteOnly = 2,
} MTLBindingAccess;

typedef enum MTLBinaryArchiveError : unsigned long long {
    MTLBinaryArchiveErrorNone = 0,
    MTLBinaryArchiveErrorInvalidFile = 1,
    MTLBinaryArchiveErrorUnexpectedElement = 2,
    MTLBinaryArchiveErrorCompilationFailure = 3,
    MTLBinaryArchiveErrorInternalError = 4,
} MTLBinaryArchiveError;

/* Commands. */
typedef enum MTLCommandBufferStatus : unsigned long long {
    MTLCommandBufferStatusNotEnqueued = 0,
    MTLCommandBufferStatusEnqueued = 1,
    MTLCommandBufferStatusCommitted = 2,
    MTLCommandBufferStatusScheduled = 3,
    MTLCommandBufferStatusCompleted = 4,
    MTLCommandBufferStatusError = 5,
} MTLCommandBufferStatus;

typedef enum MTLCommandBufferError : unsigned long long {
    MTLCommandBufferErrorNone = 0,
    MTLCommandBufferErrorInternal = 1,
    MTLCommandBufferErrorTimeout = 2,
    MTLCommandBufferErrorPageFault = 3,
    MTLCommandBufferErrorAccessRevoked = 4,
    MTLCommandBufferErrorNotPermitted = 7,
    MTLCommandBufferErrorOutOfMemory = 8,
    MTLCommandBufferErrorInvalidResource = 9,
    MTLCommandBufferErrorMemoryless = 10,
    MTLCommandBufferErrorDeviceRemoved = 11,
    MTLCommandBufferErrorStackOverflow = 12,
} MTLCommandBufferError;

typedef enum MTLCommandBufferErrorOption : unsigned long long {
    MTLCommandBufferErrorOptionNone = 0,
    MTLCommandBufferErrorOptionEncoderExecutionStatus = 1,
} MTLCommandBufferErrorOption;

typedef enum MTLCommandEncoderErrorState : long long {
    MTLCommandEncoderErrorStateUnknown = 0,
    MTLCommandEncoderErrorStateCompleted = 1,
    MTLCommandEncoderErrorStateAffected = 2,
    MTLCommandEncoderErrorStatePending = 3,
    MTLCommandEncoderErrorStateFaulted = 4,
} MTLCommandEncoderErrorState;

/* The bits of what an indirect command buffer may hold, as far as compute needs them. */
typedef enum MTLIndirectCommandType : unsigned long long {
    MTLIndirectCommandTypeConcurrentDispatch = 32,
    MTLIndirectCommandTypeConcurrentDispatchThreads = 64,
} MTLIndirectCommandType;

typedef enum MTLLogLevel : long long {
    MTLLogLevelUndefined = 0,
    MTLLogLevelDebug = 1,
    MTLLogLevelInfo = 2,
    MTLLogLevelNotice = 3,
    MTLLogLevelError = 4,
    MTLLogLevelFault = 5,
} MTLLogLevel;

typedef enum MTLLogStateError : unsigned long long {
    MTLLogStateErrorInvalidSize = 1,
    MTLLogStateErrorInvalid = 2,
} MTLLogStateError;

typedef enum MTLDispatchType : unsigned long long {
    MTLDispatchTypeSerial = 0,
    MTLDispatchTypeConcurrent = 1,
} MTLDispatchType;

typedef enum MTLResourceUsage : unsigned long long {
    MTLResourceUsageRead = 1,
    MTLResourceUsageWrite = 2,
} MTLResourceUsage;

typedef enum MTLBarrierScope : unsigned long long {
    MTLBarrierScopeBuffers = 1,
    MTLBarrierScopeTextures = 2,
    MTLBarrierScopeRenderTargets = 4,
} MTLBarrierScope;

#endif
