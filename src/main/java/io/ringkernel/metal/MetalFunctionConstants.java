package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLFunctionConstantValues_setConstantValue_type_atIndex;
import io.ringkernel.metal.bindings.MTLFunctionConstantValues_setConstantValue_type_withName;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values for function constants ({@code MTLFunctionConstantValues}; MSL specification, section 5.8). Immutable; equal
 * when all values are equal.
 *
 * <pre>{@code
 * var constants = MetalFunctionConstants.none().with(0, true).with("tile_width", 32);
 * }</pre>
 */
public final class MetalFunctionConstants {
    private static final Message SET_AT_INDEX =
            Message.of(MTLFunctionConstantValues_setConstantValue_type_atIndex.class);
    private static final Message SET_WITH_NAME =
            Message.of(MTLFunctionConstantValues_setConstantValue_type_withName.class);
    private static final int MAX_INDEX = 65_535;
    private static final MetalFunctionConstants NONE = new MetalFunctionConstants(Map.of());

    /** By Integer index or String name; values are Boolean, Integer, Unsigned or Float. */
    private final Map<Object, Object> values;

    private MetalFunctionConstants(Map<Object, Object> values) {
        this.values = values;
    }

    private record Unsigned(int bits) {}

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
        return and(checked(index), value);
    }

    /**
     * These values and an int.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, int value) {
        return and(checked(index), value);
    }

    /**
     * These values and a float.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants with(int index, float value) {
        return and(checked(index), value);
    }

    /**
     * These values and a uint with these bits.
     *
     * @throws IndexOutOfBoundsException if the index is not in 0..65535
     */
    public MetalFunctionConstants withUnsigned(int index, int bits) {
        return and(checked(index), new Unsigned(bits));
    }

    /** These values and a bool. */
    public MetalFunctionConstants with(String name, boolean value) {
        return and(name, value);
    }

    /** These values and an int. */
    public MetalFunctionConstants with(String name, int value) {
        return and(name, value);
    }

    /** These values and a float. */
    public MetalFunctionConstants with(String name, float value) {
        return and(name, value);
    }

    /** These values and a uint with these bits. */
    public MetalFunctionConstants withUnsigned(String name, int bits) {
        return and(name, new Unsigned(bits));
    }

    private static Integer checked(int index) {
        return Objects.checkIndex(index, MAX_INDEX + 1);
    }

    private MetalFunctionConstants and(Object key, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(Objects.requireNonNull(key, "name"), value);
        return new MetalFunctionConstants(Collections.unmodifiableMap(more));
    }

    Retained toObject(ObjectiveC objc) {
        var object = NSObject.make(objc, "MTLFunctionConstantValues");
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(ValueLayout.JAVA_INT);
            values.forEach((key, value) -> set(object, key, typeOf(value, bytes), bytes));
        }
        return object;
    }

    private static long typeOf(Object value, MemorySegment bytes) {
        return switch (value) {
            case Boolean b -> {
                bytes.set(ValueLayout.JAVA_INT, 0, b ? 1 : 0);
                yield Mtl.MTLDataTypeBool();
            }
            case Integer i -> {
                bytes.set(ValueLayout.JAVA_INT, 0, i);
                yield Mtl.MTLDataTypeInt();
            }
            case Unsigned u -> {
                bytes.set(ValueLayout.JAVA_INT, 0, u.bits);
                yield Mtl.MTLDataTypeUInt();
            }
            case Float f -> {
                bytes.set(ValueLayout.JAVA_FLOAT, 0, f);
                yield Mtl.MTLDataTypeFloat();
            }
            default -> throw new AssertionError(value);
        };
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
