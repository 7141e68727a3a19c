package io.ringkernel.metal.msl.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.TestDevice;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Private memory of kernels is given back when nobody needs it. */
@ExtendWith(TestDevice.class)
final class WorkerMemoryTest {
    private static final String LARGE = """
            kernel void large(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
                int cells[1 << 20];
                for (int k = 0; k < 1 << 20; k += 4096) {
                    cells[k] = int(i) + k;
                }
                out[i] = cells[out[i] & 0xff000];
            }
            """;

    @Test
    void whatAKernelNeededIsGivenBackWithItsQueue(MetalDevice device) {
        try (var library = device.newLibrary(LARGE);
                var function = library.function("large");
                var pipeline = device.newPipeline(function);
                var buffer = device.newBuffer(64)) {
            try (var queue = device.newCommandQueue()) {
                queue.run(pipeline, MetalSize.of(16), buffer).join();
                assertThat(buffer.readInts(0, 2)).containsExactly(0, 1);
                assertThat(WorkerMemory.keptBytes()).isGreaterThanOrEqualTo(4 << 20);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (WorkerMemory.keptBytes() >= 4 << 20 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(WorkerMemory.keptBytes()).isLessThan(4 << 20);
        }
    }
}
