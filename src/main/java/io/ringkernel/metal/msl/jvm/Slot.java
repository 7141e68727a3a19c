package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.ScalarType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.foreign.MemorySegment;

/** What one JVM local holds. */
enum Slot {
    INT(TypeKind.INT, ConstantDescs.CD_int),
    LONG(TypeKind.LONG, ConstantDescs.CD_long),
    FLOAT(TypeKind.FLOAT, ConstantDescs.CD_float),
    SEGMENT(TypeKind.REFERENCE, ClassDesc.of("java.lang.foreign.MemorySegment"));

    private final TypeKind kind;
    private final ClassDesc descriptor;

    Slot(TypeKind kind, ClassDesc descriptor) {
        this.kind = kind;
        this.descriptor = descriptor;
    }

    TypeKind kind() {
        return kind;
    }

    ClassDesc descriptor() {
        return descriptor;
    }

    /** The Java type of a value. */
    Class<?> carrier() {
        return switch (this) {
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case SEGMENT -> MemorySegment.class;
        };
    }

    /** The slot that carries a scalar. */
    static Slot of(ScalarType type) {
        return of(type.carrier());
    }

    /** The slot that carries a Java type. */
    static Slot of(Class<?> carrier) {
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
