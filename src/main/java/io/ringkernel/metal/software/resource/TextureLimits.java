package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.msl.texture.format.PixelFormat;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What a device allows of textures and samplers, apart from their shapes. */
public final class TextureLimits {
    /** How many samplers argument buffers may name at a time. */
    public static final long ARGUMENT_BUFFER_SAMPLERS = 1_024;

    private static final int APPLE_ALIGNMENT = 16;
    private static final int MAC_ALIGNMENT = 256;

    private TextureLimits() {}

    /** Which of Apple's tables holds for a device. */
    public static PixelFormat.Device device(Gpu gpu) {
        return isUnified(gpu) ? PixelFormat.Device.APPLE_SILICON : PixelFormat.Device.MAC;
    }

    static boolean isUnified(Gpu gpu) {
        return gpu.configuration().identity().unifiedMemory();
    }

    /** Whether a device has textures with so many samples per texel. */
    public static boolean allowsSamples(Gpu gpu, long count) {
        return count == 1 || count == 2 || count == 4 || count == 8 && !isUnified(gpu);
    }

    /** The format with a value of {@code MTLPixelFormat}, which must exist on the device. */
    static PixelFormat format(Gpu gpu, long code) {
        var format = PixelFormat.of(code);
        if (format.isEmpty()) {
            var name = PixelFormat.nameOf(code);
            throw new MisuseException(
                    name.isPresent() ? ViolationKind.UNSUPPORTED : ViolationKind.BAD_ARGUMENT,
                    name.map(text ->
                                    "the software Metal has no textures of the compressed or subsampled format " + text)
                            .orElse("not a pixel format: " + code));
        }
        require(
                format.get().existsOn(device(gpu)),
                ViolationKind.BAD_ARGUMENT,
                "pixel format that the device does not have: %s",
                format.get());
        return format.get();
    }

    /** The alignment of offset and row of a two-dimensional texture over a buffer. */
    public static long linearAlignment(Gpu gpu, long pixelFormat) {
        requireColour(gpu, pixelFormat);
        return isUnified(gpu) ? APPLE_ALIGNMENT : MAC_ALIGNMENT;
    }

    /** The alignment of a texture buffer's offset. */
    public static long bufferAlignment(Gpu gpu, long pixelFormat) {
        requireColour(gpu, pixelFormat);
        return APPLE_ALIGNMENT;
    }

    private static void requireColour(Gpu gpu, long pixelFormat) {
        var format = format(gpu, pixelFormat);
        require(
                !format.isDepthOrStencil(),
                ViolationKind.BAD_ARGUMENT,
                "a texture over a buffer cannot have the pixel format %s",
                format);
    }
}
