package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.msl.texture.TextureType;
import io.ringkernel.metal.msl.texture.format.PixelFormat;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What Metal's validation asks of a texture's descriptor (Metal Feature Set Tables; MTLTextureDescriptor). */
final class TextureRules {
    private static final int LONGEST_SIDE = 16_384;
    private static final int LONGEST_SIDE_3D = 2_048;
    private static final int MOST_LAYERS = 2_048;
    private static final long LONGEST_BUFFER = 256L << 20;
    private static final long KNOWN_USAGE = 1 | 2 | 4 | 16 | 32;

    private final Gpu gpu;
    private final MTLTextureDescriptor descriptor;

    TextureRules(Gpu gpu, MTLTextureDescriptor descriptor) {
        this.gpu = gpu;
        this.descriptor = descriptor;
    }

    static TextureType type(long code) {
        return TextureType.of(code)
                .orElseThrow(() -> new MisuseException(ViolationKind.BAD_ARGUMENT, "not a texture type: " + code));
    }

    /** The shape that is described, when every rule is kept. */
    TextureShape check() {
        var type = type(descriptor.textureType());
        var format = TextureLimits.format(gpu, descriptor.pixelFormat());
        checkSize(type);
        checkArray(type);
        checkLevels(type);
        checkSamples(type);
        long usage = descriptor.usage();
        require((usage & ~KNOWN_USAGE) == 0, ViolationKind.BAD_ARGUMENT, "not a texture usage: 0x%x", usage);
        checkFormat(type, format, usage);
        checkStorage(type, format);
        return new TextureShape(
                type,
                format,
                (int) descriptor.width(),
                (int) descriptor.height(),
                (int) descriptor.depth(),
                (int) descriptor.arrayLength(),
                (int) descriptor.mipmapLevelCount(),
                (int) descriptor.sampleCount());
    }

    private void checkSize(TextureType type) {
        long longest = switch (type) {
            case BUFFER -> LONGEST_BUFFER;
            case D3 -> LONGEST_SIDE_3D;
            default -> LONGEST_SIDE;
        };
        requireIn("width", descriptor.width(), longest, type);
        requireIn("height", descriptor.height(), type.dimensions() >= 2 ? longest : 1, type);
        requireIn("depth", descriptor.depth(), type.dimensions() == 3 ? longest : 1, type);
        require(
                !type.isCube() || descriptor.width() == descriptor.height(),
                ViolationKind.BAD_ARGUMENT,
                "the faces of a cube are not squares: %d by %d",
                descriptor.width(),
                descriptor.height());
    }

    private void checkArray(TextureType type) {
        requireIn("arrayLength", descriptor.arrayLength(), type.isArray() ? MOST_LAYERS : 1, type);
    }

    private void checkLevels(TextureType type) {
        int full =
                TextureShape.fullChain((int) descriptor.width(), (int) descriptor.height(), (int) descriptor.depth());
        requireIn("mipmapLevelCount", descriptor.mipmapLevelCount(), type.hasLevels() ? full : 1, type);
    }

    private void checkSamples(TextureType type) {
        long samples = descriptor.sampleCount();
        require(
                TextureLimits.allowsSamples(gpu, samples),
                ViolationKind.BAD_ARGUMENT,
                "sampleCount that the device does not have: %s",
                Long.toUnsignedString(samples));
        require(
                samples == 1 || type.isMultisample(),
                ViolationKind.BAD_ARGUMENT,
                "sampleCount of a %s texture not 1: %d",
                type,
                samples);
    }

    private static void requireIn(String name, long value, long limit, TextureType type) {
        require(
                value >= 1 && value <= limit,
                ViolationKind.BAD_ARGUMENT,
                "%s of a %s texture not in 1..%d: %s",
                name,
                type,
                limit,
                Long.toUnsignedString(value));
    }

    private void checkFormat(TextureType type, PixelFormat format, long usage) {
        boolean shaped = !format.isDepthOrStencil() || type.dimensions() == 2;
        require(
                shaped && (type != TextureType.BUFFER || format.isForBuffers()),
                ViolationKind.BAD_ARGUMENT,
                "a %s texture cannot have the pixel format %s",
                type,
                format);
        boolean writes = (usage & Mtl.MTLTextureUsageShaderWrite()) != 0;
        require(
                !writes || format.isWritable(TextureLimits.device(gpu)) && !type.isMultisample(),
                ViolationKind.BAD_ARGUMENT,
                "kernels cannot write a %s texture of the pixel format %s",
                type,
                format);
        boolean atomics = (usage & Mtl.MTLTextureUsageShaderAtomic()) != 0;
        require(
                !atomics
                        || format.hasAtomics(TextureLimits.device(gpu))
                        || format.name().equals("RG32Uint"),
                ViolationKind.BAD_ARGUMENT,
                "textures of the pixel format %s have no atomic operations",
                format);
    }

    private void checkStorage(TextureType type, PixelFormat format) {
        var options = options();
        long mode = options.storageMode();
        require(
                mode != Mtl.MTLStorageModeMemoryless(),
                ViolationKind.STORAGE_MODE,
                "a memoryless texture is a render target, which the software Metal does not have");
        if (TextureLimits.isUnified(gpu)) {
            return;
        }
        require(
                mode != Mtl.MTLStorageModeShared() || type == TextureType.BUFFER,
                ViolationKind.STORAGE_MODE,
                "a device with memory of its own has no shared textures");
        require(
                options.isPrivate() || !format.isDepthOrStencil() && !type.isMultisample(),
                ViolationKind.STORAGE_MODE,
                "depth, stencil and multisample textures of a device with memory of its own are private");
    }

    /** The storage that is described; unsaid it is shared with unified memory, else managed. */
    ResourceOptions options() {
        return descriptor.options(
                TextureLimits.isUnified(gpu) ? Mtl.MTLStorageModeShared() : Mtl.MTLStorageModeManaged());
    }
}
