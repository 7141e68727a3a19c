package io.ringkernel.metal.examples;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;
import java.util.Arrays;
import java.util.Random;

/** Adds two long vectors on a device and in plain Java, and compares every element. */
final class VectorAddition {

    private static final int LENGTH = 1 << 22;
    private static final long SEED = 42;

    private VectorAddition() {}

    /** Whether the device's sums are, bit for bit, Java's. */
    static boolean run(MetalDevice device) {
        System.out.printf("%nVector addition, %,d floats%n", LENGTH);
        Random random = new Random(SEED);
        float[] left = randomVector(random);
        float[] right = randomVector(random);
        var onDevice = Stopwatch.measure(() -> add(device, left, right));
        System.out.println("  device, compilation and copies included: " + onDevice.shown());
        var inJava = Stopwatch.measure(() -> add(left, right));
        System.out.println("  plain Java, one thread: " + inJava.shown());
        int difference = Arrays.mismatch(onDevice.result(), inJava.result());
        System.out.println(
                difference < 0 ? "  every element is the same" : "  DIFFERENT from element " + difference + " on");
        return difference < 0;
    }

    private static float[] randomVector(Random random) {
        float[] vector = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            vector[i] = random.nextFloat();
        }
        return vector;
    }

    private static float[] add(MetalDevice device, float[] left, float[] right) {
        try (var library = device.newLibrary(Sources.read("vector_addition.metal"));
                var function = library.function("add");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var a = device.newBufferOf(left);
                var b = device.newBufferOf(right);
                var sum = device.newBuffer(a.byteSize())) {
            queue.run(pipeline, MetalSize.of(left.length), a, b, sum).join();
            return sum.readFloats(0, left.length);
        }
    }

    private static float[] add(float[] left, float[] right) {
        float[] sum = new float[left.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = left[i] + right[i];
        }
        return sum;
    }
}
