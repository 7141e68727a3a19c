package io.ringkernel.metal.msl.texture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conversions between texels and colours (MSL specification, section 8.7). */
final class FormatTest {
    private final MemorySegment texel = Arena.ofAuto().allocate(16, 16);

    private float red(String format, long bits) {
        texel.set(ValueLayout.JAVA_LONG, 0, bits);
        return PixelFormat.named(format).codec().channel(texel, 0, 0);
    }

    private long written(String format, float... color) {
        texel.fill((byte) 0);
        PixelFormat.named(format).codec().write(texel, 0, Arrays.copyOf(color, 4));
        return texel.get(ValueLayout.JAVA_LONG, 0);
    }

    private long writtenInts(String format, int... color) {
        texel.fill((byte) 0);
        PixelFormat.named(format).codec().write(texel, 0, Arrays.copyOf(color, 4));
        return texel.get(ValueLayout.JAVA_LONG, 0);
    }

    @Test
    void everyCodeOfANormalizedChannelIsItsFractionAndComesBack() {
        for (int code = 0; code < 1 << 16; code++) {
            assertThat(red("R16Unorm", code)).isEqualTo((float) (code / 65535.0));
            assertThat(written("R16Unorm", red("R16Unorm", code))).isEqualTo(code);
            int signed = (short) code;
            assertThat(red("R16Snorm", code)).isEqualTo((float) Math.max(-1, signed / 32767.0));
            assertThat(written("R16Snorm", red("R16Snorm", code))).isEqualTo(signed == -32768 ? 0x8001 : code);
        }
        for (int code = 0; code < 256; code++) {
            assertThat(red("R8Unorm", code)).isEqualTo((float) (code / 255.0));
            assertThat(red("RGBA8Unorm", code)).isEqualTo((float) (code / 255.0));
            assertThat(red("BGRA8Unorm", (long) code << 16)).isEqualTo((float) (code / 255.0));
            assertThat(red("R8Snorm", code)).isEqualTo((float) Math.max(-1, (byte) code / 127.0));
            assertThat(written("R8Unorm_sRGB", red("R8Unorm_sRGB", code))).isEqualTo(code);
        }
    }

    @Test
    void halvesAndSmallFloatsComeBack() {
        for (int code = 0; code < 1 << 16; code++) {
            if ((code & 0x7c00) != 0x7c00) {
                assertThat(written("R16Float", red("R16Float", code))).isEqualTo(code);
            }
        }
        for (int code = 0; code < 1 << 11; code++) {
            int exponent = code >> 6;
            double value = exponent == 0
                    ? Math.scalb((code & 63) / 64.0, -14)
                    : Math.scalb(1 + (code & 63) / 64.0, exponent - 15);
            if (exponent < 31) {
                assertThat((double) red("RG11B10Float", code)).isEqualTo(value);
                assertThat(written("RG11B10Float", (float) value)).isEqualTo(code);
            }
        }
        assertThat(red("RG11B10Float", 31 << 6)).isInfinite();
        assertThat(written("RG11B10Float", -1, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(written("RG11B10Float", Float.POSITIVE_INFINITY)).isEqualTo(31 << 6);
    }

    /** Ties to even, decided with exact numbers. */
    @Test
    void writesRoundToTheNearestCode() {
        var random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            int below = random.nextInt(255);
            float near = (float) ((below + 0.5) / 255);
            float value = random.nextInt(3) == 0 ? random.nextFloat() : Math.nextAfter(near, random.nextInt(3) - 1.0);
            long exact = new BigDecimal(value)
                    .multiply(BigDecimal.valueOf(255))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValue();
            assertThat(written("R8Unorm", value)).isEqualTo(exact);
            assertThat(written("RGBA8Unorm", value)).isEqualTo(exact);
        }
        assertThat(written("R8Unorm", 0.5f)).isEqualTo(128);
        assertThat(written("R8Unorm", 0.75f)).isEqualTo(191);
        assertThat(written("R8Unorm", Float.NaN)).isZero();
        assertThat(written("R8Snorm", -2)).isEqualTo(0x81);
        assertThat(writtenInts("R8Uint", 300)).isEqualTo(255);
        assertThat(writtenInts("R8Sint", -200)).isEqualTo(0x80);
        assertThat(writtenInts("RGB10A2Uint", 5000, 0, 0, 9)).isEqualTo(0xc00003ffL);
    }

    @Test
    void packedChannelsAreWhereMetalHasThem() {
        assertThat(red("B5G6R5Unorm", 0xf800)).isEqualTo(1);
        assertThat(written("B5G6R5Unorm", 0, 1, 0)).isEqualTo(0x07e0);
        assertThat(written("A1BGR5Unorm", 0, 0, 0, 1)).isEqualTo(1);
        assertThat(written("BGR5A1Unorm", 0, 0, 0, 1)).isEqualTo(0x8000);
        assertThat(written("ABGR4Unorm", 1, 0, 0, 0)).isEqualTo(0xf000);
        assertThat(written("RGB10A2Unorm", 0, 0, 1, 0)).isEqualTo(0x3ff00000);
        assertThat(written("BGR10A2Unorm", 1, 0, 0, 0)).isEqualTo(0x3ff00000);
        assertThat(written("A8Unorm", 0, 0, 0, 1)).isEqualTo(0xff);
        assertThat(written("BGRA8Unorm", 1, 0, 0, 0)).isEqualTo(0xff0000);
    }

    @Test
    void aSharedExponentLosesNoMoreThanHalfACode() {
        var random = new Random(9);
        for (int i = 0; i < 2_000; i++) {
            float[] color = new float[4];
            for (int c = 0; c < 3; c++) {
                color[c] = random.nextFloat() * Math.scalb(1f, random.nextInt(24) - 10);
            }
            long bits = written("RGB9E5Float", color);
            double step = Math.scalb(1.0, (int) (bits >>> 27) - 24);
            for (int c = 0; c < 3; c++) {
                double value = ((bits >>> 9 * c) & 511) * step;
                assertThat(value).isBetween(color[c] - step / 2, color[c] + step / 2);
                texel.set(ValueLayout.JAVA_LONG, 0, bits);
                assertThat((double) PixelFormat.named("RGB9E5Float").codec().channel(texel, 0, c))
                        .isEqualTo(value);
            }
        }
        assertThat(red("RGB9E5Float", written("RGB9E5Float", 1e9f))).isEqualTo(65408);
    }

    @Test
    void whatAFormatLacksIsZeroAndAlphaOne() {
        for (var format : PixelFormat.all()) {
            for (int channel = 0; channel < 4; channel++) {
                if (!format.codec().has(channel)) {
                    texel.fill((byte) -1);
                    assertThat(format.codec().channel(texel, 0, channel)).isEqualTo(channel == 3 ? 1 : 0);
                    assertThat(format.codec().intChannel(texel, 0, channel)).isEqualTo(channel == 3 ? 1 : 0);
                }
            }
        }
    }
}
