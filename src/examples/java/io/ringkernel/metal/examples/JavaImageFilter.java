package io.ringkernel.metal.examples;

/**
 * The filters of {@code image_filter.metal} in plain Java on one thread: what the device's results are held against.
 */
final class JavaImageFilter {

    private static final int CHANNELS = 4;

    private JavaImageFilter() {}

    static Picture blur(Picture source, Gaussian gaussian) {
        float[] rows = new float[source.pixels().length * CHANNELS];
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                blurRow(source, gaussian, x, y, rows);
            }
        }
        int[] blurred = new int[source.pixels().length];
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                blurred[y * source.width() + x] = blurColumn(source, gaussian, x, y, rows);
            }
        }
        return new Picture(source.width(), source.height(), blurred);
    }

    private static void blurRow(Picture source, Gaussian gaussian, int x, int y, float[] rows) {
        int target = (y * source.width() + x) * CHANNELS;
        for (int i = 0; i < gaussian.weights().length; i++) {
            int pixel = source.pixels()[index(source, x + i - gaussian.radius(), y)];
            for (int channel = 0; channel < CHANNELS; channel++) {
                rows[target + channel] += gaussian.weights()[i] * (pixel >>> channel * Byte.SIZE & 0xff);
            }
        }
    }

    private static int blurColumn(Picture source, Gaussian gaussian, int x, int y, float[] rows) {
        int blurred = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            float sum = 0;
            for (int i = 0; i < gaussian.weights().length; i++) {
                int place = index(source, x, y + i - gaussian.radius()) * CHANNELS;
                sum += gaussian.weights()[i] * rows[place + channel];
            }
            blurred |= (int) Math.rint(sum) << channel * Byte.SIZE;
        }
        return blurred;
    }

    static Picture sobel(Picture source) {
        int[] edges = new int[source.pixels().length];
        for (int y = 0; y < source.height(); y++) {
            for (int x = 0; x < source.width(); x++) {
                edges[y * source.width() + x] = edge(source, x, y);
            }
        }
        return new Picture(source.width(), source.height(), edges);
    }

    private static int edge(Picture source, int x, int y) {
        float across = 0;
        float down = 0;
        for (int i = -1; i <= 1; i++) {
            float weight = i == 0 ? 2 : 1;
            across += weight * (brightness(source, x + 1, y + i) - brightness(source, x - 1, y + i));
            down += weight * (brightness(source, x + i, y + 1) - brightness(source, x + i, y - 1));
        }
        int value = (int) Math.min(255, Math.rint(Math.sqrt(across * across + down * down)));
        return 0xff000000 | value << 16 | value << 8 | value;
    }

    private static float brightness(Picture source, int x, int y) {
        int pixel = source.pixels()[index(source, x, y)];
        return 0.299f * (pixel >>> 16 & 0xff) + 0.587f * (pixel >>> 8 & 0xff) + 0.114f * (pixel & 0xff);
    }

    private static int index(Picture source, int x, int y) {
        return Math.clamp(y, 0, source.height() - 1) * source.width() + Math.clamp(x, 0, source.width() - 1);
    }
}
