package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_heapBufferSizeAndAlignWithLength_options;
import io.ringkernel.metal.bindings.MTLDevice_heapTextureSizeAndAlignWithDescriptor;
import io.ringkernel.metal.bindings.MTLDevice_minimumLinearTextureAlignmentForPixelFormat;
import io.ringkernel.metal.bindings.MTLDevice_minimumTextureBufferAlignmentForPixelFormat;
import io.ringkernel.metal.bindings.MTLSizeAndAlign;
import io.ringkernel.metal.objc.Message;
import java.lang.foreign.Arena;

/**
 * How much room resources take in heaps, and how textures over buffers are aligned. The latter question ends a process
 * for formats that have no such textures.
 */
final class ResourceSizes {
    private static final Message RECTANGLE = Message.of(MTLDevice_minimumLinearTextureAlignmentForPixelFormat.class);
    private static final Message TEXTURE_BUFFER =
            Message.of(MTLDevice_minimumTextureBufferAlignmentForPixelFormat.class);

    private static final Message BUFFER = Message.of(MTLDevice_heapBufferSizeAndAlignWithLength_options.class);
    private static final Message TEXTURE = Message.of(MTLDevice_heapTextureSizeAndAlignWithDescriptor.class);

    private ResourceSizes() {}

    static MetalSizeAndAlign ofBuffer(MetalDevice device, long byteSize, MetalResourceOptions options) {
        long most = device.limits().maxBufferLength();
        if (byteSize < 1 || byteSize > most) {
            throw new IllegalArgumentException("byteSize not in 1.." + most + ": " + byteSize);
        }
        var send = device.objc().bind(BUFFER);
        try (var arena = Arena.ofConfined();
                var receiver = device.receiver()) {
            var needed = MTLDevice_heapBufferSizeAndAlignWithLength_options.invoke(
                    send.function(), arena, receiver.id(), send.selector(), byteSize, options.bits());
            return new MetalSizeAndAlign(MTLSizeAndAlign.size(needed), MTLSizeAndAlign.align(needed));
        }
    }

    static MetalSizeAndAlign ofTexture(MetalDevice device, MetalTextureDescriptor descriptor) {
        var mode = descriptor.storageMode().orElse(MetalStorageMode.PRIVATE);
        var send = device.objc().bind(TEXTURE);
        try (var arena = Arena.ofConfined();
                var receiver = device.receiver();
                var object = descriptor.toObject(device.objc(), MetalResourceOptions.of(mode))) {
            var needed = MTLDevice_heapTextureSizeAndAlignWithDescriptor.invoke(
                    send.function(), arena, receiver.id(), send.selector(), object.id());
            return new MetalSizeAndAlign(MTLSizeAndAlign.size(needed), MTLSizeAndAlign.align(needed));
        }
    }

    static long alignmentOfRectangle(MetalDevice device, MetalPixelFormat format) {
        requireLinear(format);
        var send = device.objc().bind(RECTANGLE);
        try (var receiver = device.receiver()) {
            return MTLDevice_minimumLinearTextureAlignmentForPixelFormat.invoke(
                    send.function(), receiver.id(), send.selector(), format.code());
        }
    }

    static long alignmentOfTextureBuffer(MetalDevice device, MetalPixelFormat format) {
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
