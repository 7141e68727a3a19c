package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.texture.Swizzle;
import io.ringkernel.metal.msl.texture.TextureShape;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;

/**
 * What a texture is to be: two-dimensional, RGBA8Unorm, of one texel, read by kernels, unless said otherwise. Values
 * are looked at when a texture is made.
 */
public final class MTLTextureDescriptor extends NSObject {
    private static final int UNSAID = -1;

    private long textureType = Mtl.MTLTextureType2D();
    private long pixelFormat = Mtl.MTLPixelFormatRGBA8Unorm();
    private long width = 1;
    private long height = 1;
    private long depth = 1;
    private long mipmapLevelCount = 1;
    private long sampleCount = 1;
    private long arrayLength = 1;
    private long cacheMode;
    private long hazardTracking;
    private long storageMode = UNSAID;
    private long usage = Mtl.MTLTextureUsageShaderRead();
    private boolean allowGpuOptimizedContents = true;
    private long compressionType;
    private Swizzle swizzle = Swizzle.IDENTITY;

    public MTLTextureDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    private static MTLTextureDescriptor autoreleased(ObjectClass receiver, long format, long width, long height) {
        var descriptor = receiver.runtime().autorelease(new MTLTextureDescriptor(receiver.runtime()));
        descriptor.pixelFormat = format;
        descriptor.width = width;
        descriptor.height = height;
        return descriptor;
    }

    @Selector("texture2DDescriptorWithPixelFormat:width:height:mipmapped:")
    static MTLTextureDescriptor texture2D(
            ObjectClass receiver, long format, long width, long height, boolean mipmapped) {
        var descriptor = autoreleased(receiver, format, width, height);
        descriptor.mipmapLevelCount = mipmapped ? fullChain(Math.max(width, height)) : 1;
        return descriptor;
    }

    @Selector("textureCubeDescriptorWithPixelFormat:size:mipmapped:")
    static MTLTextureDescriptor textureCube(ObjectClass receiver, long format, long size, boolean mipmapped) {
        var descriptor = autoreleased(receiver, format, size, size);
        descriptor.textureType = Mtl.MTLTextureTypeCube();
        descriptor.mipmapLevelCount = mipmapped ? fullChain(size) : 1;
        return descriptor;
    }

    @Selector("textureBufferDescriptorWithPixelFormat:width:resourceOptions:usage:")
    static MTLTextureDescriptor textureBuffer(ObjectClass receiver, long format, long width, long options, long usage) {
        var descriptor = autoreleased(receiver, format, width, 1);
        descriptor.textureType = Mtl.MTLTextureTypeTextureBuffer();
        descriptor.setResourceOptions(options);
        descriptor.usage = usage;
        return descriptor;
    }

    /** Of a size that may be none; creation refuses it then. */
    private static long fullChain(long size) {
        return TextureShape.fullChain(Math.clamp(size, 1, Integer.MAX_VALUE), 1, 1);
    }

    /** The options with a storage mode for when none was said. */
    ResourceOptions options(long defaultStorageMode) {
        return new ResourceOptions(cacheMode, storageMode == UNSAID ? defaultStorageMode : storageMode, hazardTracking);
    }

    private static long checked(String name, long mode, long last) {
        require(mode >= 0 && mode <= last, ViolationKind.BAD_ARGUMENT, "not a %s: %d", name, mode);
        return mode;
    }

    @Selector("textureType")
    long textureType() {
        return textureType;
    }

    @Selector("setTextureType:")
    void setTextureType(long type) {
        textureType = type;
    }

    @Selector("pixelFormat")
    long pixelFormat() {
        return pixelFormat;
    }

    @Selector("setPixelFormat:")
    void setPixelFormat(long format) {
        pixelFormat = format;
    }

    @Selector("width")
    long width() {
        return width;
    }

    @Selector("setWidth:")
    void setWidth(long texels) {
        width = texels;
    }

    @Selector("height")
    long height() {
        return height;
    }

    @Selector("setHeight:")
    void setHeight(long texels) {
        height = texels;
    }

    @Selector("depth")
    long depth() {
        return depth;
    }

    @Selector("setDepth:")
    void setDepth(long texels) {
        depth = texels;
    }

    @Selector("mipmapLevelCount")
    long mipmapLevelCount() {
        return mipmapLevelCount;
    }

    @Selector("setMipmapLevelCount:")
    void setMipmapLevelCount(long count) {
        mipmapLevelCount = count;
    }

    @Selector("sampleCount")
    long sampleCount() {
        return sampleCount;
    }

    @Selector("setSampleCount:")
    void setSampleCount(long count) {
        sampleCount = count;
    }

    @Selector("arrayLength")
    long arrayLength() {
        return arrayLength;
    }

    @Selector("setArrayLength:")
    void setArrayLength(long length) {
        arrayLength = length;
    }

    @Selector("resourceOptions")
    long resourceOptions() {
        return options(Mtl.MTLStorageModeShared()).bits();
    }

    @Selector("setResourceOptions:")
    void setResourceOptions(long bits) {
        var options = ResourceOptions.of(bits);
        cacheMode = options.cacheMode();
        storageMode = options.storageMode();
        hazardTracking = options.hazardTracking();
    }

    @Selector("cpuCacheMode")
    long cpuCacheMode() {
        return cacheMode;
    }

    @Selector("setCpuCacheMode:")
    void setCpuCacheMode(long mode) {
        cacheMode = checked("CPU cache mode", mode, Mtl.MTLCPUCacheModeWriteCombined());
    }

    @Selector("storageMode")
    long storageMode() {
        return options(Mtl.MTLStorageModeShared()).storageMode();
    }

    @Selector("setStorageMode:")
    void setStorageMode(long mode) {
        storageMode = checked("storage mode", mode, Mtl.MTLStorageModeMemoryless());
    }

    @Selector("hazardTrackingMode")
    long hazardTrackingMode() {
        return hazardTracking;
    }

    @Selector("setHazardTrackingMode:")
    void setHazardTrackingMode(long mode) {
        hazardTracking =
                ResourceOptions.of(new ResourceOptions(0, 0, mode).bits()).hazardTracking();
    }

    @Selector("usage")
    long usage() {
        return usage;
    }

    @Selector("setUsage:")
    void setUsage(long bits) {
        usage = bits;
    }

    @Selector("allowGPUOptimizedContents")
    boolean allowGpuOptimizedContents() {
        return allowGpuOptimizedContents;
    }

    @Selector("setAllowGPUOptimizedContents:")
    void setAllowGpuOptimizedContents(boolean allow) {
        allowGpuOptimizedContents = allow;
    }

    @Selector("compressionType")
    long compressionType() {
        return compressionType;
    }

    @Selector("setCompressionType:")
    void setCompressionType(long type) {
        compressionType = type;
    }

    @Selector("swizzle")
    Swizzle swizzle() {
        return swizzle;
    }

    @Selector("setSwizzle:")
    void setSwizzle(Swizzle channels) {
        require(channels.isValid(), ViolationKind.BAD_ARGUMENT, "not a texture swizzle: %s", channels);
        swizzle = channels;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLTextureDescriptor(runtime());
        copy.textureType = textureType;
        copy.pixelFormat = pixelFormat;
        copy.width = width;
        copy.height = height;
        copy.depth = depth;
        copy.mipmapLevelCount = mipmapLevelCount;
        copy.sampleCount = sampleCount;
        copy.arrayLength = arrayLength;
        copy.cacheMode = cacheMode;
        copy.hazardTracking = hazardTracking;
        copy.storageMode = storageMode;
        copy.usage = usage;
        copy.allowGpuOptimizedContents = allowGpuOptimizedContents;
        copy.compressionType = compressionType;
        copy.swizzle = swizzle;
        return copy;
    }
}
