package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Type;
import java.util.List;

/** Something that has an address or a register: what can be read and, unless const, stored to. */
public sealed interface Place {

    /** The type of what is stored there. */
    Type type();

    /** A variable as a whole: parameter, local, threadgroup variable or program-scope constant. */
    record OfVariable(Variable variable) implements Place {
        @Override
        public Type type() {
            return variable.type();
        }
    }

    /** What a pointer points to. */
    record Dereference(TypedExpression pointer) implements Place {
        @Override
        public Type type() {
            return ((Type.Pointer) pointer.type()).pointee();
        }
    }

    /** A field of a struct or union in a place. */
    record Field(Place struct, Type.Struct.Field field) implements Place {
        @Override
        public Type type() {
            return field.type();
        }
    }

    /**
     * An element of an array or vector, or a column of a matrix; the index is int, uint, long or ulong.
     *
     * @param name what the source calls the aggregate, for messages
     */
    record Element(Place aggregate, TypedExpression index, Type type, String name) implements Place {}

    /** Components of a vector in a place, none twice; one component is a scalar. */
    record Swizzle(Place vector, List<Integer> components, Type type) implements Place {}
}
