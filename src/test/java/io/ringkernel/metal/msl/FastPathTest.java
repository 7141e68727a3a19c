package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The benchmarks' kernels give the same bits in the optimised and in the plain code shape, with and without checks. */
final class FastPathTest {
    private static final Path KERNELS = Path.of("src/jmh/resources/kernels");
    private static final int[] SEEDS = {1, 2, 3};
    private static final MslOptions PLAIN =
            MslOptions.of(LanguageVersion.METAL_3_1).withChecks(true).withFast(false);

    /**
     * A kernel on an input, odd in every extent so that threadgroups at the edges are partial.
     *
     * @param result the index of the buffer that the kernel writes
     */
    private record Launch(Extent threads, Extent threadgroup, int result, Object... buffers) {
        int[] run(String name, MslOptions options) {
            try (var kernel = TestKernel.of(source(name), options)) {
                for (int i = 0; i < buffers.length; i++) {
                    switch (buffers[i]) {
                        case float[] floats -> kernel.bind(i, floats);
                        case int[] ints -> kernel.bind(i, ints);
                        default -> throw new IllegalArgumentException("not an array of floats or ints");
                    }
                }
                return kernel.run(threads, threadgroup).ints(result);
            }
        }
    }

    /** The kernels of the benchmarks. */
    private enum Kernel {
        MATRIX_MULTIPLICATION,
        MANDELBROT,
        N_BODY,
        HISTOGRAM,
        SAXPY,
        STENCIL,
        GATHER,
        REDUCTION,
        HEAT_TILES;

        String fileName() {
            return name().toLowerCase(Locale.ROOT);
        }

        Launch launch(Random random) {
            var rows = new Extent(32, 8, 1);
            return switch (this) {
                case MATRIX_MULTIPLICATION ->
                    new Launch(
                            new Extent(77, 77, 1),
                            rows,
                            2,
                            floats(random, 77 * 77),
                            floats(random, 77 * 77),
                            new float[77 * 77]);
                case MANDELBROT -> new Launch(new Extent(201, 67, 1), rows, 0, new int[201 * 67]);
                case N_BODY -> line(333, 1, floats(random, 4 * 333), new float[4 * 333]);
                case HISTOGRAM -> line(5001, 1, random.ints(5001).toArray(), new int[1024]);
                case SAXPY -> line(5001, 1, floats(random, 5001), floats(random, 5001));
                case STENCIL ->
                    new Launch(new Extent(129, 65, 1), rows, 1, floats(random, 131 * 67), new float[131 * 67]);
                case GATHER ->
                    line(5001, 2, floats(random, 100), random.ints(5001, 0, 100).toArray(), new float[5001]);
                case REDUCTION -> line(256 * 9, 1, floats(random, 256 * 9), new float[9]);
                case HEAT_TILES ->
                    new Launch(new Extent(31, 17, 5), rows, 1, floats(random, 33 * 19 * 5), new float[33 * 19 * 5]);
            };
        }
    }

    private static Launch line(int threads, int result, Object... buffers) {
        return new Launch(new Extent(threads, 1, 1), new Extent(256, 1, 1), result, buffers);
    }

    /** Of all magnitudes, both signs and denormals included. */
    private static float[] floats(Random random, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.scalb(random.nextFloat() - 0.5f, random.nextInt(20) == 0 ? -140 : random.nextInt(9));
        }
        return values;
    }

    private static String source(String kernel) {
        try {
            return Files.readString(KERNELS.resolve(kernel + ".metal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> launches() {
        return Stream.of(Kernel.values())
                .flatMap(kernel -> IntStream.of(SEEDS).mapToObj(seed -> Arguments.of(kernel, seed)));
    }

    @ParameterizedTest
    @MethodSource("launches")
    void theOptimisedShapeComputesWhatThePlainOneDoes(Kernel kernel, int seed) {
        var launch = kernel.launch(new Random(seed));
        assertThat(launch.run(kernel.fileName(), PLAIN.withFast(true))).isEqualTo(launch.run(kernel.fileName(), PLAIN));
    }

    @ParameterizedTest
    @EnumSource
    void checksChangeNoResult(Kernel kernel) {
        var launch = kernel.launch(new Random(SEEDS[0]));
        var fast = PLAIN.withFast(true);
        assertThat(launch.run(kernel.fileName(), fast.withChecks(false)))
                .isEqualTo(launch.run(kernel.fileName(), fast));
    }
}
