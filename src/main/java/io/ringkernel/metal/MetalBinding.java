package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;
import java.util.Optional;

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
 * @param texture what the texture must be; empty for anything else
 * @param type what lies in the buffer; empty for anything else
 */
public record MetalBinding(
        String name,
        Kind kind,
        int index,
        Access access,
        boolean isUsed,
        long alignment,
        long dataSize,
        Optional<Texture> texture,
        Optional<MetalType> type) {
    /** What is bound. */
    public enum Kind {
        /** A buffer or inline bytes. */
        BUFFER,
        /** Threadgroup memory of a length that the encoder sets. */
        THREADGROUP_MEMORY,
        /** A texture, or an array of them at consecutive indices. */
        TEXTURE,
        /** A sampler. */
        SAMPLER,
        /** A table of visible functions, which takes the place of a buffer. */
        FUNCTION_TABLE,
        /** Something that this library does not bind, such as a buffer beyond the indices 0 to 30. */
        OTHER
    }

    /**
     * What a function takes a texture for ({@code MTLTextureBinding}).
     *
     * @param type the shape
     * @param isDepth whether texels are depths, as in {@code depth2d}
     * @param arrayLength how many indices are textures, from the binding's on; they need not all be bound
     */
    public record Texture(MetalTextureType type, boolean isDepth, int arrayLength) {}

    /** What a function does with an argument. */
    public enum Access {
        /** Reads it. */
        READ_ONLY(Mtl.MTLResourceUsageRead()),
        /** Reads and writes it. */
        READ_WRITE(Mtl.MTLResourceUsageRead() | Mtl.MTLResourceUsageWrite()),
        /** Writes it. */
        WRITE_ONLY(Mtl.MTLResourceUsageWrite());

        private final long usage;

        Access(long usage) {
            this.usage = usage;
        }

        /** The same as a use of a resource that is announced. */
        long usage() {
            return usage;
        }
    }
}
