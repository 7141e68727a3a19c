package io.ringkernel.metal.objc;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One reference count on one Objective-C object, given back exactly once.
 *
 * <p><b>Lifetime.</b> {@link #close()} may be called by any thread, at any time, any number of times. A message that is
 * being sent meanwhile is safe if its sender holds the object with {@link #acquire()} until the call returned: the
 * reference count is given back by whoever is last.
 *
 * <pre>{@code
 * MemorySegment id = buffer.acquire();
 * try {
 *     length = MTLBuffer_length.invoke(send.function(), id, send.selector());
 * } finally {
 *     buffer.release();
 * }
 * }</pre>
 */
public final class Retained implements AutoCloseable {
    /** The sign bit of {@link #state} says that close was called; the other bits count the uses in progress. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Retained.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ObjectiveC objc;
    private final MemorySegment id;
    private final Object origin;
    private volatile int state;

    private Retained(ObjectiveC objc, MemorySegment id, Object origin) {
        if (ObjectiveC.isNil(id)) {
            throw new IllegalArgumentException("nil cannot be retained: " + origin);
        }
        this.objc = objc;
        this.id = id;
        this.origin = origin;
    }

    /**
     * Keeps what a message returned: takes over the reference count if the message's family gives one, else retains.
     *
     * @throws IllegalArgumentException if the object is nil
     */
    public static Retained of(ObjectiveC objc, Message message, MemorySegment id) {
        return of(objc, message.ownership(), id, message);
    }

    /**
     * Keeps what a C function returned: takes over the reference count if the function's name says so, else retains.
     *
     * @throws IllegalArgumentException if the object is nil
     */
    public static Retained of(ObjectiveC objc, CFunction function, MemorySegment id) {
        return of(objc, function.ownership(), id, function);
    }

    /**
     * Takes over a reference count that the caller has.
     *
     * @throws IllegalArgumentException if the object is nil
     */
    public static Retained owned(ObjectiveC objc, MemorySegment id) {
        return of(objc, Ownership.OWNED, id, "an owned object");
    }

    /**
     * Keeps an object that is only lent, such as an element of an array.
     *
     * @throws IllegalArgumentException if the object is nil
     */
    public static Retained borrowed(ObjectiveC objc, MemorySegment id) {
        return of(objc, Ownership.BORROWED, id, "a borrowed object");
    }

    private static Retained of(ObjectiveC objc, Ownership ownership, MemorySegment id, Object origin) {
        var retained = new Retained(objc, id, origin);
        if (ownership == Ownership.BORROWED) {
            objc.retain(id);
        }
        return retained;
    }

    /** The provider that the object belongs to. */
    public ObjectiveC objectiveC() {
        return objc;
    }

    /**
     * The object, for a caller that knows it cannot be closed meanwhile.
     *
     * @throws IllegalStateException after close
     */
    public MemorySegment id() {
        if (state < 0) {
            throw closed();
        }
        return id;
    }

    /**
     * The object, for a caller between its own {@link #acquire()} and {@link #release()}, whoever closed it meanwhile.
     */
    public MemorySegment heldId() {
        return id;
    }

    /**
     * The object, which stays alive until the matching {@link #release()}, whoever closes it.
     *
     * @throws IllegalStateException after close
     */
    public MemorySegment acquire() {
        int seen = state;
        while (seen >= 0) {
            int witness = (int) STATE.compareAndExchange(this, seen, seen + 1);
            if (witness == seen) {
                return id;
            }
            seen = witness;
        }
        throw closed();
    }

    /** Ends the use that one {@link #acquire()} began. */
    public void release() {
        int left = (int) STATE.getAndAdd(this, -1) - 1;
        if (left == CLOSED) {
            objc.release(id);
        }
    }

    /** Whether {@link #close()} was called. */
    public boolean isClosed() {
        return state < 0;
    }

    /** Gives the reference count back, now or when the last use in progress ends. Idempotent. */
    @Override
    public void close() {
        int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
        if (before == 0) {
            objc.release(id);
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException("used after close: " + this);
    }

    @Override
    public String toString() {
        return "object 0x" + Long.toHexString(id.address()) + " from " + origin;
    }
}
