package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.msl.texture.TextureType;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What Metal's validation asks of a texture over a buffer's bytes. */
final class LinearTextureRules {
    private final MTLBuffer buffer;
    private final TextureShape shape;
    private final long offset;
    private final long bytesPerRow;

    LinearTextureRules(MTLBuffer buffer, TextureShape shape, long offset, long bytesPerRow) {
        this.buffer = buffer;
        this.shape = shape;
        this.offset = offset;
        this.bytesPerRow = bytesPerRow;
    }

    void check(MTLTextureDescriptor descriptor) {
        boolean isBuffer = shape.type() == TextureType.BUFFER;
        require(
                isBuffer || shape.type() == TextureType.D2,
                ViolationKind.BAD_ARGUMENT,
                "a texture over a buffer is 2D or TextureBuffer: %s",
                shape.type());
        require(shape.levels() == 1, ViolationKind.BAD_ARGUMENT, "a texture over a buffer has one level");
        var wanted = descriptor.options(buffer.options().storageMode());
        require(
                wanted.storageMode() == buffer.options().storageMode()
                        && wanted.cacheMode() == buffer.options().cacheMode(),
                ViolationKind.STORAGE_MODE,
                "storage and cache mode not the buffer's 0x%x: 0x%x",
                buffer.options().bits(),
                wanted.bits());
        long code = shape.format().code();
        long alignment = isBuffer
                ? TextureLimits.bufferAlignment(buffer.gpu(), code)
                : TextureLimits.linearAlignment(buffer.gpu(), code);
        requireAligned("offset", offset, alignment);
        requireAligned("bytesPerRow", bytesPerRow, alignment);
        checkExtent();
    }

    private static void requireAligned(String name, long value, long alignment) {
        require(
                value >= 0 && value % alignment == 0,
                ViolationKind.MISALIGNED,
                "%s not a multiple of %d: %s",
                name,
                alignment,
                Long.toUnsignedString(value));
    }

    private void checkExtent() {
        long row = (long) shape.width() * shape.format().byteSize();
        require(
                bytesPerRow >= row && bytesPerRow <= buffer.length(),
                ViolationKind.BAD_ARGUMENT,
                "bytesPerRow not in %d..%d: %s",
                row,
                buffer.length(),
                Long.toUnsignedString(bytesPerRow));
        long end = bytesPerRow * (shape.height() - 1L) + row;
        require(
                offset <= buffer.length() && end <= buffer.length() - offset,
                ViolationKind.OUT_OF_RANGE,
                "%d bytes at %d not in a buffer of %d",
                end,
                offset,
                buffer.length());
    }
}
