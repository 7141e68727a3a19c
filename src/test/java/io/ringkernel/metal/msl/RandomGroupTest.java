package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded random programs whose threads synchronise, against an interpreter that runs all threads in lock step. */
final class RandomGroupTest {

    @ParameterizedTest
    @ValueSource(
            longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 1252
            })
    void groupsComputeWhatLockStepDoes(long seed) {
        var program = LockStepProgram.of(new SplittableRandom(seed), 12);
        var expected = program.evaluate();
        for (var isFast : new boolean[] {true, false}) {
            var options = MslOptions.of(LanguageVersion.METAL_3_1).withFast(isFast);
            try (var kernel = TestKernel.of(program.source(), options)) {
                kernel.bind(0, new int[LockStepProgram.THREADS]).bind(1, 3);
                kernel.run(LockStepProgram.THREADS, LockStepProgram.THREADS);
                assertThat(kernel.ints(0)).as(program.source()).isEqualTo(expected);
            }
        }
    }
}
