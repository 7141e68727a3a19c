package io.ringkernel.metal.msl.texture;

import java.lang.foreign.MemorySegment;

/**
 * Texels in memory. Rows of a level follow each other, then images, then slices with all their levels:
 *
 * <pre>
 *   slice 0: [ level 0: image 0 [ row 0 | row 1 | … ] image 1 … ][ level 1 … ]   slice 1: …
 * </pre>
 *
 * A view is another texture over the same memory. The texture does not own the memory. Texels may be used from many
 * threads, as on a GPU: whoever reads while another writes the same texel gets either.
 */
public final class Texture implements Handle.Target {
    private static final long LEVEL_ALIGNMENT = 16;

    /** Where a level's texels are, in bytes from the slice's first. */
    record Level(int width, int height, int depth, long offset, long rowBytes, long imageBytes) {}

    private final MemorySegment memory;
    private final TextureShape shape;
    private final Swizzle swizzle;
    private final Level[] levels;
    private final long base;
    private final long sliceBytes;
    private final boolean swizzled;
    private Permissions permissions = Permissions.ALL;
    private long handle;
    /** The last use that was found to fit, or -1; whoever sees an old one looks again. */
    private int fitting = -1;

    private Texture(
            MemorySegment memory, TextureShape shape, Swizzle swizzle, Level[] levels, long base, long sliceBytes) {
        this.memory = memory;
        this.shape = shape;
        this.swizzle = swizzle;
        this.swizzled = !swizzle.equals(Swizzle.IDENTITY);
        this.levels = levels;
        this.base = base;
        this.sliceBytes = sliceBytes;
    }

    /** The memory that a texture needs. */
    public static long byteSize(TextureShape shape) {
        return shape.slices() * sliceBytes(levels(shape, shape.width() * (long) shape.texelBytes()));
    }

    /** A texture over at least {@link #byteSize} bytes. */
    public static Texture over(MemorySegment memory, TextureShape shape, Swizzle swizzle) {
        var levels = levels(shape, shape.width() * (long) shape.texelBytes());
        return new Texture(memory, shape, swizzle, levels, 0, sliceBytes(levels));
    }

    /** A texture of one level and slice whose rows begin {@code rowBytes} after each other. */
    public static Texture linear(MemorySegment memory, TextureShape shape, long rowBytes, Swizzle swizzle) {
        var levels = levels(shape, rowBytes);
        return new Texture(memory, shape, swizzle, levels, 0, sliceBytes(levels));
    }

    private static Level[] levels(TextureShape shape, long firstRowBytes) {
        var levels = new Level[shape.levels()];
        long offset = 0;
        for (int i = 0; i < levels.length; i++) {
            long rowBytes = i == 0 ? firstRowBytes : shape.width(i) * (long) shape.texelBytes();
            long imageBytes = rowBytes * shape.height(i);
            levels[i] = new Level(shape.width(i), shape.height(i), shape.depth(i), offset, rowBytes, imageBytes);
            offset += imageBytes * shape.depth(i) + LEVEL_ALIGNMENT - 1 & -LEVEL_ALIGNMENT;
        }
        return levels;
    }

    private static long sliceBytes(Level[] levels) {
        var last = levels[levels.length - 1];
        return last.offset + last.imageBytes * last.depth + LEVEL_ALIGNMENT - 1 & -LEVEL_ALIGNMENT;
    }

    /**
     * The same texels as another texture.
     *
     * @param seen what the view is: its format has texels of the same size; width, height and depth are those of its
     *     first level
     * @param firstSlice counted in faces
     */
    public Texture view(TextureShape seen, int firstLevel, int firstSlice, Swizzle seenSwizzle) {
        var part = java.util.Arrays.copyOfRange(levels, firstLevel, firstLevel + seen.levels());
        return new Texture(memory, seen, swizzle.then(seenSwizzle), part, base + firstSlice * sliceBytes, sliceBytes);
    }

    public TextureShape shape() {
        return shape;
    }

    public Swizzle swizzle() {
        return swizzle;
    }

    /** Whether channels are not what they seem. */
    boolean isSwizzled() {
        return swizzled;
    }

    /** What kernels may do with it: anything, unless said otherwise. */
    public Permissions permissions() {
        return permissions;
    }

    /** Limits what kernels may do; to be called before any kernel knows the texture. */
    public void permit(Permissions permitted) {
        permissions = permitted;
    }

    /**
     * Refuses a use that does not fit.
     *
     * @param use the code of a {@link TextureUse}
     * @throws TextureFault if the texture is not what the use says
     */
    void require(int use) {
        if (use != fitting) {
            var mismatch = TextureUse.of(use).mismatch(this);
            if (mismatch.isPresent()) {
                throw new TextureFault(TextureFault.Kind.MISMATCH, "a texture " + mismatch.get());
            }
            fitting = use;
        }
    }

    MemorySegment memory() {
        return memory;
    }

    Level level(int index) {
        return levels[index];
    }

    int levelCount() {
        return levels.length;
    }

    /** Where a texel is in {@link #memory()}; all coordinates exist. */
    long offset(int x, int y, int z, int slice, int level) {
        var in = levels[level];
        return base
                + slice * sliceBytes
                + in.offset
                + z * in.imageBytes
                + y * in.rowBytes
                + x * (long) shape.texelBytes();
    }

    /**
     * Copies texels from memory, bits as they are.
     *
     * @param rowBytes from one row in {@code source} to the next
     * @param imageBytes from one image to the next
     */
    public void replace(Region region, int level, int slice, MemorySegment source, long rowBytes, long imageBytes) {
        forEachRow(
                region,
                level,
                slice,
                (at, row, image, bytes) ->
                        MemorySegment.copy(source, row * rowBytes + image * imageBytes, memory, at, bytes));
    }

    /** Copies texels to memory, as {@link #replace} does from it. */
    public void get(Region region, int level, int slice, MemorySegment target, long rowBytes, long imageBytes) {
        forEachRow(
                region,
                level,
                slice,
                (at, row, image, bytes) ->
                        MemorySegment.copy(memory, at, target, row * rowBytes + image * imageBytes, bytes));
    }

    /** Copies texels to another texture whose texels have the same size. */
    public void copy(Region region, int level, int slice, Texture target, TexelPosition to) {
        forEachRow(
                region,
                level,
                slice,
                (at, row, image, bytes) -> MemorySegment.copy(
                        memory,
                        at,
                        target.memory,
                        target.offset(to.x(), to.y() + row, to.z() + image, to.slice(), to.level()),
                        bytes));
    }

    /** Where a texel is in a texture. */
    public record TexelPosition(int x, int y, int z, int slice, int level) {}

    private interface RowAction {
        void accept(long at, int row, int image, long bytes);
    }

    private void forEachRow(Region region, int level, int slice, RowAction action) {
        long bytes = region.width() * shape.texelBytes();
        for (int image = 0; image < region.depth(); image++) {
            for (int row = 0; row < region.height(); row++) {
                long at = offset((int) region.x(), (int) region.y() + row, (int) region.z() + image, slice, level);
                action.accept(at, row, image, bytes);
            }
        }
    }

    @Override
    public long handle() {
        return handle;
    }

    @Override
    public void assignHandle(long assigned) {
        handle = assigned;
    }
}
