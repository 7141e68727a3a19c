package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;

/**
 * One argument of a kernel that a dispatch binds.
 *
 * @param index the slot among the arguments of its kind
 * @param space DEVICE or CONSTANT for a buffer, THREADGROUP for threadgroup memory
 * @param pointee the type that the pointer or reference points to: its name, size and alignment in bytes
 * @param isReference whether one whole pointee is read, so that the bound memory must hold one
 * @param active whether the kernel uses it
 */
public record MslArgument(
        String name,
        Kind kind,
        int index,
        Access access,
        AddressSpace space,
        Type pointee,
        boolean isReference,
        boolean active) {

    /** What is bound at the index. */
    public enum Kind {
        BUFFER,
        THREADGROUP,
        /** A table of visible functions, which takes the place of a buffer. */
        FUNCTION_TABLE
    }

    /** What the kernel may do with it, as its type says. */
    public enum Access {
        READ,
        READ_WRITE
    }
}
