package io.ringkernel.metal.software.foundation;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** A number that converts as C does. */
public final class NSNumber extends NSObject {
    private final Number value;
    private final boolean unsigned;

    /** {@code unsigned} says that a Long's 64 bits are read without a sign. */
    public NSNumber(ObjectRuntime runtime, Number value, boolean unsigned) {
        super(runtime);
        this.value = value;
        this.unsigned = unsigned;
    }

    private static NSNumber make(ObjectClass receiver, Number value, boolean unsigned) {
        return receiver.runtime().autorelease(new NSNumber(receiver.runtime(), value, unsigned));
    }

    @Selector("numberWithBool:")
    static NSNumber numberWithBool(ObjectClass receiver, boolean value) {
        return make(receiver, value ? 1 : 0, false);
    }

    @Selector("numberWithInt:")
    static NSNumber numberWithInt(ObjectClass receiver, int value) {
        return make(receiver, value, false);
    }

    @Selector("numberWithUnsignedInt:")
    static NSNumber numberWithUnsignedInt(ObjectClass receiver, int value) {
        return make(receiver, Integer.toUnsignedLong(value), false);
    }

    @Selector("numberWithLongLong:")
    static NSNumber numberWithLongLong(ObjectClass receiver, long value) {
        return make(receiver, value, false);
    }

    @Selector("numberWithUnsignedLongLong:")
    static NSNumber numberWithUnsignedLongLong(ObjectClass receiver, long value) {
        return make(receiver, value, true);
    }

    @Selector("numberWithFloat:")
    static NSNumber numberWithFloat(ObjectClass receiver, float value) {
        return make(receiver, value, false);
    }

    @Selector("numberWithDouble:")
    static NSNumber numberWithDouble(ObjectClass receiver, double value) {
        return make(receiver, value, false);
    }

    @Selector("boolValue")
    boolean boolValue() {
        return doubleValue() != 0;
    }

    @Selector("intValue")
    int intValue() {
        return value.intValue();
    }

    @Selector("unsignedIntValue")
    int unsignedIntValue() {
        return (int) value.longValue();
    }

    @Selector("longLongValue")
    long longLongValue() {
        return value.longValue();
    }

    @Selector("unsignedLongLongValue")
    long unsignedLongLongValue() {
        return value.longValue();
    }

    @Selector("floatValue")
    float floatValue() {
        return unsigned ? (float) doubleValue() : value.floatValue();
    }

    @Selector("doubleValue")
    double doubleValue() {
        long bits = value.longValue();
        if (!unsigned || bits >= 0) {
            return value.doubleValue();
        }
        // Halved with the lost bit kept, so that the doubling rounds as the whole would.
        return (bits >>> 1 | bits & 1) * 2.0;
    }

    @Selector("stringValue")
    public String stringValue() {
        return unsigned ? Long.toUnsignedString(value.longValue()) : value.toString();
    }

    @Override
    protected boolean isEqual(NSObject other) {
        return other instanceof NSNumber number && number.stringValue().equals(stringValue());
    }

    @Override
    protected long objectHash() {
        return value.hashCode();
    }

    @Override
    protected String description() {
        return stringValue();
    }
}
