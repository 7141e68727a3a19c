package io.ringkernel.metal.wire;

import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.nio.ByteOrder;
import java.util.Map;

/** MSL's scalar types that a record's component can be, with their sizes (MSL specification, table 2.1). */
enum MslScalar implements MslType {
    BOOL("bool", ValueLayout.JAVA_BYTE),
    CHAR("char", ValueLayout.JAVA_BYTE),
    UCHAR("uchar", ValueLayout.JAVA_BYTE),
    SHORT("short", ValueLayout.JAVA_SHORT),
    USHORT("ushort", ValueLayout.JAVA_SHORT),
    INT("int", ValueLayout.JAVA_INT),
    UINT("uint", ValueLayout.JAVA_INT),
    LONG("long", ValueLayout.JAVA_LONG),
    ULONG("ulong", ValueLayout.JAVA_LONG),
    HALF("half", ValueLayout.JAVA_SHORT),
    FLOAT("float", ValueLayout.JAVA_FLOAT);

    private static final Map<Class<?>, MslScalar> PLAIN = Map.of(
            boolean.class, BOOL,
            byte.class, CHAR,
            short.class, SHORT,
            char.class, USHORT,
            int.class, INT,
            long.class, LONG,
            float.class, FLOAT);

    private static final Map<Class<?>, MslScalar> UNSIGNED =
            Map.of(byte.class, UCHAR, short.class, USHORT, int.class, UINT, long.class, ULONG);

    private final String mslName;
    private final ValueLayout layout;

    MslScalar(String mslName, ValueLayout layout) {
        this.mslName = mslName;
        this.layout = layout.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String mslName() {
        return mslName;
    }

    @Override
    public ValueLayout layout() {
        return layout;
    }

    @Override
    public int byteSize() {
        return (int) layout.byteSize();
    }

    @Override
    public int alignment() {
        return byteSize();
    }

    /**
     * The scalar that stores a primitive Java type, as its annotations say.
     *
     * @param where names the component in messages
     * @throws IllegalArgumentException if MSL has no such type, or an annotation does not fit the type
     */
    static MslScalar of(Class<?> primitive, RecordComponent component, String where) {
        boolean isUnsigned = MslStruct.annotation(component, RingMessage.Unsigned.class) != null;
        boolean isHalf = MslStruct.annotation(component, RingMessage.Half.class) != null;
        var plain = PLAIN.get(primitive);
        if (plain == null) {
            throw new IllegalArgumentException("no such type in MSL: " + where + " is " + primitive.getTypeName());
        }
        if (isUnsigned && !UNSIGNED.containsKey(primitive)) {
            throw new IllegalArgumentException("@Unsigned needs an integer: " + where + " is " + primitive);
        }
        if (isHalf && primitive != float.class) {
            throw new IllegalArgumentException("@Half needs a float: " + where + " is " + primitive);
        }
        if (isHalf) {
            return HALF;
        }
        return isUnsigned ? UNSIGNED.get(primitive) : plain;
    }
}
