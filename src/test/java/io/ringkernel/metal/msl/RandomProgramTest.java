package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seeded random integer programs with branches, loops, arrays and functions, against an interpreter of the same tree.
 */
final class RandomProgramTest {
    private static final int THREADS = 37;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
    void programsComputeWhatTheirTreeSays(long seed) {
        var program = RandomProgram.of(new SplittableRandom(seed), 40);
        verify(program, MslOptions.of(LanguageVersion.METAL_3_1));
        verify(program, MslOptions.of(LanguageVersion.METAL_3_1).withFast(false));
    }

    @ParameterizedTest
    @ValueSource(longs = {4181, 6765})
    void programsTooLargeForOneMethodComputeTheSame(long seed) {
        verify(RandomProgram.of(new SplittableRandom(seed), 400), MslOptions.of(LanguageVersion.METAL_3_1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 17711, 28657})
    void barriersBetweenStatementsChangeNothing(long seed) {
        var program = RandomProgram.of(new SplittableRandom(seed), 30).withBarriers();
        verify(program, MslOptions.of(LanguageVersion.METAL_3_1));
        verify(program, MslOptions.of(LanguageVersion.METAL_3_1).withFast(false));
    }

    private static void verify(RandomProgram program, MslOptions options) {
        var input =
                IntStream.range(0, THREADS).map(i -> i * 0x9E3779B9 ^ i << 7).toArray();
        var expected = new int[THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            expected[thread] = program.evaluate(input[thread], thread);
        }
        try (var kernel = TestKernel.of(program.source(), options)) {
            for (int group : new int[] {THREADS, 1}) {
                kernel.bind(0, input).bind(1, new int[THREADS]).run(THREADS, group);
                assertThat(kernel.ints(1)).as(program.source()).isEqualTo(expected);
            }
        }
    }
}
