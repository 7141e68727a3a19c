package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.random.ObjectProgram;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeded random programs over objects of all kinds, optimised and plain, against the interpreter of their tree. */
final class ObjectProgramTest {
    /** Threads of the grid, and of a threadgroup. */
    private static final int[][] LAUNCHES = {{1, 1}, {7, 7}, {37, 16}, {130, 64}};

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void threadsAloneComputeWhatTheTreeSays(long seed) {
        verify(ObjectProgram.of(seed, 5, false));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void threadsTogetherComputeWhatTheTreeSays(long seed) {
        verify(ObjectProgram.of(seed, 4, true));
    }

    private static void verify(ObjectProgram program) {
        for (var isFast : new boolean[] {true, false}) {
            var options = MslOptions.of(LanguageVersion.METAL_3_1).withFast(isFast);
            try (var kernel = TestKernel.of(program.source(), options)) {
                for (var launch : LAUNCHES) {
                    verify(program, kernel, launch[0], launch[1]);
                }
            }
        }
    }

    private static void verify(ObjectProgram program, TestKernel kernel, int threads, int group) {
        var input =
                IntStream.range(0, threads).map(i -> i * 0x9E3779B9 ^ i << 7).toArray();
        kernel.bind(0, input)
                .bind(1, new int[threads * ObjectProgram.PER_THREAD])
                .bind(2, ObjectProgram.table())
                .bind(3, ObjectProgram.parameters())
                .run(threads, group);
        assertThat(kernel.ints(1)).as(program.source()).isEqualTo(program.evaluate(input, threads, group));
    }
}
