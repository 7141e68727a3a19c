package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.TextureUse.Access;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What kernels may do with a texture, as its usage, its format and the device say.
 *
 * @param readsAndWrites whether one argument may do both
 * @param filters whether linear filtering is defined
 */
public record Permissions(boolean reads, boolean writes, boolean readsAndWrites, boolean atomics, boolean filters) {
    private static final long SHADER_READ = 1;
    private static final long SHADER_WRITE = 2;
    private static final long SHADER_ATOMIC = 32;

    /** For a texture that nobody limits. */
    public static final Permissions ALL = new Permissions(true, true, true, true, true);

    /** For a texture with a usage, in the bits of {@code MTLTextureUsage}; 0 stands for every usage. */
    public static Permissions of(TextureShape shape, long usage, PixelFormat.Device device) {
        var format = shape.format();
        boolean isBuffer = shape.type() == TextureType.BUFFER;
        boolean both = isBuffer
                ? format.isForReadWriteBuffers()
                : format.readWriteTier().isPresent();
        boolean writable = format.isWritable(device) && (!isBuffer || format.isForWritableBuffers());
        boolean reads = usage == 0 || (usage & SHADER_READ) != 0;
        boolean writes = writable && (usage == 0 || (usage & SHADER_WRITE) != 0);
        boolean atomics = usage == 0 || (usage & SHADER_ATOMIC) != 0;
        return new Permissions(reads, writes, reads && writes && both, atomics, format.isFilterable(device));
    }

    /** Why an access is not permitted; empty if it is. */
    Optional<String> refusal(Access access) {
        boolean permitted = switch (access) {
            case SAMPLE, READ -> reads;
            case WRITE -> writes;
            case READ_WRITE -> readsAndWrites || atomics && reads && writes;
        };
        return permitted
                ? Optional.empty()
                : Optional.of("lacks the usage, or has a format, for access::"
                        + access.name().toLowerCase(Locale.ROOT));
    }
}
