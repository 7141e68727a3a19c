package io.ringkernel.metal.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.runtime.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anAlarmRingsAfterItsTimeAndACancelledOneNever(long seed) {
        var random = new Random(seed);
        try (var alarms = new Alarms()) {
            var rings = new ArrayList<CompletableFuture<Long>>();
            var cancelled = new ArrayList<CompletableFuture<Long>>();
            var delays = new ArrayList<Long>();
            for (int i = 0; i < 60; i++) {
                long delay = TimeUnit.MICROSECONDS.toNanos(random.nextInt(150_000));
                long start = System.nanoTime();
                var ring = new CompletableFuture<Long>();
                var alarm = alarms.set(Duration.ofNanos(delay), () -> ring.complete(System.nanoTime() - start));
                if (i % 3 == 0) {
                    cancelled.add(alarm.cancel(false) ? ring : new CompletableFuture<>());
                } else {
                    rings.add(ring);
                    delays.add(delay);
                }
            }
            for (int i = 0; i < rings.size(); i++) {
                assertThat(Rings.await(rings.get(i))).isGreaterThanOrEqualTo(delays.get(i));
            }
            assertThat(cancelled).noneMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void whatIsSetAfterTheEndNeitherRingsNorFails() {
        var alarms = new Alarms();
        alarms.close();
        var rings = new ArrayList<String>();
        var alarm = alarms.set(Duration.ZERO, () -> rings.add("rang"));
        assertThat(alarm.isDone()).isTrue();
        assertThat(rings).isEqualTo(List.of());
    }
}
