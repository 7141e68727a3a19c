package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.msl.texture.TextureType;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import io.ringkernel.metal.software.foundation.Range;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.Map;
import java.util.Set;

/** What Metal's validation asks of a view of a texture. */
final class ViewRules {
    private static final Set<TextureType> SLICED =
            Set.of(TextureType.D2, TextureType.D2_ARRAY, TextureType.CUBE, TextureType.CUBE_ARRAY);

    /** What a texture of a type may be seen as. */
    private static final Map<TextureType, Set<TextureType>> TYPES = Map.of(
            TextureType.D1, Set.of(TextureType.D1),
            TextureType.D1_ARRAY, Set.of(TextureType.D1, TextureType.D1_ARRAY),
            TextureType.D2, Set.of(TextureType.D2, TextureType.D2_ARRAY),
            TextureType.D2_ARRAY, SLICED,
            TextureType.CUBE, SLICED,
            TextureType.CUBE_ARRAY, SLICED,
            TextureType.D3, Set.of(TextureType.D3),
            TextureType.D2_MULTISAMPLE, Set.of(TextureType.D2_MULTISAMPLE, TextureType.D2_MULTISAMPLE_ARRAY),
            TextureType.D2_MULTISAMPLE_ARRAY, Set.of(TextureType.D2_MULTISAMPLE, TextureType.D2_MULTISAMPLE_ARRAY),
            TextureType.BUFFER, Set.of(TextureType.BUFFER));

    private final MTLTexture texture;
    private final TextureShape shape;
    private final PixelFormat format;
    private final TextureType type;

    ViewRules(MTLTexture texture, long pixelFormat, long textureType) {
        this.texture = texture;
        this.shape = texture.shape();
        this.format = TextureLimits.format(texture.gpu(), pixelFormat);
        this.type = TextureRules.type(textureType);
    }

    /** The view's shape, when every rule is kept. */
    TextureShape check(Range levels, Range slices) {
        checkFormat();
        require(
                TYPES.get(shape.type()).contains(type),
                ViolationKind.BAD_ARGUMENT,
                "a %s texture cannot be seen as %s",
                shape.type(),
                type);
        requireRange("levels", levels, shape.levels());
        requireRange("slices", slices, shape.slices());
        require(
                type.hasLevels() || levels.length() == 1,
                ViolationKind.BAD_ARGUMENT,
                "a %s texture has one level: %s",
                type,
                levels);
        long faces = type.faces();
        require(
                type.isArray() ? slices.length() % faces == 0 : slices.length() == faces,
                ViolationKind.BAD_ARGUMENT,
                "slices do not fit a %s texture: %s",
                type,
                slices);
        require(
                !type.isCube() || shape.width() == shape.height(),
                ViolationKind.BAD_ARGUMENT,
                "the faces of a cube are not squares: %d by %d",
                shape.width(),
                shape.height());
        int first = (int) levels.location();
        return new TextureShape(
                type,
                format,
                shape.width(first),
                shape.height(first),
                shape.depth(first),
                (int) (slices.length() / faces),
                (int) levels.length(),
                shape.samples());
    }

    private void checkFormat() {
        require(
                shape.format().isViewableAs(format),
                ViolationKind.BAD_ARGUMENT,
                "a texture of the pixel format %s cannot be seen as %s",
                shape.format(),
                format);
        boolean declared = texture.usage() == Mtl.MTLTextureUsageUnknown()
                || (texture.usage() & Mtl.MTLTextureUsagePixelFormatView()) != 0;
        require(
                declared || shape.format().isFreelyViewableAs(format),
                ViolationKind.BAD_ARGUMENT,
                "a texture of the pixel format %s without the usage PixelFormatView cannot be seen as %s",
                shape.format(),
                format);
    }

    private static void requireRange(String name, Range range, int count) {
        require(
                range.length() > 0 && range.isWithin(count),
                ViolationKind.OUT_OF_RANGE,
                "%s not in 0..%d, or none: %s",
                name,
                count,
                range);
    }
}
