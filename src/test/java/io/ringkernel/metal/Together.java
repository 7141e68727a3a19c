package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;

/** Runs one task on several threads that start at the same moment, every second one virtual. */
final class Together {
    private Together() {}

    /** What one thread does; it gets its number. */
    interface Task {
        void run(int thread) throws Exception;
    }

    /** Waits for all threads, and fails with what any of them threw. */
    static void run(int threads, Task task) throws InterruptedException {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var start = new CyclicBarrier(threads);
        var running = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            var builder = i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            running.add(builder.start(() -> {
                try {
                    start.await();
                    task.run(number);
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (var thread : running) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
