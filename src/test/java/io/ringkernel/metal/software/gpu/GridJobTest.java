package io.ringkernel.metal.software.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.run.KernelFault;
import io.ringkernel.metal.msl.run.KernelRun;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids of Java code on the queue's thread and the workers. */
@Timeout(60)
final class GridJobTest {
    /** A kernel in Java: what one unit does. */
    private static final class JavaRun implements KernelRun {
        private final long units;
        private final LongConsumer unit;
        private volatile KernelFault.Kind cancelled;

        private JavaRun(long units, LongConsumer unit) {
            this.units = units;
            this.unit = unit;
        }

        @Override
        public long unitCount() {
            return units;
        }

        @Override
        public long threadCount() {
            return units;
        }

        @Override
        public void run(long fromUnit, long toUnit) {
            for (long each = fromUnit; each < toUnit; each++) {
                if (cancelled != null) {
                    throw fault(cancelled);
                }
                unit.accept(each);
            }
        }

        @Override
        public void cancel(KernelFault.Kind reason) {
            cancelled = reason;
        }
    }

    private static KernelFault fault(KernelFault.Kind kind) {
        return new KernelFault(kind, "java", "wanted", 0, Optional.empty(), OptionalLong.empty(), null);
    }

    private static void work(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000, 100_003})
    void everyUnitRunsOnce(int units) {
        var runs = new AtomicIntegerArray(units);
        GridJob.run(new JavaRun(units, unit -> runs.incrementAndGet((int) unit)));
        assertThat(IntStream.range(0, units).map(runs::get)).containsOnly(1);
    }

    @Test
    void longWorkIsSharedByThreadsAndEveryUnitStillRunsOnce() {
        int units = 400;
        var runs = new AtomicIntegerArray(units);
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        GridJob.run(new JavaRun(units, unit -> {
            runs.incrementAndGet((int) unit);
            threads.add(Thread.currentThread());
            work(200_000);
        }));
        assertThat(IntStream.range(0, units).map(runs::get)).containsOnly(1);
        assertThat(threads).hasSizeLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        if (Runtime.getRuntime().availableProcessors() > 1) {
            assertThat(threads).hasSizeGreaterThan(1);
        }
    }

    @Test
    void shortWorkStaysOnItsThread() {
        var threads = ConcurrentHashMap.<Thread>newKeySet();
        GridJob.run(new JavaRun(8, unit -> threads.add(Thread.currentThread())));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aFaultEndsTheWholeGrid() {
        var run = new JavaRun(10_000, unit -> {
            work(20_000);
            if (unit == 500) {
                throw fault(KernelFault.Kind.OUT_OF_BOUNDS);
            }
        });
        assertThatThrownBy(() -> GridJob.run(run))
                .isInstanceOfSatisfying(
                        KernelFault.class,
                        thrown -> assertThat(thrown.kind()).isEqualTo(KernelFault.Kind.OUT_OF_BOUNDS));
    }

    @Test
    void manyGridsAtOnceAllEnd() throws Exception {
        var done = IntStream.range(0, 6)
                .mapToObj(i -> {
                    var result = new CompletableFuture<Integer>();
                    Thread.ofPlatform().start(() -> {
                        var runs = new AtomicIntegerArray(200);
                        GridJob.run(new JavaRun(200, unit -> {
                            work(50_000);
                            runs.incrementAndGet((int) unit);
                        }));
                        result.complete(IntStream.range(0, 200).map(runs::get).sum());
                    });
                    return result;
                })
                .toList();
        for (var each : done) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void theWatchdogStopsWhatRunsTooLong() {
        var gpu = new Gpu(GpuConfiguration.unified().withKernelTimeout(Duration.ofMillis(30)));
        var run = new JavaRun(Long.MAX_VALUE, unit -> work(1_000));
        assertThatThrownBy(() -> watched(gpu, run))
                .isInstanceOfSatisfying(
                        KernelFault.class, thrown -> assertThat(thrown.kind()).isEqualTo(KernelFault.Kind.TIMEOUT));
    }

    @Test
    void theWatchdogStopsWorkOfARemovedDevice() {
        var gpu = new Gpu(GpuConfiguration.unified());
        var run = new JavaRun(Long.MAX_VALUE, unit -> {
            gpu.faults().removeDevice();
            work(1_000);
        });
        assertThatThrownBy(() -> watched(gpu, run))
                .isInstanceOfSatisfying(
                        KernelFault.class, thrown -> assertThat(thrown.kind()).isEqualTo(KernelFault.Kind.CANCELLED));
    }

    private static void watched(Gpu gpu, KernelRun run) {
        try (var work = gpu.recovery().begin();
                var watch = Watchdog.open(gpu, work)) {
            watch.run(run);
        }
    }
}
