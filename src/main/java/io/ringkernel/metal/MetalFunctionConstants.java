package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLFunctionConstantValues_setConstantValue_type_atIndex;
import io.ringkernel.metal.bindings.MTLFunctionConstantValues_setConstantValue_type_withName;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values for function constants ({@code MTLFunctionConstantValues}; MSL specification, section 5.8). Immutable; equal
 * when all values are equal.
 *
 * <pre>{@code
 * var constants = MetalFunctionConstants.none().with(0, true).with("origin", MetalConstantValue.ofHalves(1, 2));
 * }</pre>
 */
public final class MetalFunctionConstants {
    private static final Message SET_AT_INDEX =
            Message.of(MTLFunctionConstantValues_setConstantValue_type_atIndex.class);
    private static final Message SET_WITH_NAME =
            Message.of(MTLFunctionConstantValues_setConstantValue_type_withName.class);
    private static final int MAX_INDEX = 65_535;

    /** Of the widest vector. */
    private static final long ALIGNMENT = 32;

    private static final MetalFunctionConstants NONE = new MetalFunctionConstants(Map.of());

    /** By Integer index or String name. */
    private final Map<Object, MetalConstantValue> values;

    private MetalFunctionConstants(Map<Object, MetalConstantValue> values) {
        this.values = values;
    }

    /** No values. */
    public static MetalFunctionConstants none() {
        return NONE;
    }

    /**
     * These values and a bool.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, boolean value) {
        return with(index, MetalConstantValue.ofBools(value));
    }

    /**
     * These values and an int.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, int value) {
        return with(index, MetalConstantValue.ofInts(value));
    }

    /**
     * These values and a float.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, float value) {
        return with(index, MetalConstantValue.ofFloats(value));
    }

    /**
     * These values and one of any type.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, MetalConstantValue value) {
        return and(checked(index), value);
    }

    /** These values and a bool. */
    public MetalFunctionConstants with(String name, boolean value) {
        return with(name, MetalConstantValue.ofBools(value));
    }

    /** These values and an int. */
    public MetalFunctionConstants with(String name, int value) {
        return with(name, MetalConstantValue.ofInts(value));
    }

    /** These values and a float. */
    public MetalFunctionConstants with(String name, float value) {
        return with(name, MetalConstantValue.ofFloats(value));
    }

    /** These values and one of any type. */
    public MetalFunctionConstants with(String name, MetalConstantValue value) {
        return and(Objects.requireNonNull(name, "name"), value);
    }

    private static Integer checked(int index) {
        return Objects.checkIndex(index, MAX_INDEX + 1);
    }

    private MetalFunctionConstants and(Object key, MetalConstantValue value) {
        var more = new LinkedHashMap<>(values);
        more.put(key, Objects.requireNonNull(value, "value"));
        return new MetalFunctionConstants(Collections.unmodifiableMap(more));
    }

    /**
     * Refuses names that a library does not know, which Metal would pass over in silence.
     *
     * @throws IllegalArgumentException if there is one
     */
    void requireNames(MetalLibrary library) {
        var names = values.keySet().stream().filter(String.class::isInstance).toList();
        if (names.isEmpty()) {
            return;
        }
        var known = library.constantNames();
        for (var name : names) {
            if (!known.isEmpty() && !known.contains(name)) {
                throw new IllegalArgumentException(
                        "no function constant '" + name + "' in the library; it has " + known);
            }
        }
    }

    /** Sets them in an {@code MTLFunctionConstantValues}. */
    void setAll(Retained object) {
        try (var arena = Arena.ofConfined()) {
            values.forEach((key, value) -> {
                var bytes = MemorySegment.ofArray(value.bytes());
                var copy = arena.allocate(bytes.byteSize(), ALIGNMENT).copyFrom(bytes);
                set(object, key, value.dataType(), copy);
            });
        }
    }

    private static void set(Retained object, Object key, long type, MemorySegment bytes) {
        var objc = object.objectiveC();
        if (key instanceof Integer index) {
            var send = objc.bind(SET_AT_INDEX);
            MTLFunctionConstantValues_setConstantValue_type_atIndex.invoke(
                    send.function(), object.id(), send.selector(), bytes, type, index);
            return;
        }
        try (var name = NSString.of(objc, (String) key)) {
            var send = objc.bind(SET_WITH_NAME);
            MTLFunctionConstantValues_setConstantValue_type_withName.invoke(
                    send.function(), object.id(), send.selector(), bytes, type, name.id());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetalFunctionConstants constants && values.equals(constants.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "MetalFunctionConstants" + values;
    }
}
