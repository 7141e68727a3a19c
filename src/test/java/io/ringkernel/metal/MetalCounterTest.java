package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counters at encoder and dispatch boundaries, and times. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalCounterTest {
    private static final MetalSize ONE = MetalSize.of(1);

    private static final String COUNT = """
            kernel void count(device int* cells [[buffer(0)]], constant int& rounds [[buffer(1)]]) {
                for (int i = 0; i < rounds; i++) {
                    cells[0] = cells[0] * 3 + i;
                }
            }
            """;

    private static MetalCounterSet timestamps(MetalDevice device, MetalCounterSamplingPoint point) {
        var set = device.counterSets().stream()
                .filter(each -> each.name().equals(MetalCounterSet.TIMESTAMP))
                .findFirst();
        Assumptions.assumeTrue(
                set.isPresent() && device.supportsCounterSampling(point), "needs timestamps at " + point);
        return set.get();
    }

    @Test
    void anEncoderIsTimedFromItsBeginningToItsEnd(MetalDevice device) {
        var set = timestamps(device, MetalCounterSamplingPoint.ENCODER_BOUNDARY);
        try (var kernel = TestKernel.of(device, COUNT);
                var cells = device.newBuffer(4);
                var samples = device.newCounterSampleBuffer(set, 4)) {
            assertThat(samples.sampleCount()).isEqualTo(4);
            var pass = MetalComputePass.of(MetalDispatchType.SERIAL);
            try (var commands = kernel.queue().commandBuffer()) {
                for (int i = 0; i < 2; i++) {
                    encode(commands.computeEncoder(pass.withSamples(samples, 2 * i, 2 * i + 1)), kernel, cells);
                }
                commands.commit().join();
                assertThat(commands.kernelEndSeconds()).isGreaterThanOrEqualTo(commands.kernelStartSeconds());
                assertThat(commands.kernelStartSeconds()).isPositive();
            }
            var times = samples.resolve(0, 4);
            assertThat(times)
                    .hasSize(4)
                    .doesNotContain(MetalCounterSampleBuffer.ERROR_VALUE)
                    .isSorted();
            assertThat(samples.resolve(1, 2)).containsExactly(times[1], times[2]);
            assertThat(samples.resolve(4, 0)).isEmpty();
        }
    }

    private static void encode(MetalComputeEncoder opened, TestKernel kernel, MetalBuffer cells) {
        try (var encoder = opened) {
            encoder.setPipeline(kernel.pipeline());
            encoder.setBuffer(0, cells);
            encoder.setInts(1, 100);
            encoder.dispatchThreads(ONE, ONE);
        }
    }

    @Test
    void dispatchesAreTimedOneByOne(MetalDevice device) {
        var set = timestamps(device, MetalCounterSamplingPoint.DISPATCH_BOUNDARY);
        try (var kernel = TestKernel.of(device, COUNT);
                var cells = device.newBuffer(4);
                var samples = device.newCounterSampleBuffer(set, 3)) {
            kernel.encode(MetalDispatchType.CONCURRENT, encoder -> {
                encoder.setBuffer(0, cells);
                encoder.setInts(1, 100);
                for (int i = 0; i < 2; i++) {
                    encoder.sampleCounters(samples, i);
                    encoder.dispatchThreads(ONE, ONE);
                }
                encoder.sampleCounters(samples, 2);
                assertThatThrownBy(() -> encoder.sampleCounters(samples, 3))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            });
            assertThat(samples.resolve(0, 3))
                    .doesNotContain(MetalCounterSampleBuffer.ERROR_VALUE)
                    .isSorted();
        }
    }

    @Test
    void whatDoesNotExistIsRefused(MetalDevice device) {
        var set = timestamps(device, MetalCounterSamplingPoint.ENCODER_BOUNDARY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> device.newCounterSampleBuffer(set, 0))
                .withMessage("sampleCount not in 1..4096: 0");
        assertThatIllegalArgumentException().isThrownBy(() -> device.newCounterSampleBuffer(set, 4097));
        assertThatThrownBy(() -> device.newCounterSampleBuffer(new MetalCounterSet("other", List.of("a")), 1))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the device has no counter set 'other'");
        try (var samples = device.newCounterSampleBuffer(set, 2)) {
            var pass = MetalComputePass.of(MetalDispatchType.SERIAL);
            assertThatThrownBy(() -> pass.withSamples(samples, 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> samples.resolve(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aSampleThatWasNotTakenSaysSo(SoftwareMetal metal, MetalDevice device) {
        var set = device.counterSets().getFirst();
        try (var samples = device.newCounterSampleBuffer(set, 1)) {
            assertThat(samples.resolve(0, 1)).containsExactly(MetalCounterSampleBuffer.ERROR_VALUE);
            assertThat(metal.violations()).isEmpty();
        }
    }

    @Test
    void oneLineTimesADispatch(MetalDevice device) {
        try (var kernel = TestKernel.of(device, COUNT);
                var cells = device.newBuffer(4)) {
            long start = System.nanoTime();
            var time = kernel.queue().time(encoder -> {
                encoder.setPipeline(kernel.pipeline());
                encoder.setBuffer(0, cells);
                encoder.setInts(1, 1000);
                encoder.dispatchThreads(ONE, ONE);
            });
            assertThat(time).isPositive().isLessThan(Duration.ofNanos(System.nanoTime() - start));
            assertThat(cells.readInts(0, 1)[0]).isNotZero();
        }
    }

    @Test
    void theClocksOfCpuAndGpuGoOn(MetalDevice device) {
        var first = device.sampleTimestamps();
        var second = device.sampleTimestamps();
        assertThat(second.cpu() - first.cpu()).isNotNegative();
        assertThat(second.gpu() - first.gpu()).isNotNegative();
        assertThat(new MetalTimestamps(100, 10).nanosPerTick(new MetalTimestamps(180, 30)))
                .isEqualTo(4);
        assertThat(new MetalTimestamps(100, 10).nanosPerTick(new MetalTimestamps(180, 10)))
                .isEqualTo(1);
    }
}
