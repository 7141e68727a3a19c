package io.ringkernel.metal.k2k;

import java.util.concurrent.atomic.AtomicInteger;

/** Work that is done by one thread at a time; who asks for it meanwhile has it done once more, by that one. */
final class SerialTask {
    private final AtomicInteger calls = new AtomicInteger();
    private final Runnable work;

    /** A task for {@code work}, which must not throw. */
    SerialTask(Runnable work) {
        this.work = work;
    }

    /** Does the work, or leaves it to the thread that is at it, this one's outer call included. */
    void run() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            work.run();
            seen = calls.addAndGet(-seen);
        }
    }
}
