package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalComputeEncoderTest {
    private static final String ADD = """
            kernel void add(device float* cells [[buffer(0)]], constant float& amount [[buffer(1)]],
                            uint i [[thread_position_in_grid]]) {
                cells[i] += amount;
            }
            """;

    /** Each thread leaves its place in its threadgroup, and how large that one is, where it stands in the grid. */
    private static final String PLACES = """
            kernel void places(device ushort4* cells [[buffer(0)]], constant uint3& extent [[buffer(1)]],
                               uint3 at [[thread_position_in_grid]], uint3 size [[threads_per_threadgroup]],
                               uint index [[thread_index_in_threadgroup]]) {
                uint cell = (at.z * extent.y + at.y) * extent.x + at.x;
                cells[cell] = ushort4(size.x, size.y, size.z, index + 1);
            }
            """;

    private static final String REVERSE = """
            kernel void reverse(device int* cells [[buffer(0)]], threadgroup int* row [[threadgroup(0)]],
                                uint i [[thread_position_in_threadgroup]], uint n [[threads_per_threadgroup]],
                                uint group [[threadgroup_position_in_grid]]) {
                row[i] = cells[group * n + i];
                threadgroup_barrier(mem_flags::mem_threadgroup);
                cells[group * n + i] = row[n - 1 - i];
            }
            """;

    @Test
    void aFunctionRunsOverAGridWithTheseBuffers(MetalDevice device) {
        var source = """
                kernel void axpy(device const float* x [[buffer(0)]], device float* y [[buffer(1)]],
                                 constant float& a [[buffer(2)]], uint i [[thread_position_in_grid]]) {
                    y[i] = fma(a, x[i], y[i]);
                }
                """;
        int count = 1000;
        var x = new float[count];
        var y = new float[count];
        var expected = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = i * 0.25f;
            y[i] = 1000 - i;
            expected[i] = Math.fma(3f, x[i], y[i]);
        }
        try (var kernel = TestKernel.of(device, source);
                var left = device.newBufferOf(x);
                var right = device.newBufferOf(y);
                var factor = device.newBufferOf(new float[] {3})) {
            kernel.run(count, left, right, factor);
            assertThat(right.readFloats(0, count)).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"10 1 1, 4 1 1", "7 5 1, 4 2 1", "5 3 4, 2 2 3", "1 1 1, 32 1 1", "33 9 2, 8 8 1"})
    void threadgroupsAtTheEdgesAreSmaller(String gridText, String tileText, MetalDevice device) {
        var grid = size(gridText);
        var tile = size(tileText);
        try (var kernel = TestKernel.of(device, PLACES);
                var cells = device.newBuffer(8 * grid.count())) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                encoder.setInts(1, (int) grid.width(), (int) grid.height(), (int) grid.depth(), 0);
                encoder.dispatchThreads(grid, tile);
            });
            assertThat(places(cells)).containsExactly(expectedPlaces(grid, tile));
        }
    }

    private static MetalSize size(String text) {
        var numbers = Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
        return MetalSize.of(numbers[0], numbers[1], numbers[2]);
    }

    private static short[] places(MetalBuffer cells) {
        return cells.contents().toArray(ValueLayout.JAVA_SHORT);
    }

    /** What PLACES leaves in a grid whose threadgroups are cut off at the edges. */
    private static short[] expectedPlaces(MetalSize grid, MetalSize tile) {
        var expected = new short[Math.toIntExact(4 * grid.count())];
        for (int cell = 0; cell < grid.count(); cell++) {
            long x = cell % grid.width();
            long y = cell / grid.width() % grid.height();
            long z = cell / grid.width() / grid.height();
            long sizeX = Math.min(tile.width(), grid.width() - x / tile.width() * tile.width());
            long sizeY = Math.min(tile.height(), grid.height() - y / tile.height() * tile.height());
            long sizeZ = Math.min(tile.depth(), grid.depth() - z / tile.depth() * tile.depth());
            long index = (z % tile.depth() * sizeY + y % tile.height()) * sizeX + x % tile.width();
            expected[4 * cell] = (short) sizeX;
            expected[4 * cell + 1] = (short) sizeY;
            expected[4 * cell + 2] = (short) sizeZ;
            expected[4 * cell + 3] = (short) (index + 1);
        }
        return expected;
    }

    @Test
    void threadgroupsAreDispatchedWhole(MetalDevice device) {
        try (var kernel = TestKernel.of(device, PLACES);
                var cells = device.newBuffer(8 * 6 * 4)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                encoder.setInts(1, 6, 4, 1, 0);
                encoder.dispatchThreadgroups(MetalSize.of(2, 2), MetalSize.of(3, 2));
            });
            assertThat(places(cells)).containsExactly(expectedPlaces(MetalSize.of(6, 4), MetalSize.of(3, 2)));
        }
    }

    @Test
    void anIndirectDispatchTakesItsSizeFromWhatTheGpuWrote(MetalDevice device) {
        var source = """
                kernel void count(device uint* arguments [[buffer(0)]], device int* cells [[buffer(1)]],
                                  constant bool& decides [[buffer(2)]], uint i [[thread_position_in_grid]]) {
                    if (decides) { arguments[1] = 3; arguments[2] = 1; arguments[3] = 1; }
                    else { cells[i] = 1; }
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var arguments = device.newBuffer(16);
                var cells = device.newBuffer(4 * 16)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, arguments);
                encoder.setBuffer(1, cells);
                encoder.setBytes(2, MemorySegment.ofArray(new byte[] {1}));
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
                encoder.setBytes(2, MemorySegment.ofArray(new byte[] {0}));
                encoder.dispatchThreadgroups(arguments, 4, MetalSize.of(4));
            });
            var expected = new int[16];
            Arrays.fill(expected, 0, 3 * 4, 1);
            assertThat(cells.readInts(0, 16)).containsExactly(expected);
        }
    }

    @Test
    void bytesAreTakenWhenTheyAreSet(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBufferOf(4f, 5f);
                var arena = Arena.ofConfined()) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                var amount = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 10f);
                encoder.setBytes(1, amount);
                amount.set(ValueLayout.JAVA_FLOAT, 0, 99f);
                encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
                var array = new float[] {100};
                encoder.setFloats(1, array);
                array[0] = 99;
                encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
            });
            assertThat(cells.readFloats(0, 2)).containsExactly(114, 115);
        }
    }

    @Test
    void slicesAndOffsetsMoveTheBeginning(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBufferOf(0f, 0, 0, 0, 0, 0)) {
            kernel.encode(encoder -> {
                encoder.setFloats(1, 1);
                encoder.setBuffer(0, cells, 4);
                encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
                encoder.setFloats(1, 5);
                encoder.setBuffer(0, cells.slice(12, 8));
                encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
            });
            assertThat(cells.readFloats(0, 6)).containsExactly(0, 1, 1, 5, 5, 0);
        }
    }

    @Test
    void buffersAreBoundSideBySide(MetalDevice device) {
        var source = """
                kernel void sum(device const int* a [[buffer(2)]], device const int* b [[buffer(3)]],
                                device int* c [[buffer(4)]]) {
                    c[0] = a[0] * 10 + b[0];
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var a = device.newBufferOf(new int[] {4});
                var b = device.newBufferOf(new int[] {2});
                var c = device.newBuffer(Integer.BYTES)) {
            kernel.encode(encoder -> {
                encoder.setBuffers(2, a, b, c);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
            });
            assertThat(c.readInts(0, 1)).containsExactly(42);
        }
    }

    @Test
    void aKernelWritesIntoMemoryOfTheCaller(MetalDevice device) {
        try (var arena = Arena.ofShared();
                var kernel = TestKernel.of(device, ADD)) {
            var memory = arena.allocate(device.pageSize(), device.pageSize());
            memory.set(ValueLayout.JAVA_FLOAT, 4, 0.5f);
            try (var cells = device.newBufferNoCopy(memory)) {
                kernel.encode(encoder -> {
                    encoder.setBuffer(0, cells);
                    encoder.setFloats(1, 2);
                    encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
                });
            }
            assertThat(memory.get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(2);
            assertThat(memory.get(ValueLayout.JAVA_FLOAT, 4)).isEqualTo(2.5f);
        }
    }

    @Test
    void threadgroupMemoryHasTheLengthThatWasSet(MetalDevice device) {
        var values = new int[64];
        var expected = new int[64];
        for (int i = 0; i < 64; i++) {
            values[i] = 3 * i;
            expected[i] = 3 * (i / 16 * 16 + 15 - i % 16);
        }
        try (var kernel = TestKernel.of(device, REVERSE);
                var cells = device.newBufferOf(values)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                encoder.setThreadgroupMemory(0, 16 * Integer.BYTES);
                encoder.dispatchThreadgroups(MetalSize.of(4), MetalSize.of(16));
            });
            assertThat(cells.readInts(0, 64)).containsExactly(expected);
        }
    }

    @Test
    void aSerialEncoderKeepsTheOrderOfDispatches(MetalDevice device) {
        var source = """
                kernel void append(device int* cells [[buffer(0)]], constant int& digit [[buffer(1)]]) {
                    cells[0] = cells[0] * 10 + digit;
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var cells = device.newBuffer(4)) {
            kernel.encode(encoder -> {
                assertThat(encoder.dispatchType()).isEqualTo(MetalDispatchType.SERIAL);
                encoder.setBuffer(0, cells);
                for (int digit = 1; digit <= 9; digit++) {
                    encoder.setInts(1, digit);
                    encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
                }
            });
            assertThat(cells.readInts(0, 1)).containsExactly(123_456_789);
        }
    }

    @Test
    void aBarrierOrdersTheDispatchesOfAConcurrentEncoder(MetalDevice device) {
        var source = """
                kernel void shift(device const int* from [[buffer(0)]], device int* to [[buffer(1)]],
                                  uint i [[thread_position_in_grid]]) {
                    to[i] = from[i] + 1;
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var a = device.newBufferOf(10, 20);
                var b = device.newBuffer(8);
                var c = device.newBuffer(8);
                var d = device.newBuffer(8)) {
            kernel.encode(MetalDispatchType.CONCURRENT, encoder -> {
                assertThat(encoder.dispatchType()).isEqualTo(MetalDispatchType.CONCURRENT);
                shift(encoder, a, b);
                encoder.memoryBarrier();
                shift(encoder, b, c);
                shift(encoder, a, d);
            });
            assertThat(c.readInts(0, 2)).containsExactly(12, 22);
            assertThat(d.readInts(0, 2)).containsExactly(11, 21);
        }
    }

    private static void shift(MetalComputeEncoder encoder, MetalBuffer from, MetalBuffer to) {
        encoder.setBuffer(0, from);
        encoder.setBuffer(1, to);
        encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
    }

    @Test
    void aKernelFollowsAnAddressThatItFindsInABuffer(MetalDevice device) {
        var source = """
                struct Link { device int* cells; };
                kernel void follow(device const Link* links [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                    links[i].cells[0] += 100 * (int(i) + 1);
                }
                """;
        try (var kernel = TestKernel.of(device, source);
                var heap = device.newHeap(1 << 16, MetalStorageMode.SHARED);
                var first = device.newBufferOf(1, 2);
                var second = heap.newBuffer(8);
                var links = device.newBuffer(16)) {
            second.write(0, 3, 4);
            links.contents().set(ValueLayout.JAVA_LONG, 0, first.gpuAddress());
            links.contents().set(ValueLayout.JAVA_LONG, 8, second.gpuAddress() + 4);
            kernel.encode(encoder -> {
                encoder.setBuffer(0, links);
                encoder.useResource(first, MetalBinding.Access.READ_WRITE);
                encoder.useResource(second, MetalBinding.Access.READ_WRITE);
                encoder.useHeap(heap);
                encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
            });
            assertThat(first.readInts(0, 2)).containsExactly(101, 2);
            assertThat(second.readInts(0, 2)).containsExactly(3, 204);
        }
    }

    @Test
    void fencesAndDebugGroupsAreEncoded(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var fence = device.newFence();
                var cells = device.newBufferOf(1f)) {
            kernel.encode(encoder -> {
                encoder.setLabel("first");
                encoder.pushDebugGroup("additions");
                encoder.insertDebugSignpost("one");
                encoder.setBuffer(0, cells);
                encoder.setFloats(1, 2);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
                encoder.popDebugGroup();
                encoder.updateFence(fence);
            });
            kernel.encode(encoder -> {
                encoder.waitForFence(fence);
                encoder.setBuffer(0, cells);
                encoder.setFloats(1, 3);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
            });
            assertThat(cells.readFloats(0, 1)).containsExactly(6);
        }
    }

    @Test
    void anOffsetIsMovedWithoutBindingTheBufferAgain(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBuffer(16)) {
            kernel.encode(encoder -> {
                assertThatIllegalStateException()
                        .isThrownBy(() -> encoder.setBufferOffset(0, 4))
                        .withMessage("no buffer is bound at index 0");
                encoder.setFloats(1, 1);
                assertThatIllegalStateException().isThrownBy(() -> encoder.setBufferOffset(1, 0));
                encoder.setBuffer(0, cells, 8);
                encoder.dispatchThreads(one, one);
                encoder.setBufferOffset(0, 4);
                encoder.dispatchThreads(one, one);
                encoder.setBuffer(0, cells, 4);
                encoder.dispatchThreads(one, one);
                encoder.setBuffer(0, cells);
                encoder.setBufferOffset(0, 12);
                encoder.dispatchThreads(one, one);
                assertThatThrownBy(() -> encoder.setBufferOffset(0, 16)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setBufferOffset(31, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            });
            assertThat(cells.readFloats(0, 4)).containsExactly(0, 2, 1, 1);
        }
    }
}
