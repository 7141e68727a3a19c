package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.objc_autoreleasePoolPop;
import io.ringkernel.metal.bindings.objc_autoreleasePoolPush;
import java.lang.foreign.MemorySegment;

/**
 * A stretch of messages whose autoreleased objects die at its end.
 *
 * <p>JVM threads have no pool of their own: an object autoreleased outside of one leaks. Pools nest.
 *
 * <p><b>Threads.</b> A pool belongs to the <em>operating system's</em> thread that pushed it. A virtual thread may
 * change its carrier whenever it parks, so between push and close nothing may park: no lock that others may hold, no
 * I/O, no logging, no future, no sleep. Breaking this rule on a virtual thread ends the process.
 */
public final class AutoreleasePool implements AutoCloseable {
    private static final CFunction PUSH = CFunction.of(objc_autoreleasePoolPush.class);
    private static final CFunction POP = CFunction.of(objc_autoreleasePoolPop.class);

    private final ObjectiveC objc;
    private final MemorySegment token;
    private final Thread thread;
    private boolean popped;

    private AutoreleasePool(ObjectiveC objc, MemorySegment token) {
        this.objc = objc;
        this.token = token;
        this.thread = Thread.currentThread();
    }

    /** Begins a pool on the current thread. */
    public static AutoreleasePool push(ObjectiveC objc) {
        return new AutoreleasePool(objc, objc_autoreleasePoolPush.invoke(objc.address(PUSH)));
    }

    /**
     * Ends the pool, and with it every pool that was pushed later on this thread. Idempotent.
     *
     * @throws WrongThreadException if another thread pushed it
     */
    @Override
    public void close() {
        if (thread != Thread.currentThread()) {
            throw new WrongThreadException("a pool is popped by the thread that pushed it: " + thread);
        }
        if (!popped) {
            popped = true;
            objc_autoreleasePoolPop.invoke(objc.address(POP), token);
        }
    }
}
