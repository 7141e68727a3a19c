package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_minimumLinearTextureAlignmentForPixelFormat;
import io.ringkernel.metal.bindings.MTLDevice_minimumTextureBufferAlignmentForPixelFormat;
import io.ringkernel.metal.objc.Message;

/** How textures over buffers must be aligned. The question itself ends a process for formats that have none. */
final class TextureAlignment {
    private static final Message RECTANGLE = Message.of(MTLDevice_minimumLinearTextureAlignmentForPixelFormat.class);
    private static final Message TEXTURE_BUFFER =
            Message.of(MTLDevice_minimumTextureBufferAlignmentForPixelFormat.class);

    private TextureAlignment() {}

    static long ofRectangle(MetalDevice device, MetalPixelFormat format) {
        requireLinear(format);
        var send = device.objc().bind(RECTANGLE);
        try (var receiver = device.receiver()) {
            return MTLDevice_minimumLinearTextureAlignmentForPixelFormat.invoke(
                    send.function(), receiver.id(), send.selector(), format.code());
        }
    }

    static long ofTextureBuffer(MetalDevice device, MetalPixelFormat format) {
        requireLinear(format);
        var send = device.objc().bind(TEXTURE_BUFFER);
        try (var receiver = device.receiver()) {
            return MTLDevice_minimumTextureBufferAlignmentForPixelFormat.invoke(
                    send.function(), receiver.id(), send.selector(), format.code());
        }
    }

    private static void requireLinear(MetalPixelFormat format) {
        if (format.isCompressed() || format.isDepthOrStencil()) {
            throw new IllegalArgumentException("textures over buffers are neither compressed nor depth: " + format);
        }
    }
}
