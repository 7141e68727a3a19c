package io.ringkernel.metal.examples.wave;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Fields of red, green and blue, 0..1, as a picture and back. */
final class WaveFrame {

    /** Colours of a picture. */
    static final int COLOURS = 3;

    private static final float BRIGHTEST = 255;

    private WaveFrame() {}

    /** The picture, stretched to a square, as one field for each colour. */
    static float[][] fields(BufferedImage picture, int side) {
        BufferedImage square = scaled(picture, side);
        float[][] fields = new float[COLOURS][side * side];
        for (int i = 0; i < side * side; i++) {
            int rgb = square.getRGB(i % side, i / side);
            for (int colour = 0; colour < COLOURS; colour++) {
                fields[colour][i] = (rgb >>> shift(colour) & 0xff) / BRIGHTEST;
            }
        }
        return fields;
    }

    /** What the eye can see of the fields: values beyond 0..1 become black or bright. */
    static BufferedImage picture(float[][] fields, int side) {
        var picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            int rgb = 0;
            for (int colour = 0; colour < COLOURS; colour++) {
                rgb |= Math.round(Math.clamp(fields[colour][i], 0, 1) * BRIGHTEST) << shift(colour);
            }
            picture.setRGB(i % side, i / side, rgb);
        }
        return picture;
    }

    private static int shift(int colour) {
        return (COLOURS - 1 - colour) * Byte.SIZE;
    }

    static BufferedImage scaled(BufferedImage picture, int side) {
        var square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var graphics = square.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        return square;
    }

    static void write(BufferedImage picture, Path png) throws IOException {
        Files.createDirectories(png.toAbsolutePath().getParent());
        ImageIO.write(picture, "png", png.toFile());
    }
}
