package io.ringkernel.metal.msl.texture.format;

/**
 * What the bits of one channel mean (MSL specification, section 8.7). A code is the channel's bits as an unsigned
 * number; those of 32 bits fill an int.
 */
enum Conversion {
    UNORM {
        @Override
        float decode(int code, int bits) {
            return (float) code / mask(bits);
        }

        @Override
        int encode(float value, int bits) {
            // The product of a float and at most 24 bits is exact in double, so this rounds once.
            int maximum = mask(bits);
            return (int) Math.rint(Math.clamp(nanToZero(value) * maximum, 0.0, maximum));
        }
    },
    SNORM {
        @Override
        float decode(int code, int bits) {
            float maximum = mask(bits - 1);
            return Math.max(-1, signExtend(code, bits) / maximum);
        }

        @Override
        int encode(float value, int bits) {
            double maximum = mask(bits - 1);
            return (int) Math.rint(Math.clamp(nanToZero(value) * maximum, -maximum, maximum)) & mask(bits);
        }
    },
    SRGB {
        @Override
        float decode(int code, int bits) {
            return Srgb.decode(code);
        }

        @Override
        int encode(float value, int bits) {
            return Srgb.encode(value);
        }
    },
    /** IEEE binary16 or binary32; or, with 11 or 10 bits, without a sign and with 6 or 5 bits of mantissa. */
    FLOAT {
        @Override
        float decode(int code, int bits) {
            return switch (bits) {
                case 32 -> Float.intBitsToFloat(code);
                case 16 -> Float.float16ToFloat((short) code);
                // The exponent is that of a half, whose mantissa is longer.
                default -> Float.float16ToFloat((short) (code << 15 - bits));
            };
        }

        @Override
        int encode(float value, int bits) {
            return switch (bits) {
                case 32 -> Float.floatToRawIntBits(value);
                case 16 -> Float.floatToFloat16(value) & 0xffff;
                default -> SmallFloats.encode(value, bits - 5);
            };
        }
    },
    /** Extended range: {@code (code - 384) / 510}, from about -0.75 to 1.25. */
    EXTENDED {
        @Override
        float decode(int code, int bits) {
            return (code - XR_ZERO) / XR_ONE;
        }

        @Override
        int encode(float value, int bits) {
            return (int) Math.rint(Math.clamp(nanToZero(value) * (double) XR_ONE + XR_ZERO, 0.0, mask(bits)));
        }
    },
    /** The same after sRGB's curve, which is odd about 0. */
    EXTENDED_SRGB {
        @Override
        float decode(int code, int bits) {
            double value = (code - (double) XR_ZERO) / XR_ONE;
            return (float) Math.copySign(Srgb.toLinear(Math.abs(value)), value);
        }

        @Override
        int encode(float value, int bits) {
            double curved = Math.copySign(Srgb.fromLinear(Math.abs(nanToZero(value))), value);
            return (int) Math.rint(Math.clamp(curved * XR_ONE + XR_ZERO, 0.0, mask(bits)));
        }
    },
    UINT {
        @Override
        int decodeInt(int code, int bits) {
            return code;
        }

        @Override
        int encodeInt(int value, int bits) {
            return Integer.compareUnsigned(value, mask(bits)) > 0 ? mask(bits) : value;
        }
    },
    SINT {
        @Override
        int decodeInt(int code, int bits) {
            return signExtend(code, bits);
        }

        @Override
        int encodeInt(int value, int bits) {
            int maximum = mask(bits - 1);
            return Math.clamp(value, -maximum - 1, maximum) & mask(bits);
        }
    };

    private static final int XR_ZERO = 384;
    private static final float XR_ONE = 510;

    /** The value of a code; integers as floats are what a format that was checked is never asked for. */
    float decode(int code, int bits) {
        return decodeInt(code, bits);
    }

    int encode(float value, int bits) {
        return encodeInt((int) value, bits);
    }

    int decodeInt(int code, int bits) {
        return (int) decode(code, bits);
    }

    int encodeInt(int value, int bits) {
        return encode(value, bits);
    }

    /** Whether values are integers. */
    boolean isInteger() {
        return this == UINT || this == SINT;
    }

    static int mask(int bits) {
        return bits == 32 ? -1 : (1 << bits) - 1;
    }

    private static int signExtend(int code, int bits) {
        return code << 32 - bits >> 32 - bits;
    }

    private static double nanToZero(float value) {
        return Float.isNaN(value) ? 0 : value;
    }
}
