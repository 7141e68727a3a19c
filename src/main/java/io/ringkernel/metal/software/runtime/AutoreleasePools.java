package io.ringkernel.metal.software.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The autorelease pools of one provider's clients, a stack for each thread.
 *
 * <p>Objective-C's pools belong to the operating system's thread. A virtual thread that parked between push and pop may
 * be on another carrier by then, which ends a process on macOS; so the carrier is noted, and a pop elsewhere is
 * reported.
 */
public final class AutoreleasePools {
    private static final class Pool {
        private final long token;
        private final String carrier;
        private final List<NSObject> objects = new ArrayList<>();

        private Pool(long token, String carrier) {
            this.token = token;
            this.carrier = carrier;
        }
    }

    private final int provider;
    private final Violations violations;
    private final AtomicInteger pushed = new AtomicInteger();
    private final ThreadLocal<ArrayList<Pool>> stacks = ThreadLocal.withInitial(ArrayList::new);

    AutoreleasePools(int provider, Violations violations) {
        this.provider = provider;
        this.violations = violations;
    }

    /** Begins a pool on this thread and returns its token. */
    public long push() {
        int serial = pushed.getAndIncrement();
        long token = Addresses.of(
                Addresses.POOL, provider, serial >>> 24 & Addresses.MAX_GENERATION, serial & Addresses.MAX_INDEX);
        stacks.get().add(new Pool(token, carrier()));
        return token;
    }

    /** Ends a pool of this thread, and with it those pushed later. */
    public void pop(long token) {
        var stack = stacks.get();
        int position = stack.size() - 1;
        while (position >= 0 && stack.get(position).token != token) {
            position--;
        }
        if (position < 0) {
            violations.record(
                    ViolationKind.POOL_ORDER,
                    "popped a pool that this thread did not push, or popped before: 0x" + Long.toHexString(token));
            return;
        }
        if (position < stack.size() - 1) {
            violations.record(
                    ViolationKind.POOL_ORDER,
                    "popped a pool while " + (stack.size() - 1 - position) + " later ones were open");
        }
        while (stack.size() > position) {
            drain(stack.removeLast());
        }
    }

    private void drain(Pool pool) {
        if (!pool.carrier.equals(carrier())) {
            violations.record(
                    ViolationKind.POOL_ORDER,
                    "a virtual thread pushed a pool on " + pool.carrier + " and popped it on " + carrier());
        }
        for (var object : pool.objects) {
            try {
                object.releaseForClient();
            } catch (MisuseException e) {
                violations.record(e.kind(), "in an autorelease pool: " + e.getMessage(), e);
            }
        }
    }

    /** Reports a message that is sent with no pool in place: in any message a driver may autorelease. */
    void require(Object message) {
        if (stacks.get().isEmpty()) {
            violations.record(
                    ViolationKind.NO_POOL, message + " sent with no pool in place: what it autoreleases would leak");
        }
    }

    /** Hands a client's reference on an object to this thread's innermost pool. */
    public void add(NSObject object) {
        var stack = stacks.get();
        if (stack.isEmpty()) {
            violations.record(ViolationKind.NO_POOL, "autoreleased with no pool in place, and leaks: " + object);
        } else {
            stack.getLast().objects.add(object);
        }
    }

    /** A virtual thread's text ends with its carrier's name; a platform thread is its own carrier. */
    private static String carrier() {
        var thread = Thread.currentThread();
        if (!thread.isVirtual()) {
            return "";
        }
        var text = thread.toString();
        return text.substring(text.lastIndexOf('@') + 1);
    }
}
