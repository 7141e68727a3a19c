package io.ringkernel.metal.msl.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Atomic functions (MSL specification, section 6.15.4). MSL orders are relaxed; the JVM operations here are at least
 * that. Floats are compared by their bits in {@link #compareExchange}.
 */
public final class Atomics {

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private Atomics() {}

    public static int load(MemorySegment s, long o) {
        return (int) INT.getOpaque(s, o);
    }

    public static float loadFloat(MemorySegment s, long o) {
        return Float.intBitsToFloat((int) INT.getOpaque(s, o));
    }

    public static void store(MemorySegment s, long o, int value) {
        INT.setOpaque(s, o, value);
    }

    public static void storeFloat(MemorySegment s, long o, float value) {
        INT.setOpaque(s, o, Float.floatToRawIntBits(value));
    }

    public static int exchange(MemorySegment s, long o, int value) {
        return (int) INT.getAndSet(s, o, value);
    }

    public static float exchangeFloat(MemorySegment s, long o, float value) {
        return Float.intBitsToFloat((int) INT.getAndSet(s, o, Float.floatToRawIntBits(value)));
    }

    /** Stores if the expected bits are there; gives the bits that were. */
    public static int compareExchange(MemorySegment s, long o, int expected, int desired) {
        return (int) INT.compareAndExchange(s, o, expected, desired);
    }

    public static int add(MemorySegment s, long o, int value) {
        return (int) INT.getAndAdd(s, o, value);
    }

    public static int subtract(MemorySegment s, long o, int value) {
        return (int) INT.getAndAdd(s, o, -value);
    }

    public static int and(MemorySegment s, long o, int value) {
        return (int) INT.getAndBitwiseAnd(s, o, value);
    }

    public static int or(MemorySegment s, long o, int value) {
        return (int) INT.getAndBitwiseOr(s, o, value);
    }

    public static int xor(MemorySegment s, long o, int value) {
        return (int) INT.getAndBitwiseXor(s, o, value);
    }

    public static int min(MemorySegment s, long o, int value) {
        int old;
        do {
            old = (int) INT.getVolatile(s, o);
        } while (old > value && !INT.compareAndSet(s, o, old, value));
        return old;
    }

    public static int max(MemorySegment s, long o, int value) {
        int old;
        do {
            old = (int) INT.getVolatile(s, o);
        } while (old < value && !INT.compareAndSet(s, o, old, value));
        return old;
    }

    public static int minUnsigned(MemorySegment s, long o, int value) {
        int old;
        do {
            old = (int) INT.getVolatile(s, o);
        } while (Integer.compareUnsigned(old, value) > 0 && !INT.compareAndSet(s, o, old, value));
        return old;
    }

    public static int maxUnsigned(MemorySegment s, long o, int value) {
        int old;
        do {
            old = (int) INT.getVolatile(s, o);
        } while (Integer.compareUnsigned(old, value) < 0 && !INT.compareAndSet(s, o, old, value));
        return old;
    }

    public static float addFloat(MemorySegment s, long o, float value) {
        int old;
        int sum;
        do {
            old = (int) INT.getVolatile(s, o);
            sum = Float.floatToRawIntBits(Float.intBitsToFloat(old) + value);
        } while (!INT.compareAndSet(s, o, old, sum));
        return Float.intBitsToFloat(old);
    }

    public static float subtractFloat(MemorySegment s, long o, float value) {
        return addFloat(s, o, -value);
    }

    public static void minUnsigned(MemorySegment s, long o, long value) {
        long old;
        do {
            old = (long) LONG.getVolatile(s, o);
        } while (Long.compareUnsigned(old, value) > 0 && !LONG.compareAndSet(s, o, old, value));
    }

    public static void maxUnsigned(MemorySegment s, long o, long value) {
        long old;
        do {
            old = (long) LONG.getVolatile(s, o);
        } while (Long.compareUnsigned(old, value) < 0 && !LONG.compareAndSet(s, o, old, value));
    }

    /** {@code atomic_thread_fence}: sequentially consistent whatever the flags, order and scope. */
    public static void fence(int flags, int order, int scope) {
        VarHandle.fullFence();
    }
}
