package io.ringkernel.metal.msl.builtin;

import java.util.List;

/**
 * One concrete overload of a standard-library function. {@code name} is the source name, with {@code fast::} or
 * {@code precise::} in front where it is so called; {@code since} the language version that has it (300 for 3.0);
 * {@code method} what generated code calls, or null where {@link Library#component} says it component by component.
 *
 * <p>A parameter of type {@code Opaque("memory_order")}, {@code Opaque("mem_flags")} or {@code Opaque("thread_scope")}
 * takes that enumeration; the typed tree passes it as an int constant.
 */
public record Builtin(String name, Kind kind, List<Type> parameters, Type result, int since, LibraryMethod method) {

    /** What a code generator has to do for a call. */
    public enum Kind {
        /** Component by component: one Java method on scalars, {@code Library.method}. */
        ELEMENTWISE,
        /** Whole vectors to a scalar: one Java method that takes all components in order (dot, length, all, any…). */
        REDUCTION,
        /** Whole vectors to a vector (cross, normalize, reflect, refract, faceforward). */
        VECTOR,
        /**
         * Matrix functions and the operators {@code operator*}: (m,m) (m,v) (v,m) (m,s) (s,m), transpose, determinant.
         */
        MATRIX,
        /**
         * Elementwise with a second result through the last parameter (sincos, modf, frexp): in source a {@code thread}
         * reference, here the pointer that binds it.
         */
        TWO_RESULTS,
        /**
         * Packing and unpacking of normalised formats. The method takes the components and gives the bits, or takes the
         * bits and the index of a component.
         */
        PACK,
        /**
         * The atomic functions: the first parameter is a pointer to {@link Type.Atomic}. The method takes that pointer
         * (a segment and an offset) and the value, if there is one; orders and flags are not passed.
         */
        ATOMIC,
        /** Compare and exchange: the method takes the pointer, and the bits that are expected and desired. */
        ATOMIC_COMPARE,
        /** {@code atomic_thread_fence}: the method takes nothing. */
        FENCE,
        /** {@code threadgroup_barrier}: the method takes the state and the number of the lanes, and checks them. */
        BARRIER,
        /** {@code simdgroup_barrier}, alike. */
        SIMDGROUP_BARRIER,
        /**
         * What the lanes of a SIMD-group do together. The method takes the state and the number of the lanes, and the
         * width of a group; then the arguments, each as an array by lane, or, where the Java parameters are an array
         * and its element, as an array or null and a value for all; last the array of results, if there are any. Calls
         * on vectors are made for each component. Integer results are normalised by the caller.
         */
        SIMDGROUP,
        /** The same between the four lanes of a quad. */
        QUADGROUP,
        /**
         * The same of whole vectors: the method takes an array by lane for each component of the arguments, and for
         * each of the result.
         */
        SIMDGROUP_VECTOR,
        /** Sends the message that so many words hold. */
        LOG,
        /** A built-in input of the kernel: the name is its attribute after two underscores. */
        INPUT,

        /**
         * What a member function of a texture tells the thread's texture unit: a method of
         * {@link io.ringkernel.metal.msl.texture.TextureUnit} that takes the arguments.
         */
        TEXTURE;

        /** Whether the threads of a group do it together. */
        public boolean isCollective() {
            return this == BARRIER || this == SIMDGROUP_BARRIER || isOfLanes() || this == SIMDGROUP_VECTOR;
        }

        /** Whether lanes of a SIMD-group or quad exchange values. */
        public boolean isOfLanes() {
            return this == SIMDGROUP || this == QUADGROUP;
        }

        public boolean isAtomic() {
            return this == ATOMIC || this == ATOMIC_COMPARE;
        }
    }

    /** An overload without a method of its own. */
    Builtin(String name, Kind kind, List<Type> parameters, Type result, int since) {
        this(name, kind, parameters, result, since, null);
    }

    public Builtin {
        parameters = List.copyOf(parameters);
    }
}
