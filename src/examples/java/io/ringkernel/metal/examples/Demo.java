package io.ringkernel.metal.examples;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.examples.matching.OrderMatching;
import io.ringkernel.metal.examples.wave.WaveSimulation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the library does, in a minute: devices, a vector addition, an image filter, a ring kernel, a simulation on
 * tiles. Run it with {@code scripts/demo}.
 */
public final class Demo {

    private static final int DIFFERENT_RESULTS = 1;
    private static final int WRONG_USAGE = 2;
    private static final Path TIMELINE = Path.of("target", "demo", "order-matching.json");

    private Demo() {}

    /** Runs the demo; exits with 1 if a result is not plain Java's, with 2 if it was called wrongly. */
    public static void main(String[] arguments) {
        try {
            DemoArguments parsed = DemoArguments.parse(arguments);
            if (parsed.help()) {
                System.out.println(DemoArguments.USAGE);
            } else if (!run(parsed)) {
                System.exit(DIFFERENT_RESULTS);
            }
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.err.println("scripts/demo --help lists the options");
            System.exit(WRONG_USAGE);
        }
    }

    private static boolean run(DemoArguments arguments) throws IOException {
        Picture picture =
                arguments.image().isPresent() ? Picture.read(arguments.image().get()) : Picture.landscape();
        System.out.printf(
                "ringkernel-metal on Java %s, %s %s%n",
                Runtime.version().feature(), System.getProperty("os.name"), System.getProperty("os.arch"));
        showDevices();
        try (MetalDevice device = chooseDevice(arguments)) {
            boolean sumsAgree = VectorAddition.run(device);
            boolean picturesAgree = ImageFiltering.run(device, picture);
            boolean fillsAgree = runOrderMatching(device);
            return runWave(device, picture) && fillsAgree && picturesAgree && sumsAgree;
        }
    }

    private static boolean runOrderMatching(MetalDevice device) throws IOException {
        System.out.printf("%nRing kernel: an order book, %,d orders%n", OrderMatching.ORDERS);
        try (var progress = new ProgressBar("matching", OrderMatching.RUNS * OrderMatching.ORDERS, System.out)) {
            return OrderMatching.run(device, Sources.read("order_matcher.metal"), TIMELINE, progress::step);
        }
    }

    private static boolean runWave(MetalDevice device, Picture picture) throws IOException {
        System.out.printf("%n%s%n", WaveSimulation.shown());
        try (var progress = new ProgressBar("simulating", WaveSimulation.FRAMES, System.out)) {
            return new WaveSimulation(device, Sources.read("wave.metal"), picture.image()).run(progress::step);
        }
    }

    private static void showDevices() {
        System.out.printf("%nMetal devices%n");
        MetalDevice.unavailableReason().ifPresent(reason -> System.out.println("  none: " + reason));
        if (MetalDevice.isAvailable()) {
            for (MetalDevice device : MetalDevice.all()) {
                try (device) {
                    System.out.println(device.capabilities().indent(2).stripTrailing());
                }
            }
        }
    }

    private static MetalDevice chooseDevice(DemoArguments arguments) {
        if (!arguments.software() && MetalDevice.isAvailable()) {
            MetalDevice device = MetalDevice.systemDefault();
            System.out.println("  using " + device.name());
            return device;
        }
        MetalDevice device = MetalDevice.software();
        System.out.printf("%nUsing the software device: MSL compiled to JVM bytecode. No GPU takes part.%n");
        System.out.println(device.capabilities().indent(2).stripTrailing());
        return device;
    }
}
