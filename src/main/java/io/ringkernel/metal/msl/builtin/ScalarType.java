package io.ringkernel.metal.msl.builtin;

/**
 * MSL's scalar types (MSL specification, section 2.1), with the JVM type that carries their values.
 *
 * <p>A carried value is always normalised: {@code bool} is 0 or 1; {@code char} and {@code short} are sign-extended,
 * {@code uchar} and {@code ushort} zero-extended ints; {@code uint} and {@code ulong} are the same bits as the signed
 * type; {@code half} and {@code bfloat} are floats that their narrow type can represent exactly.
 */
public enum ScalarType {
    VOID("void", 0, void.class),
    BOOL("bool", 1, int.class),
    CHAR("char", 1, int.class),
    UCHAR("uchar", 1, int.class),
    SHORT("short", 2, int.class),
    USHORT("ushort", 2, int.class),
    INT("int", 4, int.class),
    UINT("uint", 4, int.class),
    LONG("long", 8, long.class),
    ULONG("ulong", 8, long.class),
    HALF("half", 2, float.class),
    BFLOAT("bfloat", 2, float.class),
    FLOAT("float", 4, float.class);

    private final String keyword;
    private final int byteSize;
    private final Class<?> carrier;

    ScalarType(String keyword, int byteSize, Class<?> carrier) {
        this.keyword = keyword;
        this.byteSize = byteSize;
        this.carrier = carrier;
    }

    /** The name in source text. */
    public String keyword() {
        return keyword;
    }

    /** Size and alignment in bytes; 0 for void. */
    public int byteSize() {
        return byteSize;
    }

    /** The JVM type of a value: int, long, float or void. */
    public Class<?> carrier() {
        return carrier;
    }

    /** Whether this is half, bfloat or float. */
    public boolean isFloating() {
        return carrier == float.class;
    }

    /** Whether this is an integer type; bool is not. */
    public boolean isInteger() {
        return ordinal() >= CHAR.ordinal() && ordinal() <= ULONG.ordinal();
    }

    /** Whether this is an unsigned integer type. */
    public boolean isUnsigned() {
        return this == UCHAR || this == USHORT || this == UINT || this == ULONG;
    }

    @Override
    public String toString() {
        return keyword;
    }
}
