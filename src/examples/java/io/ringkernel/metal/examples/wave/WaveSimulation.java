package io.ringkernel.metal.examples.wave;

import io.ringkernel.metal.MetalDevice;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Lets a picture go as waves of its three colours, turns time around halfway, and has it come back. A ring kernel runs
 * the waves on tiles, whose halos are exchanged on the device, and plain Java on undivided arrays; every bit is
 * compared.
 */
public final class WaveSimulation {

    private static final WaveShape SHAPE = new WaveShape(8, 64);
    private static final int STEPS = 2000;
    private static final int STEPS_PER_FRAME = 50;
    private static final int FRAMES_PER_FILE = 10;
    private static final int GIF_SIDE = 256;
    private static final Duration GIF_DELAY = Duration.ofMillis(80);
    private static final Path FOLDER = Path.of("target", "demo");

    /** The steps that {@link #run} reports as progress. */
    public static final int FRAMES = STEPS / STEPS_PER_FRAME;

    private final MetalDevice device;
    private final String source;
    private final float[][] initial;

    /**
     * Begins with a picture, stretched to the square of all tiles.
     *
     * @param source the text of {@code wave.metal}
     */
    public WaveSimulation(MetalDevice device, String source, BufferedImage picture) {
        this.device = device;
        this.source = source;
        initial = WaveFrame.fields(picture, SHAPE.side());
    }

    /** What is simulated, for people. */
    public static String shown() {
        return "%,d steps of a wave on %d x %d tiles of %d x %d cells, %d colours, halos exchanged after each step"
                .formatted(STEPS, SHAPE.tiles(), SHAPE.tiles(), SHAPE.tileSide(), SHAPE.tileSide(), WaveFrame.COLOURS);
    }

    /**
     * Runs the simulation on the device and in Java, writes frames, and prints what came out.
     *
     * @param progress runs after each frame
     * @return whether both ended with the same bits
     */
    public boolean run(Runnable progress) throws IOException {
        long deviceNanos = 0;
        float[][] result;
        try (var wave = new MetalWave(device, source, SHAPE, initial);
                var gif = new AnimatedGif(FOLDER.resolve("wave.gif"), GIF_DELAY)) {
            show(wave, 0, gif);
            for (int frame = 1; frame <= FRAMES; frame++) {
                long start = System.nanoTime();
                wave.advance(STEPS_PER_FRAME);
                if (frame == FRAMES / 2) {
                    wave.turn();
                }
                deviceNanos += System.nanoTime() - start;
                show(wave, frame, gif);
                progress.run();
            }
            result = fields(wave);
            report("ring kernel", deviceNanos);
            var metrics = wave.metrics();
            System.out.printf(
                    "  %,d messages, one for each tile and step, in %,d dispatches%n",
                    metrics.processed(), metrics.dispatches());
        }
        return compare(result);
    }

    private static float[][] fields(MetalWave wave) {
        float[][] fields = new float[WaveFrame.COLOURS][];
        Arrays.setAll(fields, wave::field);
        return fields;
    }

    private static void show(MetalWave wave, int frame, AnimatedGif gif) throws IOException {
        BufferedImage picture = WaveFrame.picture(fields(wave), SHAPE.side());
        gif.add(WaveFrame.scaled(picture, GIF_SIDE));
        if (frame % FRAMES_PER_FILE == 0) {
            WaveFrame.write(picture, FOLDER.resolve("wave-%04d.png".formatted(frame * STEPS_PER_FRAME)));
        }
    }

    private boolean compare(float[][] result) {
        var wave = new JavaWave(SHAPE, initial);
        long start = System.nanoTime();
        wave.advance(STEPS / 2);
        wave.turn();
        wave.advance(STEPS / 2);
        report("plain Java, undivided, one thread", System.nanoTime() - start);
        boolean same = true;
        float farthest = 0;
        for (int colour = 0; colour < WaveFrame.COLOURS; colour++) {
            float[] expected = wave.field(colour);
            same &= Arrays.equals(result[colour], expected);
            for (int i = 0; i < expected.length; i++) {
                farthest = Math.max(farthest, Math.abs(expected[i] - initial[colour][i]));
            }
        }
        System.out.println(same ? "  every cell is the same, bit for bit" : "  DIFFERENT");
        System.out.printf(
                "  back at the start, rounding has moved no colour by more than %.4f of 255%n", farthest * 255);
        System.out.printf("  wrote %s and frames beside it%n", FOLDER.resolve("wave.gif"));
        return same;
    }

    private static void report(String what, long nanos) {
        double cells = (double) STEPS * SHAPE.side() * SHAPE.side() * WaveFrame.COLOURS;
        System.out.printf("  %s: %.1f s, %,.0f million cells/s%n", what, nanos / 1e9, cells / nanos * 1e3);
    }
}
