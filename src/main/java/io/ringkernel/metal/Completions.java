package io.ringkernel.metal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads on which futures complete, so that what a user hangs on a future never runs on, or blocks, a thread of the
 * driver. Idle threads end by themselves.
 */
final class Completions {
    // Platform threads: what completes sends messages inside an autorelease pool, and may be blocked by user code at
    // will.
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("metal-completion-", 0).factory());

    private Completions() {}

    static void run(Runnable completion) {
        THREADS.execute(completion);
    }
}
