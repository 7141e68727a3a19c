package io.ringkernel.metal.hlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HlcClockTest {
    private static final long NOW = 1_700_000_000_000_000L;
    private static final long LAST_MICROSECOND = (1L << 52) - 1;

    private final AtomicLong wall = new AtomicLong(NOW);
    private final HlcClock clock = HlcClock.of(7, Duration.ofSeconds(1), wall::get);

    @Test
    void aTickTakesTheWallClockWhenItMovedOn() {
        wall.set(NOW + 5);
        assertThat(clock.tick()).isEqualTo(new HlcTimestamp(NOW + 5, 0, 7));
    }

    @Test
    void ticksWithinOneMicrosecondCount() {
        assertThat(clock.tick()).isEqualTo(new HlcTimestamp(NOW, 1, 7));
        assertThat(clock.tick()).isEqualTo(new HlcTimestamp(NOW, 2, 7));
    }

    @Test
    void aTickAtAGivenReadingDoesNotReadTheWallClock() {
        wall.set(NOW + 500);
        assertThat(clock.tick(NOW + 5)).isEqualTo(new HlcTimestamp(NOW + 5, 0, 7));
        assertThat(clock.tick(NOW + 5)).isEqualTo(new HlcTimestamp(NOW + 5, 1, 7));
        assertThat(clock.tick(NOW - 5)).isEqualTo(new HlcTimestamp(NOW + 5, 2, 7));
        assertThat(clock.tick()).isEqualTo(new HlcTimestamp(NOW + 500, 0, 7));
        assertThatThrownBy(() -> clock.tick(-1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wall clock not in 0..4503599627370495 µs: -1");
    }

    @Test
    void nowNeitherAdvancesNorReturnsWhatATickWillReturn() {
        var before = clock.now();
        assertThat(clock.now()).isEqualTo(before);
        assertThat(clock.tick()).isGreaterThan(before);
    }

    @Test
    void aWallClockThatGoesBackDoesNotMatter() {
        var before = clock.tick();
        wall.set(NOW - 3_600_000_000L);
        var after = clock.tick();
        assertThat(after).isGreaterThan(before);
        assertThat(after.physicalMicros()).isEqualTo(NOW);
    }

    @Test
    void afterTheWallClockWentBackPeersThatRememberTheOldTimeAreStillHeard() {
        wall.set(NOW + 3_600_000_000L);
        clock.tick();
        wall.set(NOW);
        var remote = new HlcTimestamp(NOW + 3_600_000_500L, 0, 8);
        assertThat(clock.update(remote)).isGreaterThan(remote);
    }

    @Test
    void theCounterBorrowsTheNextMicrosecondWhenItOverflows() {
        var previous = clock.now();
        for (int i = 0; i < 10_000; i++) {
            var next = clock.tick();
            assertThat(next).isGreaterThan(previous);
            previous = next;
        }
        assertThat(previous).isEqualTo(new HlcTimestamp(NOW + 10_000 / 4096, 10_000 % 4096, 7));
    }

    @Test
    void anUpdateFollowsTheRemoteTimestamp() {
        assertThat(clock.update(new HlcTimestamp(NOW + 10, 4, 9))).isEqualTo(new HlcTimestamp(NOW + 10, 5, 7));
        assertThat(clock.now()).isEqualTo(new HlcTimestamp(NOW + 10, 5, 7));
    }

    @Test
    void anUpdateFollowsTheLocalClockWhenThatIsAhead() {
        clock.tick();
        assertThat(clock.update(new HlcTimestamp(NOW - 10, 4, 9))).isEqualTo(new HlcTimestamp(NOW, 2, 7));
    }

    @Test
    void followingDoesNotReadTheWallClock() {
        wall.set(NOW + 500);
        assertThat(clock.follow(new HlcTimestamp(NOW + 10, 4, 9))).isEqualTo(new HlcTimestamp(NOW + 10, 5, 7));
        assertThat(clock.follow(new HlcTimestamp(NOW - 10, 4, 9))).isEqualTo(new HlcTimestamp(NOW + 10, 6, 7));
    }

    @Test
    void followingATimestampFarAheadReadsTheWallClockBeforeItRefuses() {
        wall.set(NOW + 5_000_000);
        var remote = new HlcTimestamp(NOW + 5_500_000, 0, 9);
        assertThat(clock.follow(remote)).isGreaterThan(remote);
        assertThatThrownBy(() -> clock.follow(new HlcTimestamp(NOW + 7_000_000, 0, 9)))
                .isInstanceOf(ClockSkewException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {4094, 4095, 4096, 1L << 32, Long.MAX_VALUE, -1L})
    void anyRemoteCounterIsFollowed(long logical) {
        var remote = new HlcTimestamp(NOW, logical, -1L);
        assertThat(clock.update(remote)).isGreaterThan(remote);
    }

    @Test
    void aRemoteTimestampTooFarAheadIsRefusedAndChangesNothing() {
        var before = clock.now();
        assertThatThrownBy(() -> clock.update(new HlcTimestamp(NOW + 1_000_001, 0, 9)))
                .isInstanceOfSatisfying(ClockSkewException.class, e -> {
                    assertThat(e.remoteMicros()).isEqualTo(NOW + 1_000_001);
                    assertThat(e.localMicros()).isEqualTo(NOW);
                    assertThat(e.maxDrift()).isEqualTo(Duration.ofSeconds(1));
                })
                .hasMessageContaining("1000001 µs");
        assertThat(clock.now()).isEqualTo(before);
        assertThat(clock.update(new HlcTimestamp(NOW + 1_000_000, 0, 9)).physicalMicros())
                .isEqualTo(NOW + 1_000_000);
    }

    @Test
    void driftDoesNotAddUpOverSeveralMessages() {
        clock.update(new HlcTimestamp(NOW + 1_000_000, 0, 9));
        assertThatThrownBy(() -> clock.update(new HlcTimestamp(NOW + 1_000_001, 0, 9)))
                .isInstanceOf(ClockSkewException.class);
    }

    @Test
    void aRemoteTimestampBeyondTheYear2112IsRefused() {
        assertThatThrownBy(() -> clock.update(new HlcTimestamp(-1L, 0, 9))).isInstanceOf(ClockSkewException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, LAST_MICROSECOND + 1, Long.MIN_VALUE})
    void aWallClockOutOfRangeIsRefused(long reading) {
        wall.set(reading);
        assertThatThrownBy(clock::tick)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wall clock not in 0..4503599627370495 µs: " + reading);
    }

    @Test
    void atItsLastTimestampTheClockRefusesAndStaysThere() {
        wall.set(LAST_MICROSECOND);
        var last = new HlcTimestamp(LAST_MICROSECOND, 4095, 7);
        var seen = clock.tick();
        while (!seen.equals(last)) {
            assertThat(clock.tick()).isGreaterThan(seen);
            seen = clock.now();
        }
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(clock::tick)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the clock is at its last timestamp");
            assertThatThrownBy(() -> clock.tick(LAST_MICROSECOND)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> clock.update(new HlcTimestamp(LAST_MICROSECOND - 1, 0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> clock.follow(new HlcTimestamp(NOW, 0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(clock.now()).isEqualTo(last);
        }
    }

    @Test
    void aRemoteTimestampIsPrintedUnsigned() {
        assertThatThrownBy(() -> clock.update(new HlcTimestamp(-1, 0, 1)))
                .isInstanceOf(ClockSkewException.class)
                .hasMessage("remote clock ahead by more than PT1S: " + Long.toUnsignedString(-1 - NOW)
                        + " µs (remote 18446744073709551615, local " + NOW + ")");
        assertThat(new HlcTimestamp(-1, -2, -3))
                .hasToString("18446744073709551615 µs + 18446744073709551614 at 0xfffffffffffffffd");
    }

    @Test
    void theUpperHalfOfTheRangeWorksToo() {
        wall.set(LAST_MICROSECOND - 1);
        var tick = clock.tick();
        assertThat(tick).isEqualTo(new HlcTimestamp(LAST_MICROSECOND - 1, 0, 7));
        assertThat(clock.tick()).isGreaterThan(tick);
    }

    @Test
    void theDefaultClockFollowsTheSystem() {
        var system = HlcClock.of(1);
        long before = HlcClock.systemMicros();
        long ticked = system.tick().physicalMicros();
        assertThat(ticked).isBetween(before, HlcClock.systemMicros() + 1);
        assertThat(system.nodeId()).isEqualTo(1);
        assertThat(system.maxDrift()).isEqualTo(HlcClock.DEFAULT_MAX_DRIFT);
    }

    @Test
    void aNegativeDriftIsRefused() {
        assertThatThrownBy(() -> HlcClock.of(1, Duration.ofNanos(-1), wall::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxDrift");
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void manyThreadsGetStrictlyGrowingAndDistinctTimestamps(long seed) throws Exception {
        var seen = inParallel(4, thread -> {
            var random = new Random(seed * 31 + thread);
            var own = new ArrayList<HlcTimestamp>();
            for (int i = 0; i < 20_000; i++) {
                wall.addAndGet(random.nextInt(-2, 4));
                var remote = new HlcTimestamp(wall.get() + random.nextInt(100), random.nextInt(5_000), 99);
                boolean received = random.nextInt(4) == 0;
                var next = received ? clock.update(remote) : clock.tick();
                if (received) {
                    assertThat(next).isGreaterThan(remote);
                }
                own.add(next);
            }
            return own;
        });
        var distinct = new HashSet<HlcTimestamp>();
        for (var own : seen) {
            assertThat(own).isSorted().doesNotHaveDuplicates();
            distinct.addAll(own);
        }
        assertThat(distinct).hasSize(4 * 20_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {201, 202, 203})
    void timestampsFollowCausalityBetweenNodes(long seed) {
        var random = new Random(seed);
        var walls = new long[] {NOW, NOW + 300_000, NOW - 300_000};
        var clocks = new ArrayList<HlcClock>();
        for (int node = 0; node < walls.length; node++) {
            int own = node;
            clocks.add(HlcClock.of(node, Duration.ofSeconds(1), () -> walls[own]));
        }
        var last = new HlcTimestamp[] {HlcTimestamp.ZERO, HlcTimestamp.ZERO, HlcTimestamp.ZERO};
        for (int i = 0; i < 20_000; i++) {
            int from = random.nextInt(3);
            int to = random.nextInt(3);
            walls[from] += random.nextInt(-1, 3);
            var sent = clocks.get(from).tick();
            var received = clocks.get(to).update(sent);
            assertThat(sent).isGreaterThan(last[from]);
            assertThat(received).isGreaterThan(sent).isGreaterThan(last[to]);
            last[from] = sent;
            last[to] = received;
        }
    }

    private interface Work<T> {
        T run(int thread);
    }

    private static <T> List<T> inParallel(int threads, Work<T> work) throws Exception {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var tasks = new ArrayList<Callable<T>>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                tasks.add(() -> work.run(number));
            }
            var results = new ArrayList<T>();
            for (var future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
