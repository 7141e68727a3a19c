package io.ringkernel.metal.msl.builtin;

import java.util.List;

/**
 * One concrete overload of a standard-library function. {@code name} is the source name, with {@code fast::} or
 * {@code precise::} in front where it is so called; {@code since} the language version that has it (300 for 3.0).
 *
 * <p>A parameter of type {@code Opaque("memory_order")}, {@code Opaque("mem_flags")} or {@code Opaque("thread_scope")}
 * takes that enumeration; the typed tree passes it as an int constant.
 */
public record Builtin(String name, Kind kind, List<Type> parameters, Type result, int since) {

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
        /** Packing and unpacking of normalised formats. */
        PACK,
        /** The atomic functions; the first parameter is a pointer to {@link Type.Atomic}. */
        ATOMIC,
        /** {@code atomic_thread_fence}. */
        FENCE,
        /** {@code threadgroup_barrier} and {@code simdgroup_barrier}. */
        BARRIER,
        /** Exchange and reduction between the lanes of a SIMD-group. */
        SIMDGROUP,
        /** The same between the four lanes of a quad. */
        QUADGROUP,
        /** {@code simd_vote} and simdgroup matrices: named, so that a refusal can name them. */
        UNSUPPORTED
    }

    public Builtin {
        parameters = List.copyOf(parameters);
    }
}
