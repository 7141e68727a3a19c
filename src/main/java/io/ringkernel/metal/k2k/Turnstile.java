package io.ringkernel.metal.k2k;

import java.util.concurrent.atomic.AtomicInteger;

/** Has a piece of work done by one thread at a time; who comes while it is done has it done once more, by that one. */
final class Turnstile {
    private final AtomicInteger calls = new AtomicInteger();
    private final Runnable work;

    /** A turnstile for {@code work}, which must not throw. */
    Turnstile(Runnable work) {
        this.work = work;
    }

    /** Does the work, or leaves it to the thread that is at it, this one's outer call included. */
    void pass() {
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
