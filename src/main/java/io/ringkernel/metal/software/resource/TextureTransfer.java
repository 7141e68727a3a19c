package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.msl.texture.Region;
import io.ringkernel.metal.msl.texture.Texture;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;

/** A copy between part of one slice and level of a texture and rows in memory, checked by Metal's rules. */
public final class TextureTransfer {
    private final MTLTexture texture;
    private final TextureShape shape;
    private final Region region;
    private final int level;
    private final int slice;
    private MemorySegment bytes;
    private long bytesPerRow;
    private long bytesPerImage;

    /** A region that must exist in a level and slice of a texture. */
    public TextureTransfer(MTLTexture texture, Region region, long level, long slice) {
        this.texture = texture;
        this.shape = texture.shape();
        this.region = region;
        requireIndex("level", level, shape.levels());
        requireIndex("slice", slice, shape.slices());
        this.level = (int) level;
        this.slice = (int) slice;
        require(
                region.isWithin(shape, this.level),
                ViolationKind.OUT_OF_RANGE,
                "region not in level %d of (%d, %d, %d) texels, or empty: %s",
                level,
                shape.width(this.level),
                shape.height(this.level),
                shape.depth(this.level),
                region);
    }

    private static void requireIndex(String name, long index, int count) {
        require(
                index >= 0 && index < count,
                ViolationKind.OUT_OF_RANGE,
                "%s not in 0..%d: %s",
                name,
                count - 1,
                Long.toUnsignedString(index));
    }

    /** A copy by the CPU. */
    TextureTransfer ofCpu(MemorySegment memory, long rowBytes, long imageBytes) {
        require(
                !texture.options().isPrivate(),
                ViolationKind.STORAGE_MODE,
                "the CPU cannot reach the texels of a private texture: %s",
                texture);
        require(memory.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for the bytes of a texture");
        setStrides(rowBytes, imageBytes);
        bytes = memory.asSlice(0, byteSize());
        return this;
    }

    /** A copy by a blit from or to the bytes of a buffer from an offset on. */
    public TextureTransfer ofBuffer(MTLBuffer buffer, long offset, long rowBytes, long imageBytes) {
        int texel = shape.format().byteSize();
        require(
                offset >= 0 && offset % texel == 0,
                ViolationKind.MISALIGNED,
                "offset not a multiple of the texel size %d: %s",
                texel,
                Long.toUnsignedString(offset));
        setStrides(rowBytes, imageBytes);
        require(
                offset <= buffer.length() && byteSize() <= buffer.length() - offset,
                ViolationKind.OUT_OF_RANGE,
                "%d bytes at %d not in a buffer of %d",
                byteSize(),
                offset,
                buffer.length());
        bytes = buffer.gpuBytes().asSlice(offset, byteSize());
        return this;
    }

    private void setStrides(long rowBytes, long imageBytes) {
        require(
                !shape.type().isMultisample() && !shape.format().name().startsWith("Depth32Float_"),
                ViolationKind.BAD_ARGUMENT,
                "texels of a multisample or combined depth and stencil texture cannot be copied to or from memory: %s",
                texture);
        long tight = region.width() * shape.format().byteSize();
        boolean oneRow = region.height() == 1 && region.depth() == 1;
        bytesPerRow = oneRow && (rowBytes == 0 || shape.type().dimensions() == 1) ? tight : rowBytes;
        require(
                bytesPerRow >= tight && bytesPerRow % shape.format().byteSize() == 0,
                ViolationKind.BAD_ARGUMENT,
                "bytesPerRow of %d texels of %d bytes not at least %d, or not a multiple of a texel: %s",
                region.width(),
                shape.format().byteSize(),
                tight,
                Long.toUnsignedString(rowBytes));
        bytesPerImage = region.depth() == 1 ? 0 : imageBytes;
        require(
                region.depth() == 1
                        || bytesPerImage >= bytesPerRow * region.height() && bytesPerImage % bytesPerRow == 0,
                ViolationKind.BAD_ARGUMENT,
                "bytesPerImage of %d rows of %d bytes too small, or not a multiple of a row: %s",
                region.height(),
                bytesPerRow,
                Long.toUnsignedString(imageBytes));
    }

    /** From the first byte to the last, without what pads the last row. */
    private long byteSize() {
        return bytesPerImage * (region.depth() - 1)
                + bytesPerRow * (region.height() - 1)
                + region.width() * shape.format().byteSize();
    }

    /** Copies the bytes into the texture's texels. */
    public void replace(Texture texels) {
        texels.replace(region, level, slice, bytes, bytesPerRow, bytesPerImage);
    }

    /** Copies the texture's texels to the bytes. */
    public void get(Texture texels) {
        texels.get(region, level, slice, bytes, bytesPerRow, bytesPerImage);
    }

    /** Copies to another texture, where the same region must exist. */
    public void copy(Texture from, TextureTransfer target) {
        from.copy(region, level, slice, target.texture.texture(), target.position());
    }

    /** Whether it is about texels that another region of the same texture has too. */
    public boolean overlaps(TextureTransfer other) {
        return level == other.level && slice == other.slice && region.overlaps(other.region);
    }

    private Texture.TexelPosition position() {
        return new Texture.TexelPosition((int) region.x(), (int) region.y(), (int) region.z(), slice, level);
    }
}
