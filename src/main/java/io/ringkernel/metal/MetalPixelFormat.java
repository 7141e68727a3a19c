package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/**
 * How the texels of a texture are stored ({@code MTLPixelFormat}). The names are Metal's; components stand from the
 * lowest address, or in packed formats from the least significant bit, on.
 *
 * <p>What a device can do with a format (filter, write, read and write) stands in Apple's Metal Feature Set Tables.
 * Compressed formats store blocks of texels; the software device does not have them.
 */
public enum MetalPixelFormat {
    /** Alpha of 8 bits, fixed point in 0 to 1. */
    A8_UNORM("A8Unorm", Mtl.MTLPixelFormatA8Unorm(), 1),
    /** Red of 8 bits, fixed point in 0 to 1. */
    R8_UNORM("R8Unorm", Mtl.MTLPixelFormatR8Unorm(), 1),
    /** Red of 8 bits, fixed point in 0 to 1, sRGB. */
    R8_UNORM_SRGB("R8Unorm_sRGB", Mtl.MTLPixelFormatR8Unorm_sRGB(), 1),
    /** Red of 8 bits, fixed point in -1 to 1. */
    R8_SNORM("R8Snorm", Mtl.MTLPixelFormatR8Snorm(), 1),
    /** Red of 8 bits, unsigned integers. */
    R8_UINT("R8Uint", Mtl.MTLPixelFormatR8Uint(), 1),
    /** Red of 8 bits, signed integers. */
    R8_SINT("R8Sint", Mtl.MTLPixelFormatR8Sint(), 1),
    /** Red of 16 bits, fixed point in 0 to 1. */
    R16_UNORM("R16Unorm", Mtl.MTLPixelFormatR16Unorm(), 2),
    /** Red of 16 bits, fixed point in -1 to 1. */
    R16_SNORM("R16Snorm", Mtl.MTLPixelFormatR16Snorm(), 2),
    /** Red of 16 bits, unsigned integers. */
    R16_UINT("R16Uint", Mtl.MTLPixelFormatR16Uint(), 2),
    /** Red of 16 bits, signed integers. */
    R16_SINT("R16Sint", Mtl.MTLPixelFormatR16Sint(), 2),
    /** Red of 16 bits, floats. */
    R16_FLOAT("R16Float", Mtl.MTLPixelFormatR16Float(), 2),
    /** Red and green of 8 bits, fixed point in 0 to 1. */
    RG8_UNORM("RG8Unorm", Mtl.MTLPixelFormatRG8Unorm(), 2),
    /** Red and green of 8 bits, fixed point in 0 to 1, sRGB. */
    RG8_UNORM_SRGB("RG8Unorm_sRGB", Mtl.MTLPixelFormatRG8Unorm_sRGB(), 2),
    /** Red and green of 8 bits, fixed point in -1 to 1. */
    RG8_SNORM("RG8Snorm", Mtl.MTLPixelFormatRG8Snorm(), 2),
    /** Red and green of 8 bits, unsigned integers. */
    RG8_UINT("RG8Uint", Mtl.MTLPixelFormatRG8Uint(), 2),
    /** Red and green of 8 bits, signed integers. */
    RG8_SINT("RG8Sint", Mtl.MTLPixelFormatRG8Sint(), 2),
    /** Blue, green and red of 5, 6 and 5 bits, fixed point in 0 to 1. */
    B5G6R5_UNORM("B5G6R5Unorm", Mtl.MTLPixelFormatB5G6R5Unorm(), 2),
    /** Alpha of 1 bit, blue, green and red of 5, fixed point in 0 to 1. */
    A1BGR5_UNORM("A1BGR5Unorm", Mtl.MTLPixelFormatA1BGR5Unorm(), 2),
    /** Alpha, blue, green and red of 4 bits, fixed point in 0 to 1. */
    ABGR4_UNORM("ABGR4Unorm", Mtl.MTLPixelFormatABGR4Unorm(), 2),
    /** Blue, green and red of 5 bits, alpha of 1, fixed point in 0 to 1. */
    BGR5A1_UNORM("BGR5A1Unorm", Mtl.MTLPixelFormatBGR5A1Unorm(), 2),
    /** Red of 32 bits, unsigned integers. */
    R32_UINT("R32Uint", Mtl.MTLPixelFormatR32Uint(), 4),
    /** Red of 32 bits, signed integers. */
    R32_SINT("R32Sint", Mtl.MTLPixelFormatR32Sint(), 4),
    /** Red of 32 bits, floats. */
    R32_FLOAT("R32Float", Mtl.MTLPixelFormatR32Float(), 4),
    /** Red and green of 16 bits, fixed point in 0 to 1. */
    RG16_UNORM("RG16Unorm", Mtl.MTLPixelFormatRG16Unorm(), 4),
    /** Red and green of 16 bits, fixed point in -1 to 1. */
    RG16_SNORM("RG16Snorm", Mtl.MTLPixelFormatRG16Snorm(), 4),
    /** Red and green of 16 bits, unsigned integers. */
    RG16_UINT("RG16Uint", Mtl.MTLPixelFormatRG16Uint(), 4),
    /** Red and green of 16 bits, signed integers. */
    RG16_SINT("RG16Sint", Mtl.MTLPixelFormatRG16Sint(), 4),
    /** Red and green of 16 bits, floats. */
    RG16_FLOAT("RG16Float", Mtl.MTLPixelFormatRG16Float(), 4),
    /** Red, green, blue and alpha of 8 bits, fixed point in 0 to 1. */
    RGBA8_UNORM("RGBA8Unorm", Mtl.MTLPixelFormatRGBA8Unorm(), 4),
    /** Red, green, blue and alpha of 8 bits, fixed point in 0 to 1, sRGB. */
    RGBA8_UNORM_SRGB("RGBA8Unorm_sRGB", Mtl.MTLPixelFormatRGBA8Unorm_sRGB(), 4),
    /** Red, green, blue and alpha of 8 bits, fixed point in -1 to 1. */
    RGBA8_SNORM("RGBA8Snorm", Mtl.MTLPixelFormatRGBA8Snorm(), 4),
    /** Red, green, blue and alpha of 8 bits, unsigned integers. */
    RGBA8_UINT("RGBA8Uint", Mtl.MTLPixelFormatRGBA8Uint(), 4),
    /** Red, green, blue and alpha of 8 bits, signed integers. */
    RGBA8_SINT("RGBA8Sint", Mtl.MTLPixelFormatRGBA8Sint(), 4),
    /** Blue, green, red and alpha of 8 bits, fixed point in 0 to 1. */
    BGRA8_UNORM("BGRA8Unorm", Mtl.MTLPixelFormatBGRA8Unorm(), 4),
    /** Blue, green, red and alpha of 8 bits, fixed point in 0 to 1, sRGB. */
    BGRA8_UNORM_SRGB("BGRA8Unorm_sRGB", Mtl.MTLPixelFormatBGRA8Unorm_sRGB(), 4),
    /** Red, green and blue of 10 bits, alpha of 2, fixed point in 0 to 1. */
    RGB10A2_UNORM("RGB10A2Unorm", Mtl.MTLPixelFormatRGB10A2Unorm(), 4),
    /** Red, green and blue of 10 bits, alpha of 2, unsigned integers. */
    RGB10A2_UINT("RGB10A2Uint", Mtl.MTLPixelFormatRGB10A2Uint(), 4),
    /** Red, green and blue as floats of 11, 11 and 10 bits, without sign. */
    RG11B10_FLOAT("RG11B10Float", Mtl.MTLPixelFormatRG11B10Float(), 4),
    /** Red, green and blue of 9 bits, with one exponent. */
    RGB9E5_FLOAT("RGB9E5Float", Mtl.MTLPixelFormatRGB9E5Float(), 4),
    /** Blue, green and red of 10 bits, alpha of 2, fixed point in 0 to 1. */
    BGR10A2_UNORM("BGR10A2Unorm", Mtl.MTLPixelFormatBGR10A2Unorm(), 4),
    /** Extended range in 10 bits each: blue, green, red. */
    BGR10_XR("BGR10_XR", Mtl.MTLPixelFormatBGR10_XR(), 4),
    /** Extended range in 10 bits each: blue, green, red, sRGB. */
    BGR10_XR_SRGB("BGR10_XR_sRGB", Mtl.MTLPixelFormatBGR10_XR_sRGB(), 4),
    /** Red and green of 32 bits, unsigned integers. */
    RG32_UINT("RG32Uint", Mtl.MTLPixelFormatRG32Uint(), 8),
    /** Red and green of 32 bits, signed integers. */
    RG32_SINT("RG32Sint", Mtl.MTLPixelFormatRG32Sint(), 8),
    /** Red and green of 32 bits, floats. */
    RG32_FLOAT("RG32Float", Mtl.MTLPixelFormatRG32Float(), 8),
    /** Red, green, blue and alpha of 16 bits, fixed point in 0 to 1. */
    RGBA16_UNORM("RGBA16Unorm", Mtl.MTLPixelFormatRGBA16Unorm(), 8),
    /** Red, green, blue and alpha of 16 bits, fixed point in -1 to 1. */
    RGBA16_SNORM("RGBA16Snorm", Mtl.MTLPixelFormatRGBA16Snorm(), 8),
    /** Red, green, blue and alpha of 16 bits, unsigned integers. */
    RGBA16_UINT("RGBA16Uint", Mtl.MTLPixelFormatRGBA16Uint(), 8),
    /** Red, green, blue and alpha of 16 bits, signed integers. */
    RGBA16_SINT("RGBA16Sint", Mtl.MTLPixelFormatRGBA16Sint(), 8),
    /** Red, green, blue and alpha of 16 bits, floats. */
    RGBA16_FLOAT("RGBA16Float", Mtl.MTLPixelFormatRGBA16Float(), 8),
    /** Extended range in 10 bits each: blue, green, red, alpha. */
    BGRA10_XR("BGRA10_XR", Mtl.MTLPixelFormatBGRA10_XR(), 8),
    /** Extended range in 10 bits each: blue, green, red, alpha, sRGB. */
    BGRA10_XR_SRGB("BGRA10_XR_sRGB", Mtl.MTLPixelFormatBGRA10_XR_sRGB(), 8),
    /** Red, green, blue and alpha of 32 bits, unsigned integers. */
    RGBA32_UINT("RGBA32Uint", Mtl.MTLPixelFormatRGBA32Uint(), 16),
    /** Red, green, blue and alpha of 32 bits, signed integers. */
    RGBA32_SINT("RGBA32Sint", Mtl.MTLPixelFormatRGBA32Sint(), 16),
    /** Red, green, blue and alpha of 32 bits, floats. */
    RGBA32_FLOAT("RGBA32Float", Mtl.MTLPixelFormatRGBA32Float(), 16),
    /** BC1 blocks of RGBA. */
    BC1_RGBA("BC1_RGBA", Mtl.MTLPixelFormatBC1_RGBA(), 8, 4, 4),
    /** BC1 blocks of RGBA, sRGB. */
    BC1_RGBA_SRGB("BC1_RGBA_sRGB", Mtl.MTLPixelFormatBC1_RGBA_sRGB(), 8, 4, 4),
    /** BC2 blocks of RGBA. */
    BC2_RGBA("BC2_RGBA", Mtl.MTLPixelFormatBC2_RGBA(), 16, 4, 4),
    /** BC2 blocks of RGBA, sRGB. */
    BC2_RGBA_SRGB("BC2_RGBA_sRGB", Mtl.MTLPixelFormatBC2_RGBA_sRGB(), 16, 4, 4),
    /** BC3 blocks of RGBA. */
    BC3_RGBA("BC3_RGBA", Mtl.MTLPixelFormatBC3_RGBA(), 16, 4, 4),
    /** BC3 blocks of RGBA, sRGB. */
    BC3_RGBA_SRGB("BC3_RGBA_sRGB", Mtl.MTLPixelFormatBC3_RGBA_sRGB(), 16, 4, 4),
    /** BC4 blocks of RUnorm. */
    BC4_R_UNORM("BC4_RUnorm", Mtl.MTLPixelFormatBC4_RUnorm(), 8, 4, 4),
    /** BC4 blocks of RSnorm. */
    BC4_R_SNORM("BC4_RSnorm", Mtl.MTLPixelFormatBC4_RSnorm(), 8, 4, 4),
    /** BC5 blocks of RGUnorm. */
    BC5_RG_UNORM("BC5_RGUnorm", Mtl.MTLPixelFormatBC5_RGUnorm(), 16, 4, 4),
    /** BC5 blocks of RGSnorm. */
    BC5_RG_SNORM("BC5_RGSnorm", Mtl.MTLPixelFormatBC5_RGSnorm(), 16, 4, 4),
    /** BC6H blocks of RGBFloat. */
    BC6H_RGB_FLOAT("BC6H_RGBFloat", Mtl.MTLPixelFormatBC6H_RGBFloat(), 16, 4, 4),
    /** BC6H blocks of RGBUfloat. */
    BC6H_RGB_UFLOAT("BC6H_RGBUfloat", Mtl.MTLPixelFormatBC6H_RGBUfloat(), 16, 4, 4),
    /** BC7 blocks of RGBAUnorm. */
    BC7_RGBA_UNORM("BC7_RGBAUnorm", Mtl.MTLPixelFormatBC7_RGBAUnorm(), 16, 4, 4),
    /** BC7 blocks of RGBAUnorm, sRGB. */
    BC7_RGBA_UNORM_SRGB("BC7_RGBAUnorm_sRGB", Mtl.MTLPixelFormatBC7_RGBAUnorm_sRGB(), 16, 4, 4),
    /** EAC blocks of R11Unorm. */
    EAC_R11_UNORM("EAC_R11Unorm", Mtl.MTLPixelFormatEAC_R11Unorm(), 8, 4, 4),
    /** EAC blocks of R11Snorm. */
    EAC_R11_SNORM("EAC_R11Snorm", Mtl.MTLPixelFormatEAC_R11Snorm(), 8, 4, 4),
    /** EAC blocks of RG11Unorm. */
    EAC_RG11_UNORM("EAC_RG11Unorm", Mtl.MTLPixelFormatEAC_RG11Unorm(), 16, 4, 4),
    /** EAC blocks of RG11Snorm. */
    EAC_RG11_SNORM("EAC_RG11Snorm", Mtl.MTLPixelFormatEAC_RG11Snorm(), 16, 4, 4),
    /** EAC blocks of RGBA8. */
    EAC_RGBA8("EAC_RGBA8", Mtl.MTLPixelFormatEAC_RGBA8(), 16, 4, 4),
    /** EAC blocks of RGBA8, sRGB. */
    EAC_RGBA8_SRGB("EAC_RGBA8_sRGB", Mtl.MTLPixelFormatEAC_RGBA8_sRGB(), 16, 4, 4),
    /** ETC2 blocks of RGB8. */
    ETC2_RGB8("ETC2_RGB8", Mtl.MTLPixelFormatETC2_RGB8(), 8, 4, 4),
    /** ETC2 blocks of RGB8, sRGB. */
    ETC2_RGB8_SRGB("ETC2_RGB8_sRGB", Mtl.MTLPixelFormatETC2_RGB8_sRGB(), 8, 4, 4),
    /** ETC2 blocks of RGB8A1. */
    ETC2_RGB8A1("ETC2_RGB8A1", Mtl.MTLPixelFormatETC2_RGB8A1(), 8, 4, 4),
    /** ETC2 blocks of RGB8A1, sRGB. */
    ETC2_RGB8A1_SRGB("ETC2_RGB8A1_sRGB", Mtl.MTLPixelFormatETC2_RGB8A1_sRGB(), 8, 4, 4),
    /** ASTC, blocks of 4 x 4, sRGB. */
    ASTC_4X4_SRGB("ASTC_4x4_sRGB", Mtl.MTLPixelFormatASTC_4x4_sRGB(), 16, 4, 4),
    /** ASTC, blocks of 5 x 4, sRGB. */
    ASTC_5X4_SRGB("ASTC_5x4_sRGB", Mtl.MTLPixelFormatASTC_5x4_sRGB(), 16, 5, 4),
    /** ASTC, blocks of 5 x 5, sRGB. */
    ASTC_5X5_SRGB("ASTC_5x5_sRGB", Mtl.MTLPixelFormatASTC_5x5_sRGB(), 16, 5, 5),
    /** ASTC, blocks of 6 x 5, sRGB. */
    ASTC_6X5_SRGB("ASTC_6x5_sRGB", Mtl.MTLPixelFormatASTC_6x5_sRGB(), 16, 6, 5),
    /** ASTC, blocks of 6 x 6, sRGB. */
    ASTC_6X6_SRGB("ASTC_6x6_sRGB", Mtl.MTLPixelFormatASTC_6x6_sRGB(), 16, 6, 6),
    /** ASTC, blocks of 8 x 5, sRGB. */
    ASTC_8X5_SRGB("ASTC_8x5_sRGB", Mtl.MTLPixelFormatASTC_8x5_sRGB(), 16, 8, 5),
    /** ASTC, blocks of 8 x 6, sRGB. */
    ASTC_8X6_SRGB("ASTC_8x6_sRGB", Mtl.MTLPixelFormatASTC_8x6_sRGB(), 16, 8, 6),
    /** ASTC, blocks of 8 x 8, sRGB. */
    ASTC_8X8_SRGB("ASTC_8x8_sRGB", Mtl.MTLPixelFormatASTC_8x8_sRGB(), 16, 8, 8),
    /** ASTC, blocks of 10 x 5, sRGB. */
    ASTC_10X5_SRGB("ASTC_10x5_sRGB", Mtl.MTLPixelFormatASTC_10x5_sRGB(), 16, 10, 5),
    /** ASTC, blocks of 10 x 6, sRGB. */
    ASTC_10X6_SRGB("ASTC_10x6_sRGB", Mtl.MTLPixelFormatASTC_10x6_sRGB(), 16, 10, 6),
    /** ASTC, blocks of 10 x 8, sRGB. */
    ASTC_10X8_SRGB("ASTC_10x8_sRGB", Mtl.MTLPixelFormatASTC_10x8_sRGB(), 16, 10, 8),
    /** ASTC, blocks of 10 x 10, sRGB. */
    ASTC_10X10_SRGB("ASTC_10x10_sRGB", Mtl.MTLPixelFormatASTC_10x10_sRGB(), 16, 10, 10),
    /** ASTC, blocks of 12 x 10, sRGB. */
    ASTC_12X10_SRGB("ASTC_12x10_sRGB", Mtl.MTLPixelFormatASTC_12x10_sRGB(), 16, 12, 10),
    /** ASTC, blocks of 12 x 12, sRGB. */
    ASTC_12X12_SRGB("ASTC_12x12_sRGB", Mtl.MTLPixelFormatASTC_12x12_sRGB(), 16, 12, 12),
    /** ASTC, blocks of 4 x 4, 0 to 1. */
    ASTC_4X4_LDR("ASTC_4x4_LDR", Mtl.MTLPixelFormatASTC_4x4_LDR(), 16, 4, 4),
    /** ASTC, blocks of 5 x 4, 0 to 1. */
    ASTC_5X4_LDR("ASTC_5x4_LDR", Mtl.MTLPixelFormatASTC_5x4_LDR(), 16, 5, 4),
    /** ASTC, blocks of 5 x 5, 0 to 1. */
    ASTC_5X5_LDR("ASTC_5x5_LDR", Mtl.MTLPixelFormatASTC_5x5_LDR(), 16, 5, 5),
    /** ASTC, blocks of 6 x 5, 0 to 1. */
    ASTC_6X5_LDR("ASTC_6x5_LDR", Mtl.MTLPixelFormatASTC_6x5_LDR(), 16, 6, 5),
    /** ASTC, blocks of 6 x 6, 0 to 1. */
    ASTC_6X6_LDR("ASTC_6x6_LDR", Mtl.MTLPixelFormatASTC_6x6_LDR(), 16, 6, 6),
    /** ASTC, blocks of 8 x 5, 0 to 1. */
    ASTC_8X5_LDR("ASTC_8x5_LDR", Mtl.MTLPixelFormatASTC_8x5_LDR(), 16, 8, 5),
    /** ASTC, blocks of 8 x 6, 0 to 1. */
    ASTC_8X6_LDR("ASTC_8x6_LDR", Mtl.MTLPixelFormatASTC_8x6_LDR(), 16, 8, 6),
    /** ASTC, blocks of 8 x 8, 0 to 1. */
    ASTC_8X8_LDR("ASTC_8x8_LDR", Mtl.MTLPixelFormatASTC_8x8_LDR(), 16, 8, 8),
    /** ASTC, blocks of 10 x 5, 0 to 1. */
    ASTC_10X5_LDR("ASTC_10x5_LDR", Mtl.MTLPixelFormatASTC_10x5_LDR(), 16, 10, 5),
    /** ASTC, blocks of 10 x 6, 0 to 1. */
    ASTC_10X6_LDR("ASTC_10x6_LDR", Mtl.MTLPixelFormatASTC_10x6_LDR(), 16, 10, 6),
    /** ASTC, blocks of 10 x 8, 0 to 1. */
    ASTC_10X8_LDR("ASTC_10x8_LDR", Mtl.MTLPixelFormatASTC_10x8_LDR(), 16, 10, 8),
    /** ASTC, blocks of 10 x 10, 0 to 1. */
    ASTC_10X10_LDR("ASTC_10x10_LDR", Mtl.MTLPixelFormatASTC_10x10_LDR(), 16, 10, 10),
    /** ASTC, blocks of 12 x 10, 0 to 1. */
    ASTC_12X10_LDR("ASTC_12x10_LDR", Mtl.MTLPixelFormatASTC_12x10_LDR(), 16, 12, 10),
    /** ASTC, blocks of 12 x 12, 0 to 1. */
    ASTC_12X12_LDR("ASTC_12x12_LDR", Mtl.MTLPixelFormatASTC_12x12_LDR(), 16, 12, 12),
    /** ASTC, blocks of 4 x 4, high dynamic range. */
    ASTC_4X4_HDR("ASTC_4x4_HDR", Mtl.MTLPixelFormatASTC_4x4_HDR(), 16, 4, 4),
    /** ASTC, blocks of 5 x 4, high dynamic range. */
    ASTC_5X4_HDR("ASTC_5x4_HDR", Mtl.MTLPixelFormatASTC_5x4_HDR(), 16, 5, 4),
    /** ASTC, blocks of 5 x 5, high dynamic range. */
    ASTC_5X5_HDR("ASTC_5x5_HDR", Mtl.MTLPixelFormatASTC_5x5_HDR(), 16, 5, 5),
    /** ASTC, blocks of 6 x 5, high dynamic range. */
    ASTC_6X5_HDR("ASTC_6x5_HDR", Mtl.MTLPixelFormatASTC_6x5_HDR(), 16, 6, 5),
    /** ASTC, blocks of 6 x 6, high dynamic range. */
    ASTC_6X6_HDR("ASTC_6x6_HDR", Mtl.MTLPixelFormatASTC_6x6_HDR(), 16, 6, 6),
    /** ASTC, blocks of 8 x 5, high dynamic range. */
    ASTC_8X5_HDR("ASTC_8x5_HDR", Mtl.MTLPixelFormatASTC_8x5_HDR(), 16, 8, 5),
    /** ASTC, blocks of 8 x 6, high dynamic range. */
    ASTC_8X6_HDR("ASTC_8x6_HDR", Mtl.MTLPixelFormatASTC_8x6_HDR(), 16, 8, 6),
    /** ASTC, blocks of 8 x 8, high dynamic range. */
    ASTC_8X8_HDR("ASTC_8x8_HDR", Mtl.MTLPixelFormatASTC_8x8_HDR(), 16, 8, 8),
    /** ASTC, blocks of 10 x 5, high dynamic range. */
    ASTC_10X5_HDR("ASTC_10x5_HDR", Mtl.MTLPixelFormatASTC_10x5_HDR(), 16, 10, 5),
    /** ASTC, blocks of 10 x 6, high dynamic range. */
    ASTC_10X6_HDR("ASTC_10x6_HDR", Mtl.MTLPixelFormatASTC_10x6_HDR(), 16, 10, 6),
    /** ASTC, blocks of 10 x 8, high dynamic range. */
    ASTC_10X8_HDR("ASTC_10x8_HDR", Mtl.MTLPixelFormatASTC_10x8_HDR(), 16, 10, 8),
    /** ASTC, blocks of 10 x 10, high dynamic range. */
    ASTC_10X10_HDR("ASTC_10x10_HDR", Mtl.MTLPixelFormatASTC_10x10_HDR(), 16, 10, 10),
    /** ASTC, blocks of 12 x 10, high dynamic range. */
    ASTC_12X10_HDR("ASTC_12x10_HDR", Mtl.MTLPixelFormatASTC_12x10_HDR(), 16, 12, 10),
    /** ASTC, blocks of 12 x 12, high dynamic range. */
    ASTC_12X12_HDR("ASTC_12x12_HDR", Mtl.MTLPixelFormatASTC_12x12_HDR(), 16, 12, 12),
    /** Depth, 16-bit fixed point. */
    DEPTH16_UNORM("Depth16Unorm", Mtl.MTLPixelFormatDepth16Unorm(), 2),
    /** Depth as a float. */
    DEPTH32_FLOAT("Depth32Float", Mtl.MTLPixelFormatDepth32Float(), 4),
    /** Stencil, 8 bits. */
    STENCIL8("Stencil8", Mtl.MTLPixelFormatStencil8(), 1),
    /** Depth in 24 bits and 8 bits of stencil; not on Apple silicon. */
    DEPTH24_UNORM_STENCIL8("Depth24Unorm_Stencil8", Mtl.MTLPixelFormatDepth24Unorm_Stencil8(), 4),
    /** Depth as a float, and 8 bits of stencil. */
    DEPTH32_FLOAT_STENCIL8("Depth32Float_Stencil8", Mtl.MTLPixelFormatDepth32Float_Stencil8(), 8);

    private final String metalName;
    private final long code;
    private final int bytesPerBlock;
    private final int blockWidth;
    private final int blockHeight;

    MetalPixelFormat(String metalName, long code, int bytesPerPixel) {
        this(metalName, code, bytesPerPixel, 1, 1);
    }

    MetalPixelFormat(String metalName, long code, int bytesPerBlock, int blockWidth, int blockHeight) {
        this.metalName = metalName;
        this.code = code;
        this.bytesPerBlock = bytesPerBlock;
        this.blockWidth = blockWidth;
        this.blockHeight = blockHeight;
    }

    /** The format behind a value of Metal's. */
    static MetalPixelFormat of(long code) {
        for (var format : values()) {
            if (format.code == code) {
                return format;
            }
        }
        throw new IllegalArgumentException("a pixel format that this library has no name for: " + code);
    }

    long code() {
        return code;
    }

    /** Bytes of one texel, or of one block of a compressed format. */
    public int bytesPerBlock() {
        return bytesPerBlock;
    }

    /** Texels of a block in x; 1 where the format is not compressed. */
    public int blockWidth() {
        return blockWidth;
    }

    /** Texels of a block in y; 1 where the format is not compressed. */
    public int blockHeight() {
        return blockHeight;
    }

    /** Whether texels are stored in blocks. */
    public boolean isCompressed() {
        return blockWidth > 1;
    }

    boolean isDepthOrStencil() {
        return metalName.startsWith("Depth") || metalName.startsWith("Stencil");
    }

    /** Bytes of a row of texels, or of blocks: the least {@code bytesPerRow} for so many texels. */
    public long bytesPerRow(long width) {
        return Math.ceilDiv(width, blockWidth) * bytesPerBlock;
    }

    /** Metal's name, such as {@code RGBA8Unorm}. */
    @Override
    public String toString() {
        return metalName;
    }
}
