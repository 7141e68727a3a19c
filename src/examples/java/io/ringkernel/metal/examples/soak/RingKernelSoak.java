package io.ringkernel.metal.examples.soak;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.runtime.KernelHandle;
import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.runtime.MetalRuntime;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Sends 10 million messages through a ring kernel that counts them, compares every reply, and fails if the process has
 * grown from the first third on. Uses the default device where there is Metal.
 */
public final class RingKernelSoak {

    private static final int MESSAGES = 10_000_000;
    private static final int ROUND = 500_000;

    /** A third of the run is left to compilers and caches. */
    private static final int WARM_UP = MESSAGES / 3;

    /** Less than two bytes for each message after the warm-up, far above the noise of the garbage collector. */
    private static final long ALLOWED_GROWTH = 16L << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private static final String HANDLER = """
            void handle(thread RingContext& ring) {
                device uint& count = state_as<uint>(ring);
                count += 1u;
                reply(ring, count);
            }
            """;

    private RingKernelSoak() {}

    /** Runs the soak; exits with 1 if memory grew or a reply is wrong. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (MetalDevice device = MetalDevice.isAvailable() ? MetalDevice.systemDefault() : MetalDevice.software();
                var runtime = MetalRuntime.builder().device(device).start().join()) {
            System.out.printf("%,d messages on %s%n", MESSAGES, device.name());
            var options = LaunchOptions.builder()
                    .stateBytes(Integer.BYTES)
                    .maxPayloadBytes(64)
                    .patience(PATIENCE)
                    .activateAtOnce()
                    .build();
            var kernel = runtime.launch("soak", options, KernelSource.handler(HANDLER))
                    .join();
            var sender = Thread.ofPlatform().start(() -> send(runtime, kernel));
            boolean isFlat = receive(kernel);
            sender.join();
            System.out.println(kernel.metrics());
            System.exit(isFlat ? 0 : 1);
        }
    }

    private static void send(MetalRuntime runtime, KernelHandle kernel) {
        var payload = new byte[64];
        for (int i = 0; i < MESSAGES; i++) {
            var header = MessageHeader.of(1, runtime.clock().tick());
            kernel.send(MessageEnvelope.of(header, payload)).join();
        }
    }

    private static boolean receive(KernelHandle kernel) throws IOException {
        long start = 0;
        long now = 0;
        long wrong = 0;
        long startNanos = System.nanoTime();
        for (int done = 1; done <= MESSAGES; done++) {
            var reply = kernel.receive(PATIENCE).join();
            wrong += reply.payload().get(INT, 0) == done ? 0 : 1;
            if (done % ROUND == 0) {
                now = ProcessMemory.bytes();
                start = start == 0 && done >= WARM_UP ? now : start;
                double seconds = (System.nanoTime() - startNanos) / 1e9;
                System.out.printf("  %,11d  %,d KiB  %,.0f messages/s%n", done, now >> 10, done / seconds);
            }
        }
        System.out.printf("grew by %,d KiB; wrong replies: %,d%n", (now - start) >> 10, wrong);
        return now - start <= ALLOWED_GROWTH && wrong == 0;
    }
}
