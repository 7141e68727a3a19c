package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.reflection.DataTypes;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** Values for function constants, by index and by name. */
public final class MTLFunctionConstantValues extends NSObject {
    private static final long MAX_CONSTANTS = 65_536;

    /** A value as a client gave it: the bytes of one {@code MTLDataType}. */
    record Value(long dataType, byte[] bytes) {}

    private final Map<Long, Value> byIndex = new HashMap<>();
    private final Map<String, Value> byName = new HashMap<>();

    public MTLFunctionConstantValues(ObjectRuntime runtime) {
        super(runtime);
    }

    /** The value for a constant, or null. */
    Value valueFor(String name, int index) {
        var named = byName.get(name);
        return named != null ? named : byIndex.get((long) index);
    }

    @Selector("setConstantValue:type:atIndex:")
    void set(MemorySegment value, long dataType, long index) {
        requireIndex(index);
        byIndex.put(index, read(value, 0, dataType));
    }

    @Selector("setConstantValue:type:withName:")
    void set(MemorySegment value, long dataType, NSString name) {
        byName.put(name.text(), read(value, 0, dataType));
    }

    @Selector("setConstantValues:type:withRange:")
    void set(MemorySegment values, long dataType, Range range) {
        require(
                range.isWithin(MAX_CONSTANTS),
                ViolationKind.OUT_OF_RANGE,
                "range not in 0..%d: %s",
                MAX_CONSTANTS,
                range);
        for (int i = 0; i < range.length(); i++) {
            byIndex.put(range.location() + i, read(values, i, dataType));
        }
    }

    @Selector("reset")
    void reset() {
        byIndex.clear();
        byName.clear();
    }

    private static void requireIndex(long index) {
        require(
                index >= 0 && index < MAX_CONSTANTS,
                ViolationKind.OUT_OF_RANGE,
                "index not in 0..%d: %d",
                MAX_CONSTANTS - 1,
                index);
    }

    private static Value read(MemorySegment values, int position, long dataType) {
        require(values.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for a constant's value");
        int size = DataTypes.byteSize(dataType);
        require(size > 0, ViolationKind.BAD_ARGUMENT, "not the data type of a function constant: %d", dataType);
        return new Value(dataType, values.asSlice((long) position * size, size).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLFunctionConstantValues(runtime());
        copy.byIndex.putAll(byIndex);
        copy.byName.putAll(byName);
        return copy;
    }
}
