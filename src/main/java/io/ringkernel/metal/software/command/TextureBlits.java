package io.ringkernel.metal.software.command;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.texture.Region;
import io.ringkernel.metal.msl.texture.Texture;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.resource.TextureTransfer;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** Blits between textures, checked when they are encoded; each gives what is to be done when they run. */
final class TextureBlits {
    private TextureBlits() {}

    /** Levels and slices of a texture that are copied as they are. */
    record Part(MTLTexture texture, long slice, long level, long sliceCount, long levelCount) {
        private void check() {
            var shape = texture.shape();
            boolean exists = in(slice, sliceCount, shape.slices()) && in(level, levelCount, shape.levels());
            require(
                    exists,
                    ViolationKind.OUT_OF_RANGE,
                    "%d slices from %d on, %d levels from %d on, are not in %s, or none",
                    sliceCount,
                    slice,
                    levelCount,
                    level,
                    texture);
        }

        private static boolean in(long from, long count, int limit) {
            return from >= 0 && count > 0 && count <= limit && from <= limit - count;
        }

        private int width() {
            return texture.shape().width((int) level);
        }

        private int height() {
            return texture.shape().height((int) level);
        }

        private int depth() {
            return texture.shape().depth((int) level);
        }
    }

    /** Copies the region of one texture to the region of the same size of another. */
    static Runnable copy(MTLTexture source, TextureTransfer from, MTLTexture target, TextureTransfer to) {
        requireAlike(source.shape(), target.shape());
        require(
                source != target || !from.overlaps(to),
                ViolationKind.BAD_ARGUMENT,
                "copies a texture's texels onto themselves: %s",
                source);
        var texels = source.texture();
        return () -> from.copy(texels, to);
    }

    /** Copies whole slices and levels. */
    static Runnable copy(Part source, Part target) {
        source.check();
        target.check();
        requireAlike(source.texture.shape(), target.texture.shape());
        require(
                source.width() == target.width()
                        && source.height() == target.height()
                        && source.depth() == target.depth(),
                ViolationKind.BAD_ARGUMENT,
                "levels of different sizes: (%d, %d, %d), (%d, %d, %d)",
                source.width(),
                source.height(),
                source.depth(),
                target.width(),
                target.height(),
                target.depth());
        return () -> {
            for (int slice = 0; slice < source.sliceCount; slice++) {
                for (int level = 0; level < source.levelCount; level++) {
                    copyLevel(source, target, slice, level);
                }
            }
        };
    }

    private static void copyLevel(Part source, Part target, int slice, int level) {
        int from = (int) source.level + level;
        var shape = source.texture.shape();
        source.texture
                .texture()
                .copy(
                        new Region(0, 0, 0, shape.width(from), shape.height(from), shape.depth(from)),
                        from,
                        (int) source.slice + slice,
                        target.texture.texture(),
                        new Texture.TexelPosition(0, 0, 0, (int) target.slice + slice, (int) target.level + level));
    }

    /** Copies all that two textures have in common, from the first levels of equal size on. */
    static Runnable copyAll(MTLTexture source, MTLTexture target) {
        var from = source.shape();
        var to = target.shape();
        int sourceLevel = 0;
        int targetLevel = 0;
        while (sourceLevel < from.levels() && from.width(sourceLevel) > to.width()) {
            sourceLevel++;
        }
        while (targetLevel < to.levels() && to.width(targetLevel) > from.width()) {
            targetLevel++;
        }
        int levels = Math.min(from.levels() - sourceLevel, to.levels() - targetLevel);
        int slices = Math.min(from.slices(), to.slices());
        return copy(new Part(source, 0, sourceLevel, slices, levels), new Part(target, 0, targetLevel, slices, levels));
    }

    private static void requireAlike(TextureShape source, TextureShape target) {
        boolean sameTexels = source.format() == target.format()
                || source.format().isViewableAs(target.format())
                        && source.format().isFreelyViewableAs(target.format());
        require(
                sameTexels,
                ViolationKind.BAD_ARGUMENT,
                "pixel formats differ: %s, %s",
                source.format(),
                target.format());
        require(
                source.samples() == target.samples(),
                ViolationKind.BAD_ARGUMENT,
                "sample counts differ: %d, %d",
                source.samples(),
                target.samples());
    }

    /** Refuses an option of a copy between a buffer and a texture, all of which are for formats that do not fit. */
    static void requireNoOption(long options) {
        require(
                options == Mtl.MTLBlitOptionNone(),
                ViolationKind.UNSUPPORTED,
                "the software Metal copies no part of combined formats, and no PVRTC: options 0x%x",
                options);
    }
}
