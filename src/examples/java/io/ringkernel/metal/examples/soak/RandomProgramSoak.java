package io.ringkernel.metal.examples.soak;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.msl.random.ObjectProgram;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Runs 3,000 random programs (seeds 1 to 1,500, with and without barriers) on the software device, in the optimised and
 * in the plain code shape, on one thread, on few and on many, and fails if a result differs from that of the
 * interpreter that each program comes with.
 */
public final class RandomProgramSoak {

    private static final int SEEDS = 1_500;
    private static final int STATEMENTS = 12;

    /** Which code shape the software device compiles to, read at every compilation. */
    private static final String SHAPE = "ringkernel.metal.software.fast";

    /** Threads of the grid, and of a threadgroup. */
    private static final int[][] LAUNCHES = {{1, 1}, {7, 7}, {37, 16}, {130, 64}};

    private RandomProgramSoak() {}

    /** Runs the soak; exits with 1 if a result is wrong. Arguments: first and last seed. */
    public static void main(String[] arguments) {
        int first = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int last = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SEEDS;
        int wrong = 0;
        try (MetalDevice device = MetalDevice.software()) {
            for (int seed = first; seed <= last; seed++) {
                for (boolean isTogether : new boolean[] {false, true}) {
                    wrong += isRight(device, seed, isTogether) ? 0 : 1;
                }
                if (seed % 100 == 0) {
                    System.out.printf("  seed %,6d  %d wrong%n", seed, wrong);
                }
            }
        }
        System.out.printf("%,d programs, %d wrong%n", 2 * (last - first + 1), wrong);
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static boolean isRight(MetalDevice device, int seed, boolean isTogether) {
        var program = ObjectProgram.of(seed, STATEMENTS, isTogether);
        for (boolean isFast : new boolean[] {true, false}) {
            System.setProperty(SHAPE, String.valueOf(isFast));
            var failure = failure(device, program);
            if (failure != null) {
                System.out.printf(
                        "seed %d, %s, %s: %s%n",
                        seed, isTogether ? "together" : "alone", isFast ? "optimised" : "plain", failure);
                return false;
            }
        }
        return true;
    }

    /** What is wrong, or null. */
    private static String failure(MetalDevice device, ObjectProgram program) {
        try (var library = device.newLibrary(program.source());
                var function = library.function("k");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue()) {
            for (int[] launch : LAUNCHES) {
                int at = mismatch(device, program, queue, pipeline, launch);
                if (at >= 0) {
                    return "%d threads in groups of %d differ at %d".formatted(launch[0], launch[1], at);
                }
            }
            return null;
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** Where the results of one launch differ from the interpreter's, or -1. */
    private static int mismatch(
            MetalDevice device, ObjectProgram program, MetalCommandQueue queue, MetalPipeline pipeline, int[] launch) {
        var input = input(launch[0]);
        var expected = program.evaluate(input, launch[0], launch[1]);
        try (var in = buffer(device, input);
                var out = device.newBuffer((long) expected.length * Integer.BYTES);
                var table = buffer(device, ObjectProgram.table());
                var parameters = buffer(device, ObjectProgram.parameters())) {
            run(queue, pipeline, launch, in, out, table, parameters);
            return Arrays.mismatch(expected, out.readInts(0, expected.length));
        }
    }

    private static void run(MetalCommandQueue queue, MetalPipeline pipeline, int[] launch, MetalBuffer... buffers) {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                encoder.setBuffers(0, buffers);
                encoder.dispatchThreads(MetalSize.of(launch[0]), MetalSize.of(launch[1]));
            }
            commands.commit().join();
        }
    }

    private static MetalBuffer buffer(MetalDevice device, int[] values) {
        var buffer = device.newBuffer((long) values.length * Integer.BYTES);
        buffer.write(0, values);
        return buffer;
    }

    private static int[] input(int threads) {
        return IntStream.range(0, threads).map(i -> i * 0x9E3779B9 ^ i << 7).toArray();
    }
}
