package io.ringkernel.metal.software.gpu;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What else a fault ends. A GPU that recovers from a fault may discard the command buffers of other queues that it runs
 * at the time, half-way: they are victims of it. Here they are spared, unless a test wants otherwise.
 */
public final class Recovery {
    private final Set<Work> running = ConcurrentHashMap.newKeySet();
    private volatile boolean discardsOthers;

    /** A command buffer that runs; closed when it has ended. */
    public final class Work implements AutoCloseable {
        private volatile boolean isDiscarded;

        private Work() {}

        /** Whether a fault of another command buffer has ended this one. */
        public boolean isDiscarded() {
            return isDiscarded;
        }

        /** A kernel of this command buffer faulted. */
        public void faulted() {
            if (discardsOthers) {
                running.stream().filter(other -> other != this).forEach(other -> other.isDiscarded = true);
            }
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    Recovery() {}

    /** From now on a fault discards whatever other command buffers of the device run at the time. */
    public void discardOthersOnFault() {
        discardsOthers = true;
    }

    /** A command buffer begins to run. */
    public Work begin() {
        var work = new Work();
        if (discardsOthers) {
            running.add(work);
        }
        return work;
    }
}
