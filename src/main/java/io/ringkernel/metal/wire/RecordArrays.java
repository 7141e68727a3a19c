package io.ringkernel.metal.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.util.Objects;

/** Reads and writes the arrays in records, for both kinds of memory that {@link RecordCells} knows. */
final class RecordArrays {
    private RecordArrays() {}

    private static void checkLength(String component, int length, int actual) {
        if (actual != length) {
            throw new IllegalArgumentException(component + ".length not " + length + ": " + actual);
        }
    }

    /**
     * Writes an array whose elements have a value layout of their own.
     *
     * @param values a primitive array
     */
    static void putArray(
            String component, ValueLayout layout, int length, Object values, MemorySegment to, long offset) {
        checkLength(component, length, Array.getLength(Objects.requireNonNull(values, component)));
        MemorySegment.copy(values, 0, to, layout, offset, length);
    }

    /**
     * Reads an array whose elements have a value layout of their own.
     *
     * @return a primitive array of {@code type}
     */
    static Object getArray(Class<?> type, ValueLayout layout, int length, MemorySegment from, long offset) {
        var values = Array.newInstance(type, length);
        MemorySegment.copy(from, layout, offset, values, 0, length);
        return values;
    }

    static void putBooleans(String component, int length, boolean[] values, MemorySegment to, long offset) {
        checkLength(component, length, Objects.requireNonNull(values, component).length);
        for (int i = 0; i < length; i++) {
            RecordCells.put(values[i], to, offset + i);
        }
    }

    static boolean[] getBooleans(int length, MemorySegment from, long offset) {
        var values = new boolean[length];
        for (int i = 0; i < length; i++) {
            values[i] = RecordCells.getBoolean(from, offset + i);
        }
        return values;
    }

    static void putHalves(String component, int length, float[] values, MemorySegment to, long offset) {
        checkLength(component, length, Objects.requireNonNull(values, component).length);
        for (int i = 0; i < length; i++) {
            RecordCells.putHalf(values[i], to, offset + 2L * i);
        }
    }

    static float[] getHalves(int length, MemorySegment from, long offset) {
        var values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = RecordCells.getHalf(from, offset + 2L * i);
        }
        return values;
    }

    static void putArray(String component, ValueLayout layout, int length, Object values, byte[] to, long offset) {
        putArray(component, layout, length, values, MemorySegment.ofArray(to), offset);
    }

    static Object getArray(Class<?> type, ValueLayout layout, int length, byte[] from, long offset) {
        return getArray(type, layout, length, MemorySegment.ofArray(from), offset);
    }

    static void putBooleans(String component, int length, boolean[] values, byte[] to, long offset) {
        putBooleans(component, length, values, MemorySegment.ofArray(to), offset);
    }

    static boolean[] getBooleans(int length, byte[] from, long offset) {
        return getBooleans(length, MemorySegment.ofArray(from), offset);
    }

    static void putHalves(String component, int length, float[] values, byte[] to, long offset) {
        putHalves(component, length, values, MemorySegment.ofArray(to), offset);
    }

    static float[] getHalves(int length, byte[] from, long offset) {
        return getHalves(length, MemorySegment.ofArray(from), offset);
    }

    /** What an array of records or enums needs to know about its elements. */
    record Elements(String component, Class<?> type, int length, int stride, MethodHandle put, MethodHandle get) {}

    static void putElements(Elements elements, Object[] values, MemorySegment to, long offset) throws Throwable {
        checkLength(elements.component, elements.length, Objects.requireNonNull(values, elements.component).length);
        for (int i = 0; i < values.length; i++) {
            elements.put.invokeExact(values[i], to, offset + (long) i * elements.stride);
        }
    }

    static Object[] getElements(Elements elements, MemorySegment from, long offset) throws Throwable {
        var values = (Object[]) Array.newInstance(elements.type, elements.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (Object) elements.get.invokeExact(from, offset + (long) i * elements.stride);
        }
        return values;
    }

    static void putElements(Elements elements, Object[] values, byte[] to, long offset) throws Throwable {
        checkLength(elements.component, elements.length, Objects.requireNonNull(values, elements.component).length);
        for (int i = 0; i < values.length; i++) {
            elements.put.invokeExact(values[i], to, offset + (long) i * elements.stride);
        }
    }

    static Object[] getElements(Elements elements, byte[] from, long offset) throws Throwable {
        var values = (Object[]) Array.newInstance(elements.type, elements.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = (Object) elements.get.invokeExact(from, offset + (long) i * elements.stride);
        }
        return values;
    }
}
