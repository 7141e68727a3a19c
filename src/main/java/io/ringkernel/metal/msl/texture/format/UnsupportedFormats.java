package io.ringkernel.metal.msl.texture.format;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats that exist in Metal and not here, by name: those compressed in blocks, and those whose texels share their
 * chroma.
 */
final class UnsupportedFormats {
    private static final Map<Long, String> NAMES = Arrays.stream("""
                    BC1_RGBA=130 BC1_RGBA_sRGB=131 BC2_RGBA=132 BC2_RGBA_sRGB=133 BC3_RGBA=134 BC3_RGBA_sRGB=135
                    BC4_RUnorm=140 BC4_RSnorm=141 BC5_RGUnorm=142 BC5_RGSnorm=143 BC6H_RGBFloat=150
                    BC6H_RGBUfloat=151 BC7_RGBAUnorm=152 BC7_RGBAUnorm_sRGB=153 PVRTC_RGB_2BPP=160
                    PVRTC_RGB_2BPP_sRGB=161 PVRTC_RGB_4BPP=162 PVRTC_RGB_4BPP_sRGB=163 PVRTC_RGBA_2BPP=164
                    PVRTC_RGBA_2BPP_sRGB=165 PVRTC_RGBA_4BPP=166 PVRTC_RGBA_4BPP_sRGB=167 EAC_R11Unorm=170
                    EAC_R11Snorm=172 EAC_RG11Unorm=174 EAC_RG11Snorm=176 EAC_RGBA8=178 EAC_RGBA8_sRGB=179
                    ETC2_RGB8=180 ETC2_RGB8_sRGB=181 ETC2_RGB8A1=182 ETC2_RGB8A1_sRGB=183 ASTC_4x4_sRGB=186
                    ASTC_5x4_sRGB=187 ASTC_5x5_sRGB=188 ASTC_6x5_sRGB=189 ASTC_6x6_sRGB=190 ASTC_8x5_sRGB=192
                    ASTC_8x6_sRGB=193 ASTC_8x8_sRGB=194 ASTC_10x5_sRGB=195 ASTC_10x6_sRGB=196 ASTC_10x8_sRGB=197
                    ASTC_10x10_sRGB=198 ASTC_12x10_sRGB=199 ASTC_12x12_sRGB=200 ASTC_4x4_LDR=204 ASTC_5x4_LDR=205
                    ASTC_5x5_LDR=206 ASTC_6x5_LDR=207 ASTC_6x6_LDR=208 ASTC_8x5_LDR=210 ASTC_8x6_LDR=211
                    ASTC_8x8_LDR=212 ASTC_10x5_LDR=213 ASTC_10x6_LDR=214 ASTC_10x8_LDR=215 ASTC_10x10_LDR=216
                    ASTC_12x10_LDR=217 ASTC_12x12_LDR=218 ASTC_4x4_HDR=222 ASTC_5x4_HDR=223 ASTC_5x5_HDR=224
                    ASTC_6x5_HDR=225 ASTC_6x6_HDR=226 ASTC_8x5_HDR=228 ASTC_8x6_HDR=229 ASTC_8x8_HDR=230
                    ASTC_10x5_HDR=231 ASTC_10x6_HDR=232 ASTC_10x8_HDR=233 ASTC_10x10_HDR=234 ASTC_12x10_HDR=235
                    ASTC_12x12_HDR=236 GBGR422=240 BGRG422=241
                    """.split("\\s+"))
            .map(entry -> entry.split("="))
            .collect(Collectors.toUnmodifiableMap(entry -> Long.valueOf(entry[1]), entry -> entry[0]));

    private UnsupportedFormats() {}

    static Optional<String> name(long code) {
        return Optional.ofNullable(NAMES.get(code));
    }
}
