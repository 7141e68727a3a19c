package io.ringkernel.metal.examples;

import java.time.Duration;
import java.util.function.Supplier;

/** A result and how long it took. */
record Stopwatch<T>(T result, Duration time) {

    static <T> Stopwatch<T> measure(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        return new Stopwatch<>(result, Duration.ofNanos(System.nanoTime() - start));
    }

    /** For people: {@code 12.3 ms}. */
    String shown() {
        return "%.1f ms".formatted(time.toNanos() / 1e6);
    }
}
