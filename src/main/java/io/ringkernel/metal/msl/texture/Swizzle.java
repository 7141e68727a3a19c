package io.ringkernel.metal.msl.texture;

/**
 * Which channel of a texel each channel that a kernel sees is, as values of {@code MTLTextureSwizzle}: 0 zero, 1 one, 2
 * red to 5 alpha.
 */
public record Swizzle(int red, int green, int blue, int alpha) {
    public static final int ZERO = 0;
    public static final int ONE = 1;
    /** The source that is channel 0; the others follow. */
    public static final int FIRST_CHANNEL = 2;

    private static final int LAST = 5;

    /** Every channel is itself. */
    public static final Swizzle IDENTITY = new Swizzle(2, 3, 4, 5);

    /** Whether all are values that Metal knows. */
    public boolean isValid() {
        return isSource(red) && isSource(green) && isSource(blue) && isSource(alpha);
    }

    private static boolean isSource(int source) {
        return source >= ZERO && source <= LAST;
    }

    /** The source of a channel, 0 red to 3 alpha. */
    public int source(int channel) {
        return switch (channel) {
            case 0 -> red;
            case 1 -> green;
            case 2 -> blue;
            default -> alpha;
        };
    }

    /** What a view with another swizzle shows of a texture with this one. */
    public Swizzle then(Swizzle view) {
        return new Swizzle(through(view.red), through(view.green), through(view.blue), through(view.alpha));
    }

    private int through(int source) {
        return source < FIRST_CHANNEL ? source : source(source - FIRST_CHANNEL);
    }
}
