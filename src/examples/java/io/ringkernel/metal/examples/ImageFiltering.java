package io.ringkernel.metal.examples;

import io.ringkernel.metal.MetalDevice;
import java.io.IOException;
import java.nio.file.Path;

/** Blurs a picture and finds its edges, on a device and in plain Java, compares the two and writes PNGs. */
final class ImageFiltering {

    private static final Path FOLDER = Path.of("target", "demo");
    private static final double STANDARD_DEVIATION = 4;

    /** A GPU may contract a multiplication and an addition, which can tip one rounding. */
    private static final int TOLERANCE = 1;

    private ImageFiltering() {}

    /** Whether the device's pictures are Java's, up to one step of 255. */
    static boolean run(MetalDevice device, Picture picture) throws IOException {
        System.out.printf(
                "%nGaussian blur (standard deviation %.0f pixels) and Sobel edges of %s%n",
                STANDARD_DEVIATION, picture);
        Gaussian gaussian = Gaussian.of(STANDARD_DEVIATION);
        Stopwatch<Filtered> onDevice;
        try (var progress = new ProgressBar("filtering", MetalImageFilter.STEPS, System.out)) {
            onDevice = Stopwatch.measure(() -> filter(device, progress, picture, gaussian));
        }
        System.out.println("  device, compilation and copies included: " + onDevice.shown());
        var inJava = Stopwatch.measure(
                () -> new Filtered(JavaImageFilter.blur(picture, gaussian), JavaImageFilter.sobel(picture)));
        System.out.println("  plain Java, one thread: " + inJava.shown());
        int difference = onDevice.result().largestDifference(inJava.result());
        System.out.println("  largest difference between the two: " + difference + " of 255");
        write("original.png", picture);
        write("blur.png", onDevice.result().blurred());
        write("edges.png", onDevice.result().edges());
        return difference <= TOLERANCE;
    }

    private record Filtered(Picture blurred, Picture edges) {

        int largestDifference(Filtered other) {
            return Math.max(blurred.largestDifference(other.blurred), edges.largestDifference(other.edges));
        }
    }

    private static Filtered filter(MetalDevice device, ProgressBar progress, Picture picture, Gaussian gaussian) {
        try (var filter = new MetalImageFilter(device, progress::step)) {
            return new Filtered(filter.blur(picture, gaussian), filter.sobel(picture));
        }
    }

    private static void write(String name, Picture picture) throws IOException {
        Path file = FOLDER.resolve(name);
        picture.write(file);
        System.out.println("  wrote " + file);
    }
}
