package io.ringkernel.metal.examples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** An image of {@code width} x {@code height} pixels, row by row, each 0xAARRGGBB and opaque. */
record Picture(int width, int height, int[] pixels) {

    private static final int OPAQUE = 0xff000000;

    Picture {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException("pixels.length is not width * height: " + pixels.length);
        }
    }

    /** The picture that ships with the demo. */
    static Picture landscape() throws IOException {
        try (InputStream png = Picture.class.getResourceAsStream("landscape.png")) {
            return of(ImageIO.read(png));
        }
    }

    /** A file in any format that Java reads: PNG, JPEG, GIF, BMP, TIFF. */
    static Picture read(Path file) throws IOException {
        BufferedImage image = Files.isRegularFile(file) ? ImageIO.read(file.toFile()) : null;
        if (image == null) {
            throw new IOException("not a picture that Java can read: " + file);
        }
        return of(image);
    }

    private static Picture of(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return new Picture(
                image.getWidth(),
                image.getHeight(),
                IntStream.of(pixels).map(pixel -> pixel | OPAQUE).toArray());
    }

    /** A copy in the form that {@code java.awt} draws. */
    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    void write(Path png) throws IOException {
        Files.createDirectories(png.toAbsolutePath().getParent());
        ImageIO.write(image(), "png", png.toFile());
    }

    /** The largest difference between two channels at the same place, 0..255. */
    int largestDifference(Picture other) {
        int largest = 0;
        for (int i = 0; i < pixels.length; i++) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                int difference = (pixels[i] >>> shift & 0xff) - (other.pixels[i] >>> shift & 0xff);
                largest = Math.max(largest, Math.abs(difference));
            }
        }
        return largest;
    }

    @Override
    public String toString() {
        return width + " x " + height + " pixels";
    }
}
