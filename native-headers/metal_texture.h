/* Textures and samplers. */
#ifndef RINGKERNEL_METAL_TEXTURE_H
#define RINGKERNEL_METAL_TEXTURE_H

#include "metal_types.h"

typedef struct MTLTextureSwizzleChannels {
    unsigned char red;
    unsigned char green;
    unsigned char blue;
    unsigned char alpha;
} MTLTextureSwizzleChannels;

typedef enum MTLPixelFormat : unsigned long long {
    MTLPixelFormatInvalid = 0,
    MTLPixelFormatA8Unorm = 1,
    MTLPixelFormatR8Unorm = 10,
    MTLPixelFormatR8Unorm_sRGB = 11,
    MTLPixelFormatR8Snorm = 12,
    MTLPixelFormatR8Uint = 13,
    MTLPixelFormatR8Sint = 14,
    MTLPixelFormatR16Unorm = 20,
    MTLPixelFormatR16Snorm = 22,
    MTLPixelFormatR16Uint = 23,
    MTLPixelFormatR16Sint = 24,
    MTLPixelFormatR16Float = 25,
    MTLPixelFormatRG8Unorm = 30,
    MTLPixelFormatRG8Unorm_sRGB = 31,
    MTLPixelFormatRG8Snorm = 32,
    MTLPixelFormatRG8Uint = 33,
    MTLPixelFormatRG8Sint = 34,
    MTLPixelFormatB5G6R5Unorm = 40,
    MTLPixelFormatA1BGR5Unorm = 41,
    MTLPixelFormatABGR4Unorm = 42,
    MTLPixelFormatBGR5A1Unorm = 43,
    MTLPixelFormatR32Uint = 53,
    MTLPixelFormatR32Sint = 54,
    MTLPixelFormatR32Float = 55,
    MTLPixelFormatRG16Unorm = 60,
    MTLPixelFormatRG16Snorm = 62,
    MTLPixelFormatRG16Uint = 63,
    MTLPixelFormatRG16Sint = 64,
    MTLPixelFormatRG16Float = 65,
    MTLPixelFormatRGBA8Unorm = 70,
    MTLPixelFormatRGBA8Unorm_sRGB = 71,
    MTLPixelFormatRGBA8Snorm = 72,
    MTLPixelFormatRGBA8Uint = 73,
    MTLPixelFormatRGBA8Sint = 74,
    MTLPixelFormatBGRA8Unorm = 80,
    MTLPixelFormatBGRA8Unorm_sRGB = 81,
    MTLPixelFormatRGB10A2Unorm = 90,
    MTLPixelFormatRGB10A2Uint = 91,
    MTLPixelFormatRG11B10Float = 92,
    MTLPixelFormatRGB9E5Float = 93,
    MTLPixelFormatBGR10A2Unorm = 94,
    MTLPixelFormatBGR10_XR = 554,
    MTLPixelFormatBGR10_XR_sRGB = 555,
    MTLPixelFormatRG32Uint = 103,
    MTLPixelFormatRG32Sint = 104,
    MTLPixelFormatRG32Float = 105,
    MTLPixelFormatRGBA16Unorm = 110,
    MTLPixelFormatRGBA16Snorm = 112,
    MTLPixelFormatRGBA16Uint = 113,
    MTLPixelFormatRGBA16Sint = 114,
    MTLPixelFormatRGBA16Float = 115,
    MTLPixelFormatBGRA10_XR = 552,
    MTLPixelFormatBGRA10_XR_sRGB = 553,
    MTLPixelFormatRGBA32Uint = 123,
    MTLPixelFormatRGBA32Sint = 124,
    MTLPixelFormatRGBA32Float = 125,
    MTLPixelFormatBC1_RGBA = 130,
    MTLPixelFormatBC1_RGBA_sRGB = 131,
    MTLPixelFormatBC2_RGBA = 132,
    MTLPixelFormatBC2_RGBA_sRGB = 133,
    MTLPixelFormatBC3_RGBA = 134,
    MTLPixelFormatBC3_RGBA_sRGB = 135,
    MTLPixelFormatBC4_RUnorm = 140,
    MTLPixelFormatBC4_RSnorm = 141,
    MTLPixelFormatBC5_RGUnorm = 142,
    MTLPixelFormatBC5_RGSnorm = 143,
    MTLPixelFormatBC6H_RGBFloat = 150,
    MTLPixelFormatBC6H_RGBUfloat = 151,
    MTLPixelFormatBC7_RGBAUnorm = 152,
    MTLPixelFormatBC7_RGBAUnorm_sRGB = 153,
    MTLPixelFormatPVRTC_RGB_2BPP = 160,
    MTLPixelFormatPVRTC_RGB_2BPP_sRGB = 161,
    MTLPixelFormatPVRTC_RGB_4BPP = 162,
    MTLPixelFormatPVRTC_RGB_4BPP_sRGB = 163,
    MTLPixelFormatPVRTC_RGBA_2BPP = 164,
    MTLPixelFormatPVRTC_RGBA_2BPP_sRGB = 165,
    MTLPixelFormatPVRTC_RGBA_4BPP = 166,
    MTLPixelFormatPVRTC_RGBA_4BPP_sRGB = 167,
    MTLPixelFormatEAC_R11Unorm = 170,
    MTLPixelFormatEAC_R11Snorm = 172,
    MTLPixelFormatEAC_RG11Unorm = 174,
    MTLPixelFormatEAC_RG11Snorm = 176,
    MTLPixelFormatEAC_RGBA8 = 178,
    MTLPixelFormatEAC_RGBA8_sRGB = 179,
    MTLPixelFormatETC2_RGB8 = 180,
    MTLPixelFormatETC2_RGB8_sRGB = 181,
    MTLPixelFormatETC2_RGB8A1 = 182,
    MTLPixelFormatETC2_RGB8A1_sRGB = 183,
    MTLPixelFormatASTC_4x4_sRGB = 186,
    MTLPixelFormatASTC_5x4_sRGB = 187,
    MTLPixelFormatASTC_5x5_sRGB = 188,
    MTLPixelFormatASTC_6x5_sRGB = 189,
    MTLPixelFormatASTC_6x6_sRGB = 190,
    MTLPixelFormatASTC_8x5_sRGB = 192,
    MTLPixelFormatASTC_8x6_sRGB = 193,
    MTLPixelFormatASTC_8x8_sRGB = 194,
    MTLPixelFormatASTC_10x5_sRGB = 195,
    MTLPixelFormatASTC_10x6_sRGB = 196,
    MTLPixelFormatASTC_10x8_sRGB = 197,
    MTLPixelFormatASTC_10x10_sRGB = 198,
    MTLPixelFormatASTC_12x10_sRGB = 199,
    MTLPixelFormatASTC_12x12_sRGB = 200,
    MTLPixelFormatASTC_4x4_LDR = 204,
    MTLPixelFormatASTC_5x4_LDR = 205,
    MTLPixelFormatASTC_5x5_LDR = 206,
    MTLPixelFormatASTC_6x5_LDR = 207,
    MTLPixelFormatASTC_6x6_LDR = 208,
    MTLPixelFormatASTC_8x5_LDR = 210,
    MTLPixelFormatASTC_8x6_LDR = 211,
    MTLPixelFormatASTC_8x8_LDR = 212,
    MTLPixelFormatASTC_10x5_LDR = 213,
    MTLPixelFormatASTC_10x6_LDR = 214,
    MTLPixelFormatASTC_10x8_LDR = 215,
    MTLPixelFormatASTC_10x10_LDR = 216,
    MTLPixelFormatASTC_12x10_LDR = 217,
    MTLPixelFormatASTC_12x12_LDR = 218,
    MTLPixelFormatASTC_4x4_HDR = 222,
    MTLPixelFormatASTC_5x4_HDR = 223,
    MTLPixelFormatASTC_5x5_HDR = 224,
    MTLPixelFormatASTC_6x5_HDR = 225,
    MTLPixelFormatASTC_6x6_HDR = 226,
    MTLPixelFormatASTC_8x5_HDR = 228,
    MTLPixelFormatASTC_8x6_HDR = 229,
    MTLPixelFormatASTC_8x8_HDR = 230,
    MTLPixelFormatASTC_10x5_HDR = 231,
    MTLPixelFormatASTC_10x6_HDR = 232,
    MTLPixelFormatASTC_10x8_HDR = 233,
    MTLPixelFormatASTC_10x10_HDR = 234,
    MTLPixelFormatASTC_12x10_HDR = 235,
    MTLPixelFormatASTC_12x12_HDR = 236,
    MTLPixelFormatGBGR422 = 240,
    MTLPixelFormatBGRG422 = 241,
    MTLPixelFormatDepth16Unorm = 250,
    MTLPixelFormatDepth32Float = 252,
    MTLPixelFormatStencil8 = 253,
    MTLPixelFormatDepth24Unorm_Stencil8 = 255,
    MTLPixelFormatDepth32Float_Stencil8 = 260,
    MTLPixelFormatX32_Stencil8 = 261,
    MTLPixelFormatX24_Stencil8 = 262,
    MTLPixelFormatUnspecialized = 263,
} MTLPixelFormat;

typedef enum MTLTextureType : unsigned long long {
    MTLTextureType1D = 0,
    MTLTextureType1DArray = 1,
    MTLTextureType2D = 2,
    MTLTextureType2DArray = 3,
    MTLTextureType2DMultisample = 4,
    MTLTextureTypeCube = 5,
    MTLTextureTypeCubeArray = 6,
    MTLTextureType3D = 7,
    MTLTextureType2DMultisampleArray = 8,
    MTLTextureTypeTextureBuffer = 9,
} MTLTextureType;

typedef enum MTLTextureSwizzle : unsigned char {
    MTLTextureSwizzleZero = 0,
    MTLTextureSwizzleOne = 1,
    MTLTextureSwizzleRed = 2,
    MTLTextureSwizzleGreen = 3,
    MTLTextureSwizzleBlue = 4,
    MTLTextureSwizzleAlpha = 5,
} MTLTextureSwizzle;

typedef enum MTLTextureUsage : unsigned long long {
    MTLTextureUsageUnknown = 0,
    MTLTextureUsageShaderRead = 1,
    MTLTextureUsageShaderWrite = 2,
    MTLTextureUsageRenderTarget = 4,
    MTLTextureUsagePixelFormatView = 16,
    MTLTextureUsageShaderAtomic = 32,
} MTLTextureUsage;

typedef enum MTLTextureCompressionType : long long {
    MTLTextureCompressionTypeLossless = 0,
    MTLTextureCompressionTypeLossy = 1,
} MTLTextureCompressionType;

typedef enum MTLSamplerMinMagFilter : unsigned long long {
    MTLSamplerMinMagFilterNearest = 0,
    MTLSamplerMinMagFilterLinear = 1,
} MTLSamplerMinMagFilter;

typedef enum MTLSamplerMipFilter : unsigned long long {
    MTLSamplerMipFilterNotMipmapped = 0,
    MTLSamplerMipFilterNearest = 1,
    MTLSamplerMipFilterLinear = 2,
} MTLSamplerMipFilter;

typedef enum MTLSamplerAddressMode : unsigned long long {
    MTLSamplerAddressModeClampToEdge = 0,
    MTLSamplerAddressModeMirrorClampToEdge = 1,
    MTLSamplerAddressModeRepeat = 2,
    MTLSamplerAddressModeMirrorRepeat = 3,
    MTLSamplerAddressModeClampToZero = 4,
    MTLSamplerAddressModeClampToBorderColor = 5,
} MTLSamplerAddressMode;

typedef enum MTLSamplerBorderColor : unsigned long long {
    MTLSamplerBorderColorTransparentBlack = 0,
    MTLSamplerBorderColorOpaqueBlack = 1,
    MTLSamplerBorderColorOpaqueWhite = 2,
} MTLSamplerBorderColor;

typedef enum MTLSamplerReductionMode : unsigned long long {
    MTLSamplerReductionModeWeightedAverage = 0,
    MTLSamplerReductionModeMinimum = 1,
    MTLSamplerReductionModeMaximum = 2,
} MTLSamplerReductionMode;

typedef enum MTLCompareFunction : unsigned long long {
    MTLCompareFunctionNever = 0,
    MTLCompareFunctionLess = 1,
    MTLCompareFunctionEqual = 2,
    MTLCompareFunctionLessEqual = 3,
    MTLCompareFunctionGreater = 4,
    MTLCompareFunctionNotEqual = 5,
    MTLCompareFunctionGreaterEqual = 6,
    MTLCompareFunctionAlways = 7,
} MTLCompareFunction;

typedef enum MTLBlitOption : unsigned long long {
    MTLBlitOptionNone = 0,
    MTLBlitOptionDepthFromDepthStencil = 1,
    MTLBlitOptionStencilFromDepthStencil = 2,
    MTLBlitOptionRowLinearPVRTC = 4,
} MTLBlitOption;

/* MTLTextureDescriptor */
typedef id (*MTLTextureDescriptor_texture2DDescriptorWithPixelFormat_width_height_mipmapped)(
        Class self, SEL _cmd, MTLPixelFormat pixelFormat, NSUInteger width, NSUInteger height, BOOL mipmapped);
typedef id (*MTLTextureDescriptor_textureBufferDescriptorWithPixelFormat_width_resourceOptions_usage)(
        Class self, SEL _cmd, MTLPixelFormat pixelFormat, NSUInteger width, MTLResourceOptions resourceOptions,
        MTLTextureUsage usage);
typedef id (*MTLTextureDescriptor_textureCubeDescriptorWithPixelFormat_size_mipmapped)(
        Class self, SEL _cmd, MTLPixelFormat pixelFormat, NSUInteger size, BOOL mipmapped);
typedef BOOL (*MTLTextureDescriptor_allowGPUOptimizedContents)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_arrayLength)(id self, SEL _cmd);
typedef MTLTextureCompressionType (*MTLTextureDescriptor_compressionType)(id self, SEL _cmd);
typedef MTLCPUCacheMode (*MTLTextureDescriptor_cpuCacheMode)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_depth)(id self, SEL _cmd);
typedef MTLHazardTrackingMode (*MTLTextureDescriptor_hazardTrackingMode)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_height)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_mipmapLevelCount)(id self, SEL _cmd);
typedef MTLPixelFormat (*MTLTextureDescriptor_pixelFormat)(id self, SEL _cmd);
typedef MTLResourceOptions (*MTLTextureDescriptor_resourceOptions)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_sampleCount)(id self, SEL _cmd);
typedef void (*MTLTextureDescriptor_setAllowGPUOptimizedContents)(id self, SEL _cmd, BOOL allowGPUOptimizedContents);
typedef void (*MTLTextureDescriptor_setArrayLength)(id self, SEL _cmd, NSUInteger arrayLength);
typedef void (*MTLTextureDescriptor_setCompressionType)(id self, SEL _cmd, MTLTextureCompressionType compressionType);
typedef void (*MTLTextureDescriptor_setCpuCacheMode)(id self, SEL _cmd, MTLCPUCacheMode cpuCacheMode);
typedef void (*MTLTextureDescriptor_setDepth)(id self, SEL _cmd, NSUInteger depth);
typedef void (*MTLTextureDescriptor_setHazardTrackingMode)(id self, SEL _cmd, MTLHazardTrackingMode hazardTrackingMode);
typedef void (*MTLTextureDescriptor_setHeight)(id self, SEL _cmd, NSUInteger height);
typedef void (*MTLTextureDescriptor_setMipmapLevelCount)(id self, SEL _cmd, NSUInteger mipmapLevelCount);
typedef void (*MTLTextureDescriptor_setPixelFormat)(id self, SEL _cmd, MTLPixelFormat pixelFormat);
typedef void (*MTLTextureDescriptor_setResourceOptions)(id self, SEL _cmd, MTLResourceOptions resourceOptions);
typedef void (*MTLTextureDescriptor_setSampleCount)(id self, SEL _cmd, NSUInteger sampleCount);
typedef void (*MTLTextureDescriptor_setStorageMode)(id self, SEL _cmd, MTLStorageMode storageMode);
typedef void (*MTLTextureDescriptor_setSwizzle)(id self, SEL _cmd, MTLTextureSwizzleChannels swizzle);
typedef void (*MTLTextureDescriptor_setTextureType)(id self, SEL _cmd, MTLTextureType textureType);
typedef void (*MTLTextureDescriptor_setUsage)(id self, SEL _cmd, MTLTextureUsage usage);
typedef void (*MTLTextureDescriptor_setWidth)(id self, SEL _cmd, NSUInteger width);
typedef MTLStorageMode (*MTLTextureDescriptor_storageMode)(id self, SEL _cmd);
typedef MTLTextureSwizzleChannels (*MTLTextureDescriptor_swizzle)(id self, SEL _cmd);
typedef MTLTextureType (*MTLTextureDescriptor_textureType)(id self, SEL _cmd);
typedef MTLTextureUsage (*MTLTextureDescriptor_usage)(id self, SEL _cmd);
typedef NSUInteger (*MTLTextureDescriptor_width)(id self, SEL _cmd);

/* MTLTexture */
typedef BOOL (*MTLTexture_allowGPUOptimizedContents)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_arrayLength)(id self, SEL _cmd);
typedef id (*MTLTexture_buffer)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_bufferBytesPerRow)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_bufferOffset)(id self, SEL _cmd);
typedef MTLTextureCompressionType (*MTLTexture_compressionType)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_depth)(id self, SEL _cmd);
typedef void (*MTLTexture_getBytes_bytesPerRow_bytesPerImage_fromRegion_mipmapLevel_slice)(
        id self, SEL _cmd, void *bytes, NSUInteger bytesPerRow, NSUInteger bytesPerImage, MTLRegion region,
        NSUInteger mipmapLevel, NSUInteger slice);
typedef void (*MTLTexture_getBytes_bytesPerRow_fromRegion_mipmapLevel)(
        id self, SEL _cmd, void *bytes, NSUInteger bytesPerRow, MTLRegion region, NSUInteger mipmapLevel);
typedef MTLResourceID (*MTLTexture_gpuResourceID)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_height)(id self, SEL _cmd);
typedef BOOL (*MTLTexture_isFramebufferOnly)(id self, SEL _cmd);
typedef BOOL (*MTLTexture_isShareable)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_mipmapLevelCount)(id self, SEL _cmd);
typedef id (*MTLTexture_newTextureViewWithPixelFormat)(id self, SEL _cmd, MTLPixelFormat pixelFormat);
typedef id (*MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices)(
        id self, SEL _cmd, MTLPixelFormat pixelFormat, MTLTextureType textureType, NSRange levels, NSRange slices);
typedef id (*MTLTexture_newTextureViewWithPixelFormat_textureType_levels_slices_swizzle)(
        id self, SEL _cmd, MTLPixelFormat pixelFormat, MTLTextureType textureType, NSRange levels, NSRange slices,
        MTLTextureSwizzleChannels swizzle);
typedef NSUInteger (*MTLTexture_parentRelativeLevel)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_parentRelativeSlice)(id self, SEL _cmd);
typedef id (*MTLTexture_parentTexture)(id self, SEL _cmd);
typedef MTLPixelFormat (*MTLTexture_pixelFormat)(id self, SEL _cmd);
typedef void (*MTLTexture_replaceRegion_mipmapLevel_slice_withBytes_bytesPerRow_bytesPerImage)(
        id self, SEL _cmd, MTLRegion region, NSUInteger mipmapLevel, NSUInteger slice, const void *bytes,
        NSUInteger bytesPerRow, NSUInteger bytesPerImage);
typedef void (*MTLTexture_replaceRegion_mipmapLevel_withBytes_bytesPerRow)(
        id self, SEL _cmd, MTLRegion region, NSUInteger mipmapLevel, const void *bytes, NSUInteger bytesPerRow);
typedef NSUInteger (*MTLTexture_sampleCount)(id self, SEL _cmd);
typedef MTLTextureSwizzleChannels (*MTLTexture_swizzle)(id self, SEL _cmd);
typedef MTLTextureType (*MTLTexture_textureType)(id self, SEL _cmd);
typedef MTLTextureUsage (*MTLTexture_usage)(id self, SEL _cmd);
typedef NSUInteger (*MTLTexture_width)(id self, SEL _cmd);

/* MTLSamplerDescriptor */
typedef MTLSamplerBorderColor (*MTLSamplerDescriptor_borderColor)(id self, SEL _cmd);
typedef MTLCompareFunction (*MTLSamplerDescriptor_compareFunction)(id self, SEL _cmd);
typedef id (*MTLSamplerDescriptor_label)(id self, SEL _cmd);
typedef BOOL (*MTLSamplerDescriptor_lodAverage)(id self, SEL _cmd);
typedef float (*MTLSamplerDescriptor_lodBias)(id self, SEL _cmd);
typedef float (*MTLSamplerDescriptor_lodMaxClamp)(id self, SEL _cmd);
typedef float (*MTLSamplerDescriptor_lodMinClamp)(id self, SEL _cmd);
typedef MTLSamplerMinMagFilter (*MTLSamplerDescriptor_magFilter)(id self, SEL _cmd);
typedef NSUInteger (*MTLSamplerDescriptor_maxAnisotropy)(id self, SEL _cmd);
typedef MTLSamplerMinMagFilter (*MTLSamplerDescriptor_minFilter)(id self, SEL _cmd);
typedef MTLSamplerMipFilter (*MTLSamplerDescriptor_mipFilter)(id self, SEL _cmd);
typedef BOOL (*MTLSamplerDescriptor_normalizedCoordinates)(id self, SEL _cmd);
typedef MTLSamplerAddressMode (*MTLSamplerDescriptor_rAddressMode)(id self, SEL _cmd);
typedef MTLSamplerReductionMode (*MTLSamplerDescriptor_reductionMode)(id self, SEL _cmd);
typedef MTLSamplerAddressMode (*MTLSamplerDescriptor_sAddressMode)(id self, SEL _cmd);
typedef void (*MTLSamplerDescriptor_setBorderColor)(id self, SEL _cmd, MTLSamplerBorderColor borderColor);
typedef void (*MTLSamplerDescriptor_setCompareFunction)(id self, SEL _cmd, MTLCompareFunction compareFunction);
typedef void (*MTLSamplerDescriptor_setLabel)(id self, SEL _cmd, id label);
typedef void (*MTLSamplerDescriptor_setLodAverage)(id self, SEL _cmd, BOOL lodAverage);
typedef void (*MTLSamplerDescriptor_setLodBias)(id self, SEL _cmd, float lodBias);
typedef void (*MTLSamplerDescriptor_setLodMaxClamp)(id self, SEL _cmd, float lodMaxClamp);
typedef void (*MTLSamplerDescriptor_setLodMinClamp)(id self, SEL _cmd, float lodMinClamp);
typedef void (*MTLSamplerDescriptor_setMagFilter)(id self, SEL _cmd, MTLSamplerMinMagFilter magFilter);
typedef void (*MTLSamplerDescriptor_setMaxAnisotropy)(id self, SEL _cmd, NSUInteger maxAnisotropy);
typedef void (*MTLSamplerDescriptor_setMinFilter)(id self, SEL _cmd, MTLSamplerMinMagFilter minFilter);
typedef void (*MTLSamplerDescriptor_setMipFilter)(id self, SEL _cmd, MTLSamplerMipFilter mipFilter);
typedef void (*MTLSamplerDescriptor_setNormalizedCoordinates)(id self, SEL _cmd, BOOL normalizedCoordinates);
typedef void (*MTLSamplerDescriptor_setRAddressMode)(id self, SEL _cmd, MTLSamplerAddressMode rAddressMode);
typedef void (*MTLSamplerDescriptor_setReductionMode)(id self, SEL _cmd, MTLSamplerReductionMode reductionMode);
typedef void (*MTLSamplerDescriptor_setSAddressMode)(id self, SEL _cmd, MTLSamplerAddressMode sAddressMode);
typedef void (*MTLSamplerDescriptor_setSupportArgumentBuffers)(id self, SEL _cmd, BOOL supportArgumentBuffers);
typedef void (*MTLSamplerDescriptor_setTAddressMode)(id self, SEL _cmd, MTLSamplerAddressMode tAddressMode);
typedef BOOL (*MTLSamplerDescriptor_supportArgumentBuffers)(id self, SEL _cmd);
typedef MTLSamplerAddressMode (*MTLSamplerDescriptor_tAddressMode)(id self, SEL _cmd);

/* MTLSamplerState */
typedef id (*MTLSamplerState_device)(id self, SEL _cmd);
typedef id (*MTLSamplerState_label)(id self, SEL _cmd);
typedef MTLResourceID (*MTLSamplerState_gpuResourceID)(id self, SEL _cmd);

/* What makes them. */
typedef id (*MTLDevice_newTextureWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef id (*MTLDevice_newSamplerStateWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef MTLSizeAndAlign (*MTLDevice_heapTextureSizeAndAlignWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef NSUInteger (*MTLDevice_minimumLinearTextureAlignmentForPixelFormat)(
        id self, SEL _cmd, MTLPixelFormat pixelFormat);
typedef NSUInteger (*MTLDevice_minimumTextureBufferAlignmentForPixelFormat)(
        id self, SEL _cmd, MTLPixelFormat pixelFormat);
typedef BOOL (*MTLDevice_supportsTextureSampleCount)(id self, SEL _cmd, NSUInteger textureSampleCount);
typedef BOOL (*MTLDevice_supports32BitFloatFiltering)(id self, SEL _cmd);
typedef NSUInteger (*MTLDevice_maxArgumentBufferSamplerCount)(id self, SEL _cmd);
typedef id (*MTLBuffer_newTextureWithDescriptor_offset_bytesPerRow)(
        id self, SEL _cmd, id descriptor, NSUInteger offset, NSUInteger bytesPerRow);
typedef id (*MTLHeap_newTextureWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef id (*MTLHeap_newTextureWithDescriptor_offset)(id self, SEL _cmd, id descriptor, NSUInteger offset);

/* MTLBlitCommandEncoder */
typedef void (*MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin)(
        id self, SEL _cmd, id buffer, NSUInteger sourceOffset, NSUInteger sourceBytesPerRow,
        NSUInteger sourceBytesPerImage, MTLSize sourceSize, id texture, NSUInteger destinationSlice,
        NSUInteger destinationLevel, MTLOrigin destinationOrigin);
typedef void (*MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_sourceBytesPerRow_sourceBytesPerImage_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin_options)(
        id self, SEL _cmd, id buffer, NSUInteger sourceOffset, NSUInteger sourceBytesPerRow,
        NSUInteger sourceBytesPerImage, MTLSize sourceSize, id texture, NSUInteger destinationSlice,
        NSUInteger destinationLevel, MTLOrigin destinationOrigin, MTLBlitOption options);
typedef void (*MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_destinationOffset_destinationBytesPerRow_destinationBytesPerImage)(
        id self, SEL _cmd, id texture, NSUInteger sourceSlice, NSUInteger sourceLevel, MTLOrigin sourceOrigin,
        MTLSize sourceSize, id buffer, NSUInteger destinationOffset, NSUInteger destinationBytesPerRow,
        NSUInteger destinationBytesPerImage);
typedef void (*MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toBuffer_destinationOffset_destinationBytesPerRow_destinationBytesPerImage_options)(
        id self, SEL _cmd, id texture, NSUInteger sourceSlice, NSUInteger sourceLevel, MTLOrigin sourceOrigin,
        MTLSize sourceSize, id buffer, NSUInteger destinationOffset, NSUInteger destinationBytesPerRow,
        NSUInteger destinationBytesPerImage, MTLBlitOption options);
typedef void (*MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_sourceOrigin_sourceSize_toTexture_destinationSlice_destinationLevel_destinationOrigin)(
        id self, SEL _cmd, id texture, NSUInteger sourceSlice, NSUInteger sourceLevel, MTLOrigin sourceOrigin,
        MTLSize sourceSize, id targetTexture, NSUInteger destinationSlice, NSUInteger destinationLevel,
        MTLOrigin destinationOrigin);
typedef void (*MTLBlitCommandEncoder_copyFromTexture_sourceSlice_sourceLevel_toTexture_destinationSlice_destinationLevel_sliceCount_levelCount)(
        id self, SEL _cmd, id texture, NSUInteger sourceSlice, NSUInteger sourceLevel, id targetTexture,
        NSUInteger destinationSlice, NSUInteger destinationLevel, NSUInteger sliceCount, NSUInteger levelCount);
typedef void (*MTLBlitCommandEncoder_copyFromTexture_toTexture)(id self, SEL _cmd, id texture, id targetTexture);
typedef void (*MTLBlitCommandEncoder_generateMipmapsForTexture)(id self, SEL _cmd, id texture);
typedef void (*MTLBlitCommandEncoder_optimizeContentsForCPUAccess)(id self, SEL _cmd, id texture);
typedef void (*MTLBlitCommandEncoder_optimizeContentsForCPUAccess_slice_level)(
        id self, SEL _cmd, id texture, NSUInteger slice, NSUInteger level);
typedef void (*MTLBlitCommandEncoder_optimizeContentsForGPUAccess)(id self, SEL _cmd, id texture);
typedef void (*MTLBlitCommandEncoder_optimizeContentsForGPUAccess_slice_level)(
        id self, SEL _cmd, id texture, NSUInteger slice, NSUInteger level);
typedef void (*MTLBlitCommandEncoder_synchronizeTexture_slice_level)(
        id self, SEL _cmd, id texture, NSUInteger slice, NSUInteger level);

/* MTLComputeCommandEncoder */
typedef void (*MTLComputeCommandEncoder_setTexture_atIndex)(id self, SEL _cmd, id texture, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setTextures_withRange)(id self, SEL _cmd, id *textures, NSRange range);
typedef void (*MTLComputeCommandEncoder_setSamplerState_atIndex)(id self, SEL _cmd, id samplerState, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setSamplerState_lodMinClamp_lodMaxClamp_atIndex)(
        id self, SEL _cmd, id samplerState, float lodMinClamp, float lodMaxClamp, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setSamplerStates_withRange)(
        id self, SEL _cmd, id *samplerStates, NSRange range);
typedef void (*MTLComputeCommandEncoder_setSamplerStates_lodMinClamps_lodMaxClamps_withRange)(
        id self, SEL _cmd, id *samplerStates, float *lodMinClamps, float *lodMaxClamps, NSRange range);

/* MTLTextureBinding */
typedef NSUInteger (*MTLTextureBinding_arrayLength)(id self, SEL _cmd);
typedef BOOL (*MTLTextureBinding_isDepthTexture)(id self, SEL _cmd);
typedef MTLDataType (*MTLTextureBinding_textureDataType)(id self, SEL _cmd);
typedef MTLTextureType (*MTLTextureBinding_textureType)(id self, SEL _cmd);

/* MTLArgument */
typedef MTLTextureType (*MTLArgument_textureType)(id self, SEL _cmd);
typedef MTLDataType (*MTLArgument_textureDataType)(id self, SEL _cmd);
typedef BOOL (*MTLArgument_isDepthTexture)(id self, SEL _cmd);

#endif
