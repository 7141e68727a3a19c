package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that a threadgroup moves as a whole end up, and fail, as in the plain code shape. */
final class GroupRowsTest {
    private static final MslOptions FAST = MslOptions.of(LanguageVersion.METAL_3_1);
    private static final int ELEMENTS = 400;

    /** What threads do before a barrier; {@code x} is the place in the grid, {@code l} in the group of up to 64. */
    private static List<String> moves() {
        return List.of(
                "tile[l] = a[x];",
                "float v = a[x + 3]; tile[l] = v;",
                "tile[i] = a[g * 64 + l];",
                "if (l < n) tile[l + 20] = a[x];",
                "if (l >= n && l < 50) tile[l] = a[x - 5];",
                "out[x + 7] = a[x];",
                "ints[x] = b[x + n];",
                "ints[x] = as_type<int>(a[x]);",
                "tile[l] = a[n];",
                "tile[63 - l] = a[x];",
                "tile[l] = a[x]; out[x] = a[x];",
                "kept = a[x]; tile[l] = kept;",
                "tile[l + 10] = a[x];");
    }

    private static String kernel(String move) {
        return """
                kernel void k(const device float* a [[buffer(0)]], const device int* b [[buffer(1)]],
                              device float* out [[buffer(2)]], device int* ints [[buffer(3)]],
                              constant uint& n [[buffer(4)]], uint x [[thread_position_in_grid]],
                              uint l [[thread_position_in_threadgroup]], uint i [[thread_index_in_threadgroup]],
                              uint g [[threadgroup_position_in_grid]]) {
                    threadgroup float tile[64];
                    float kept = 0;
                    tile[l] = x;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    %s
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[200 + x] = tile[(l + 1) %% 64] + kept;
                }
                """.formatted(move);
    }

    @ParameterizedTest
    @MethodSource("moves")
    void movesComputeAndFailTheSame(String move) {
        for (int size : new int[] {400, 159, 150, 100, 20}) {
            for (int group : new int[] {31, 32, 64}) {
                assertThat(results(FAST, move, size, group))
                        .as("%s: %d elements, groups of %d", move, size, group)
                        .isEqualTo(results(FAST.withFast(false), move, size, group));
            }
        }
    }

    /** Each buffer is the short one once. */
    private static List<String> results(MslOptions options, String move, int size, int group) {
        var results = new ArrayList<String>();
        try (var kernel = TestKernel.of(kernel(move), options)) {
            for (int small = 0; small < 4; small++) {
                kernel.bind(0, floats(small == 0 ? size : ELEMENTS))
                        .bind(1, ints(small == 1 ? size : ELEMENTS))
                        .bind(2, floats(small == 2 ? size : ELEMENTS))
                        .bind(3, ints(small == 3 ? size : ELEMENTS))
                        .bind(4, 9);
                results.add(outcome(kernel, group) + Arrays.toString(kernel.ints(2)) + Arrays.toString(kernel.ints(3)));
            }
        }
        return results;
    }

    private static String outcome(TestKernel kernel, int group) {
        var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(155, group));
        return fault == null
                ? "none"
                : fault.kind() + " line " + fault.line() + " " + fault.position() + " " + fault.offset();
    }

    private static int[] ints(int count) {
        return new Random(count).ints(count, -99, 99).toArray();
    }

    private static float[] floats(int count) {
        var floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = i * 0.25f;
        }
        return floats;
    }

    @Test
    void aFaultIsOfTheFirstThreadThatFailsAndThoseBeforeItHaveStored() {
        try (var kernel = TestKernel.of(kernel("out[x + 7] = a[x];"), FAST)) {
            kernel.bind(0, floats(50))
                    .bind(1, 0)
                    .bind(2, new float[ELEMENTS])
                    .bind(3, 0)
                    .bind(4, 9);
            var fault = catchThrowableOfType(KernelFault.class, () -> kernel.run(64, 64));
            assertThat(fault.position()).contains(new Extent(50, 0, 0));
            assertThat(fault.offset()).hasValue(4 * 50);
            var out = kernel.floats(2);
            assertThat(Arrays.copyOfRange(out, 7, 57)).isEqualTo(floats(50));
            assertThat(out[57]).isZero();
        }
    }

    @Test
    void rowsOfGroupsInThreeDimensionsAreMovedToTheirPlaces() {
        var source = """
                kernel void k(const device int* a [[buffer(0)]], device int* out [[buffer(1)]],
                              uint3 p [[thread_position_in_grid]], uint3 size [[threads_per_grid]],
                              uint i [[thread_index_in_threadgroup]], uint3 g [[threadgroup_position_in_grid]],
                              uint3 count [[threads_per_threadgroup]]) {
                    threadgroup int tile[240];
                    tile[i] = a[i];
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    out[(p.z * size.y + p.y) * size.x + p.x] = tile[i] + int(p.z * 1000000 + p.y * 1000);
                }
                """;
        var size = new Extent(73, 5, 3);
        var group = new Extent(40, 3, 2);
        try (var kernel = TestKernel.of(source, FAST)) {
            var values = ints(240);
            kernel.bind(0, values).bind(1, new int[size.width() * size.height() * size.depth()]);
            kernel.run(size, group);
            var out = kernel.ints(1);
            for (int at = 0; at < out.length; at++) {
                int x = at % 73;
                int y = at / 73 % 5;
                int z = at / (73 * 5);
                var width = Math.min(40, 73 - x / 40 * 40);
                var height = Math.min(3, 5 - y / 3 * 3);
                var index = (z % 2 * height + y % 3) * width + x % 40;
                assertThat(out[at]).as("%d %d %d", x, y, z).isEqualTo(values[index] + z * 1000000 + y * 1000);
            }
        }
    }
}
