package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSNumber_boolValue;
import io.ringkernel.metal.bindings.NSNumber_doubleValue;
import io.ringkernel.metal.bindings.NSNumber_longLongValue;
import io.ringkernel.metal.bindings.NSNumber_numberWithBool;
import io.ringkernel.metal.bindings.NSNumber_numberWithDouble;
import io.ringkernel.metal.bindings.NSNumber_numberWithLongLong;
import java.lang.foreign.MemorySegment;

/** Numbers in both directions. What {@code of} returns is lent, and dies with the autorelease pool. */
public final class NSNumber {
    private static final Message WITH_LONG = Message.of(NSNumber_numberWithLongLong.class);
    private static final Message WITH_DOUBLE = Message.of(NSNumber_numberWithDouble.class);
    private static final Message WITH_BOOL = Message.of(NSNumber_numberWithBool.class);
    private static final Message LONG_VALUE = Message.of(NSNumber_longLongValue.class);
    private static final Message DOUBLE_VALUE = Message.of(NSNumber_doubleValue.class);
    private static final Message BOOL_VALUE = Message.of(NSNumber_boolValue.class);

    private NSNumber() {}

    /** A number with this value. */
    public static MemorySegment of(ObjectiveC objc, long value) {
        var send = objc.bind(WITH_LONG);
        return NSNumber_numberWithLongLong.invoke(send.function(), objc.classNamed("NSNumber"), send.selector(), value);
    }

    /** A number with this value. */
    public static MemorySegment of(ObjectiveC objc, double value) {
        var send = objc.bind(WITH_DOUBLE);
        return NSNumber_numberWithDouble.invoke(send.function(), objc.classNamed("NSNumber"), send.selector(), value);
    }

    /** A number with this truth value. */
    public static MemorySegment of(ObjectiveC objc, boolean value) {
        var send = objc.bind(WITH_BOOL);
        return NSNumber_numberWithBool.invoke(send.function(), objc.classNamed("NSNumber"), send.selector(), value);
    }

    /** The number as a {@code long}. */
    public static long toLong(ObjectiveC objc, MemorySegment number) {
        var send = objc.bind(LONG_VALUE);
        return NSNumber_longLongValue.invoke(send.function(), number, send.selector());
    }

    /** The number as a {@code double}. */
    public static double toDouble(ObjectiveC objc, MemorySegment number) {
        var send = objc.bind(DOUBLE_VALUE);
        return NSNumber_doubleValue.invoke(send.function(), number, send.selector());
    }

    /** Whether the number is not zero. */
    public static boolean toBoolean(ObjectiveC objc, MemorySegment number) {
        var send = objc.bind(BOOL_VALUE);
        return NSNumber_boolValue.invoke(send.function(), number, send.selector());
    }
}
