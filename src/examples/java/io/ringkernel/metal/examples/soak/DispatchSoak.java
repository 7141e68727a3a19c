package io.ringkernel.metal.examples.soak;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;
import java.io.IOException;

/**
 * Launches 100,000 dispatches, each with a command buffer and an encoder of its own and every tenth with a new buffer,
 * and fails if the process has grown from the first third on. Uses the default device where there is Metal.
 */
public final class DispatchSoak {

    private static final int DISPATCHES = 100_000;
    private static final int ROUND = 5_000;

    /** A third of the run is left to compilers and caches. */
    private static final int WARM_UP = DISPATCHES / 3;

    /** Far below one lost object of 1 KiB per dispatch, far above the noise of the garbage collector. */
    private static final long ALLOWED_GROWTH = 16L << 20;

    private static final int THREADS = 256;

    private static final String MSL = """
            kernel void count(device uint* counters [[buffer(0)]], uint index [[thread_position_in_grid]]) {
                counters[index] += 1;
            }
            """;

    private DispatchSoak() {}

    /** Runs the soak; exits with 1 if memory grew or a count is wrong. */
    public static void main(String[] arguments) throws IOException {
        try (MetalDevice device = MetalDevice.isAvailable() ? MetalDevice.systemDefault() : MetalDevice.software()) {
            System.out.printf("%,d dispatches on %s%n", DISPATCHES, device.name());
            System.exit(isFlat(device) ? 0 : 1);
        }
    }

    private static boolean isFlat(MetalDevice device) throws IOException {
        try (var library = device.newLibrary(MSL);
                var function = library.function("count");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var counters = device.newBuffer((long) THREADS * Integer.BYTES)) {
            long start = 0;
            long now = 0;
            for (int done = 1; done <= DISPATCHES; done++) {
                queue.run(pipeline, MetalSize.of(THREADS), counters).join();
                if (done % 10 == 0) {
                    device.newBuffer(4096).close();
                }
                if (done % ROUND == 0) {
                    now = ProcessMemory.bytes();
                    start = start == 0 && done >= WARM_UP ? now : start;
                    System.out.printf("  %,7d  %,d KiB%n", done, now >> 10);
                }
            }
            int counted = counters.readInts(0, 1)[0];
            System.out.printf("grew by %,d KiB; counted %,d%n", (now - start) >> 10, counted);
            return now - start <= ALLOWED_GROWTH && counted == DISPATCHES;
        }
    }
}
