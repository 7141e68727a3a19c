package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.ScalarType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;

/** What one JVM local holds. */
public enum Slot {
    INT(ConstantDescs.CD_int),
    LONG(ConstantDescs.CD_long),
    FLOAT(ConstantDescs.CD_float),
    SEGMENT(ClassDesc.of("java.lang.foreign.MemorySegment"));

    private final ClassDesc descriptor;

    Slot(ClassDesc descriptor) {
        this.descriptor = descriptor;
    }

    public ClassDesc descriptor() {
        return descriptor;
    }

    /** The Java type of a value. */
    public Class<?> carrier() {
        return switch (this) {
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case SEGMENT -> MemorySegment.class;
        };
    }

    /**
     * The Java type of an array of values. That of segments is an array of objects: HotSpot compiles a store to an
     * array of an interface again and again, each time for an array that it does not get.
     */
    public Class<?> arrayType() {
        return this == SEGMENT ? Object[].class : carrier().arrayType();
    }

    /** The slot that carries a scalar. */
    public static Slot of(ScalarType type) {
        return of(type.carrier());
    }

    /** The slot that carries a Java type. */
    public static Slot of(Class<?> carrier) {
        if (carrier == int.class) {
            return INT;
        }
        if (carrier == long.class) {
            return LONG;
        }
        if (carrier == float.class) {
            return FLOAT;
        }
        return SEGMENT;
    }
}
