package io.ringkernel.metal.k2k;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class WallClockTest {
    private final AtomicLong readings = new AtomicLong();
    private final DeliveryTimer timer = new DeliveryTimer();

    /** Stands still; counts how often it was read. */
    private long read() {
        readings.incrementAndGet();
        return 1_000_000;
    }

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void fewWhoAskGetAReadingEach() {
        var clock = new WallClock(this::read, timer, true);
        for (int i = 1; i <= 100; i++) {
            assertThat(clock.recentMicros()).isEqualTo(1_000_000);
            assertThat(readings).hasValue(i);
        }
    }

    @Test
    void manyWhoAskShareReadings() {
        var clock = new WallClock(this::read, timer, true);
        for (int i = 0; i < 1_000_000; i++) {
            clock.recentMicros();
        }
        assertThat(readings).hasValueLessThan(500_000);
    }

    @Test
    void theTimeThatManyShareMovesOn() {
        var time = new AtomicLong(1_000_000);
        var clock = new WallClock(time::get, timer, true);
        for (int i = 0; i < 1_000; i++) {
            clock.recentMicros();
        }
        time.set(2_000_000);
        assertThat(clock.exactMicros()).isEqualTo(2_000_000);
        while (clock.recentMicros() != 2_000_000) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aClockThatMustNotShareIsReadForEach() {
        var clock = new WallClock(this::read, timer, false);
        for (int i = 0; i < 10_000; i++) {
            clock.recentMicros();
        }
        assertThat(readings).hasValue(10_000);
    }
}
