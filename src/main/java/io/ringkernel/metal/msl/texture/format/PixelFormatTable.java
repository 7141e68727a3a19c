package io.ringkernel.metal.msl.texture.format;

import io.ringkernel.metal.msl.texture.format.PixelFormat.Abilities;
import io.ringkernel.metal.msl.texture.format.PixelFormat.BufferAccess;
import io.ringkernel.metal.msl.texture.format.PixelFormat.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pixel formats as one table (Metal Feature Set Tables; MSL specification, section 8.7).
 *
 * <p>Columns: name; value of {@code MTLPixelFormat}; conversion; layout from the least significant bit on, as in
 * {@link FieldCodec}; abilities on Apple silicon and on other Macs, F filter, W write, A atomics, "." none, "-" for a
 * format that does not exist there; the read-write tier, or 0; access of texture buffers: none, r, r/w for one of the
 * two, rw.
 */
final class PixelFormatTable {
    private static final String TABLE = """
            A8Unorm                 1   UNORM a8                      FW  FW  2 rw
            R8Unorm                 10  UNORM r8                      FW  FW  2 rw
            R8Unorm_sRGB            11  SRGB  r8                      FW  -   0 none
            R8Snorm                 12  SNORM r8                      FW  FW  0 r/w
            R8Uint                  13  UINT  r8                      W   W   2 rw
            R8Sint                  14  SINT  r8                      W   W   2 rw
            R16Unorm                20  UNORM r16                     FW  FW  0 r/w
            R16Snorm                22  SNORM r16                     FW  FW  0 r/w
            R16Uint                 23  UINT  r16                     W   W   2 rw
            R16Sint                 24  SINT  r16                     W   W   2 rw
            R16Float                25  FLOAT r16                     FW  FW  2 rw
            RG8Unorm                30  UNORM r8g8                    FW  FW  0 r/w
            RG8Unorm_sRGB           31  SRGB  r8g8                    FW  -   0 none
            RG8Snorm                32  SNORM r8g8                    FW  FW  0 r/w
            RG8Uint                 33  UINT  r8g8                    W   W   0 r/w
            RG8Sint                 34  SINT  r8g8                    W   W   0 r/w
            B5G6R5Unorm             40  UNORM b5g6r5                  F   -   0 none
            A1BGR5Unorm             41  UNORM a1b5g5r5                F   -   0 none
            ABGR4Unorm              42  UNORM a4b4g4r4                F   -   0 none
            BGR5A1Unorm             43  UNORM b5g5r5a1                F   -   0 none
            R32Uint                 53  UINT  r32                     WA  WA  1 rw
            R32Sint                 54  SINT  r32                     WA  WA  1 rw
            R32Float                55  FLOAT r32                     W   FW  1 rw
            RG16Unorm               60  UNORM r16g16                  FW  FW  0 r/w
            RG16Snorm               62  SNORM r16g16                  FW  FW  0 r/w
            RG16Uint                63  UINT  r16g16                  W   W   0 r/w
            RG16Sint                64  SINT  r16g16                  W   W   0 r/w
            RG16Float               65  FLOAT r16g16                  FW  FW  0 r/w
            RGBA8Unorm              70  UNORM r8g8b8a8                FW  FW  2 rw
            RGBA8Unorm_sRGB         71  SRGB  r8g8b8a8                FW  F   0 none
            RGBA8Snorm              72  SNORM r8g8b8a8                FW  FW  0 r/w
            RGBA8Uint               73  UINT  r8g8b8a8                W   W   2 rw
            RGBA8Sint               74  SINT  r8g8b8a8                W   W   2 rw
            BGRA8Unorm              80  UNORM b8g8r8a8                FW  FW  0 r
            BGRA8Unorm_sRGB         81  SRGB  b8g8r8a8                FW  F   0 none
            RGB10A2Unorm            90  UNORM r10g10b10a2             FW  FW  0 r/w
            RGB10A2Uint             91  UINT  r10g10b10a2             W   W   0 r/w
            RG11B10Float            92  FLOAT r11g11b10               FW  FW  0 r/w
            RGB9E5Float             93  FLOAT shared                  FW  F   0 none
            BGR10A2Unorm            94  UNORM b10g10r10a2             FW  FW  0 none
            RG32Uint                103 UINT  r32g32                  W   W   0 r/w
            RG32Sint                104 SINT  r32g32                  W   W   0 r/w
            RG32Float               105 FLOAT r32g32                  W   FW  0 r/w
            RGBA16Unorm             110 UNORM r16g16b16a16            FW  FW  0 r/w
            RGBA16Snorm             112 SNORM r16g16b16a16            FW  FW  0 r/w
            RGBA16Uint              113 UINT  r16g16b16a16            W   W   2 rw
            RGBA16Sint              114 SINT  r16g16b16a16            W   W   2 rw
            RGBA16Float             115 FLOAT r16g16b16a16            FW  FW  2 rw
            RGBA32Uint              123 UINT  r32g32b32a32            W   W   2 rw
            RGBA32Sint              124 SINT  r32g32b32a32            W   W   2 rw
            RGBA32Float             125 FLOAT r32g32b32a32            W   FW  2 rw
            Depth16Unorm            250 UNORM r16                     F   F   0 none
            Depth32Float            252 FLOAT r32                     .   F   0 none
            Stencil8                253 UINT  r8                      .   .   0 none
            Depth24Unorm_Stencil8   255 UNORM r24x8                   -   F   0 none
            Depth32Float_Stencil8   260 FLOAT r32x32                  .   F   0 none
            X32_Stencil8            261 UINT  x32r8x24                .   .   0 none
            X24_Stencil8            262 UINT  x24r8                   -   .   0 none
            BGRA10_XR               552 EXTENDED      x6b10x6g10x6r10x6a10 FW - 0 none
            BGRA10_XR_sRGB          553 EXTENDED_SRGB x6b10x6g10x6r10x6a10 FW - 0 none
            BGR10_XR                554 EXTENDED      b10g10r10x2     FW  -   0 none
            BGR10_XR_sRGB           555 EXTENDED_SRGB b10g10r10x2     FW  -   0 none
            """;

    /** By value of {@code MTLPixelFormat}. */
    static final Map<Long, PixelFormat> FORMATS = read();

    /** One line, whose conversion and layout are not read yet. */
    record Row(String[] columns) {
        String name() {
            return columns[0];
        }

        int code() {
            return Integer.parseInt(columns[1]);
        }

        private Conversion conversion() {
            return Conversion.valueOf(columns[2]);
        }

        private String layout() {
            return columns[3];
        }

        Abilities apple() {
            return abilities(columns[4]);
        }

        Abilities mac() {
            return abilities(columns[5]);
        }

        int readWriteTier() {
            return Integer.parseInt(columns[6]);
        }

        BufferAccess bufferAccess() {
            return switch (columns[7]) {
                case "r" -> BufferAccess.READ;
                case "r/w" -> BufferAccess.READ_OR_WRITE;
                case "rw" -> BufferAccess.READ_AND_WRITE;
                default -> BufferAccess.NONE;
            };
        }

        private static Abilities abilities(String letters) {
            return new Abilities(!letters.equals("-"), letters);
        }

        private Kind kind() {
            if (name().startsWith("Depth")) {
                return Kind.DEPTH;
            }
            return switch (conversion()) {
                case UINT -> Kind.UNSIGNED;
                case SINT -> Kind.SIGNED;
                case FLOAT -> layout().startsWith("r32") ? Kind.FLOAT : Kind.HALF;
                default -> Kind.NORMALIZED;
            };
        }

        private TexelCodec codec() {
            if (layout().equals("shared")) {
                return new SharedExponentCodec();
            }
            var fields = FieldCodec.of(layout(), conversion());
            if (kind() == Kind.FLOAT || name().equals("Depth32Float")) {
                return new WordCodec(fields);
            }
            if (conversion() == Conversion.FLOAT && layout().startsWith("r16")) {
                return new HalfCodec(fields);
            }
            return name().endsWith("A8Unorm") && fields.byteSize() == Integer.BYTES ? new ByteCodec(fields) : fields;
        }
    }

    private PixelFormatTable() {}

    private static Map<Long, PixelFormat> read() {
        var formats = new LinkedHashMap<Long, PixelFormat>();
        TABLE.lines().map(line -> new Row(line.split(" +"))).forEach(row -> {
            var format = new PixelFormat(row, row.kind(), row.codec());
            formats.put((long) row.code(), format);
        });
        return formats;
    }
}
