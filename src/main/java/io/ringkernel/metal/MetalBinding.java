package io.ringkernel.metal;

/**
 * An argument that a pipeline's function takes ({@code MTLBinding}).
 *
 * @param name in the source
 * @param kind what is bound
 * @param index where it is bound
 * @param access what the function does with it
 * @param isUsed whether the compiled function touches it; what is not used need not be bound
 * @param alignment of the data in bytes: offsets of a buffer are multiples of it
 * @param dataSize bytes of one element for a buffer, of the memory for threadgroup memory; 0 if unknown
 */
public record MetalBinding(
        String name, Kind kind, int index, Access access, boolean isUsed, long alignment, long dataSize) {
    /** What is bound. */
    public enum Kind {
        /** A buffer or inline bytes. */
        BUFFER,
        /** Threadgroup memory of a length that the encoder sets. */
        THREADGROUP_MEMORY,
        /** Something that this library does not bind, such as a texture, or a buffer beyond the indices 0 to 30. */
        OTHER
    }

    /** What a function does with an argument. */
    public enum Access {
        /** Reads it. */
        READ_ONLY,
        /** Reads and writes it. */
        READ_WRITE,
        /** Writes it. */
        WRITE_ONLY
    }
}
