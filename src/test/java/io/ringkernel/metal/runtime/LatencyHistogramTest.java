package io.ringkernel.metal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyHistogramTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void percentilesAreThoseOfTheSortedDurationsWithinABucket(long seed) {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var sorted = new long[5_000];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = random.nextLong(1L << random.nextInt(1, 50));
            histogram.record(sorted[i]);
        }
        Arrays.sort(sorted);
        assertThat(histogram.count()).isEqualTo(sorted.length);
        assertThat(histogram.max().toNanos()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(histogram.mean().toNanos()).isEqualTo(Arrays.stream(sorted).sum() / sorted.length);
        for (double percent : new double[] {0, 1, 25, 50, 90, 99, 99.9, 100}) {
            int rank = Math.max(1, (int) Math.ceil(sorted.length * percent / 100));
            long exact = sorted[rank - 1];
            assertThat(histogram.percentile(percent).toNanos()).isBetween(exact, exact + exact / 32);
        }
    }

    @Test
    void theLargestDurationHasABucket() {
        var histogram = new LatencyHistogram();
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.percentile(50)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void anEmptyHistogramSaysZero() {
        var histogram = new LatencyHistogram();
        assertThat(histogram.percentile(99)).isZero();
        assertThat(histogram.mean()).isZero();
        assertThat(histogram.max()).isZero();
    }

    @Test
    void aPercentileBeyond100IsRefused() {
        assertThatThrownBy(() -> new LatencyHistogram().percentile(100.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("percent not in 0..100: 100.5");
    }

    @Test
    void aCopyDoesNotChangeAnyMore() {
        var histogram = new LatencyHistogram();
        histogram.record(10);
        var copy = histogram.copy();
        histogram.record(20);
        assertThat(copy.count()).isEqualTo(1);
        assertThat(copy.max().toNanos()).isEqualTo(10);
    }
}
