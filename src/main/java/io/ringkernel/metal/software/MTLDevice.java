package io.ringkernel.metal.software;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.command.MTLCommandQueue;
import io.ringkernel.metal.software.command.MTLCommandQueueDescriptor;
import io.ringkernel.metal.software.command.MTLLogState;
import io.ringkernel.metal.software.command.MTLLogStateDescriptor;
import io.ringkernel.metal.software.foundation.Block;
import io.ringkernel.metal.software.foundation.ErrorReference;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSData;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.foundation.NSURL;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.DeviceObject.Origin;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.GpuIdentity;
import io.ringkernel.metal.software.gpu.GpuMemory;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBuffer;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBufferDescriptor;
import io.ringkernel.metal.software.library.Compilation;
import io.ringkernel.metal.software.library.MTLArgumentEncoder;
import io.ringkernel.metal.software.library.MTLBinaryArchive;
import io.ringkernel.metal.software.library.MTLBinaryArchiveDescriptor;
import io.ringkernel.metal.software.library.MTLCompileOptions;
import io.ringkernel.metal.software.library.MTLComputePipelineDescriptor;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import io.ringkernel.metal.software.library.MTLFunction;
import io.ringkernel.metal.software.library.MTLLibrary;
import io.ringkernel.metal.software.library.PipelineMaker;
import io.ringkernel.metal.software.reflection.MTLBufferBinding;
import io.ringkernel.metal.software.reflection.MTLComputePipelineReflection;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLCounterSampleBuffer;
import io.ringkernel.metal.software.resource.MTLCounterSampleBufferDescriptor;
import io.ringkernel.metal.software.resource.MTLCounterSet;
import io.ringkernel.metal.software.resource.MTLHeap;
import io.ringkernel.metal.software.resource.MTLHeapDescriptor;
import io.ringkernel.metal.software.resource.MTLResidencySet;
import io.ringkernel.metal.software.resource.MTLResidencySetDescriptor;
import io.ringkernel.metal.software.resource.MTLSamplerDescriptor;
import io.ringkernel.metal.software.resource.MTLSamplerState;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.resource.MTLTextureDescriptor;
import io.ringkernel.metal.software.resource.ResourceOptions;
import io.ringkernel.metal.software.resource.TextureLimits;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.sync.MTLEvent;
import io.ringkernel.metal.software.sync.MTLFence;
import io.ringkernel.metal.software.sync.MTLSharedEvent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.function.Function;

/** A software device. Its provider keeps it alive. */
public final class MTLDevice extends NSObject {
    private final Gpu gpu;
    private final Origin origin;
    private boolean maximizesCompilation;

    MTLDevice(ObjectRuntime runtime, Gpu gpu) {
        super(runtime);
        this.gpu = gpu;
        this.origin = new Origin(runtime, gpu, this);
    }

    Gpu gpu() {
        return gpu;
    }

    private GpuIdentity identity() {
        return gpu.configuration().identity();
    }

    @Selector("name")
    String name() {
        return identity().name();
    }

    @Selector("registryID")
    long registryId() {
        return identity().registryId();
    }

    @Selector("architecture")
    MTLArchitecture architecture() {
        return runtime().autorelease(new MTLArchitecture(runtime(), identity().architecture()));
    }

    @Selector("hasUnifiedMemory")
    boolean hasUnifiedMemory() {
        return identity().unifiedMemory();
    }

    @Selector("isLowPower")
    boolean isLowPower() {
        return false;
    }

    @Selector("isHeadless")
    boolean isHeadless() {
        return true;
    }

    @Selector("isRemovable")
    boolean isRemovable() {
        return identity().removable();
    }

    @Selector("location")
    long location() {
        return identity().removable() ? Mtl.MTLDeviceLocationExternal() : Mtl.MTLDeviceLocationBuiltIn();
    }

    @Selector("locationNumber")
    long locationNumber() {
        return 0;
    }

    @Selector("maxTransferRate")
    long maxTransferRate() {
        return 0;
    }

    @Selector("peerGroupID")
    long peerGroupId() {
        return 0;
    }

    @Selector("peerIndex")
    int peerIndex() {
        return 0;
    }

    @Selector("peerCount")
    int peerCount() {
        return 0;
    }

    @Selector("supportsFamily:")
    boolean supportsFamily(long family) {
        return identity().families().contains(family);
    }

    @Selector("maxThreadsPerThreadgroup")
    MemorySegment maxThreadsPerThreadgroup() {
        long threads = gpu.limits().threadsPerThreadgroup();
        return Structs.threeLongs(threads, threads, threads);
    }

    @Selector("maxThreadgroupMemoryLength")
    long maxThreadgroupMemoryLength() {
        return gpu.limits().threadgroupMemory();
    }

    @Selector("maxBufferLength")
    long maxBufferLength() {
        return gpu.limits().bufferLength();
    }

    @Selector("recommendedMaxWorkingSetSize")
    long recommendedMaxWorkingSetSize() {
        return gpu.limits().memory();
    }

    @Selector("currentAllocatedSize")
    long currentAllocatedSize() {
        return gpu.allocatedBytes();
    }

    @Selector("argumentBuffersSupport")
    long argumentBuffersSupport() {
        return Mtl.MTLArgumentBuffersTier2();
    }

    @Selector("readWriteTextureSupport")
    long readWriteTextureSupport() {
        boolean unified = identity().unifiedMemory();
        return unified ? Mtl.MTLReadWriteTextureTier2() : Mtl.MTLReadWriteTextureTier1();
    }

    @Selector("supportsTextureSampleCount:")
    boolean supportsTextureSampleCount(long count) {
        return TextureLimits.allowsSamples(gpu, count);
    }

    @Selector("supports32BitFloatFiltering")
    boolean supports32BitFloatFiltering() {
        return true;
    }

    @Selector("maxArgumentBufferSamplerCount")
    long maxArgumentBufferSamplerCount() {
        return TextureLimits.ARGUMENT_BUFFER_SAMPLERS;
    }

    @Selector("minimumLinearTextureAlignmentForPixelFormat:")
    long minimumLinearTextureAlignment(long pixelFormat) {
        return TextureLimits.linearAlignment(gpu, pixelFormat);
    }

    @Selector("minimumTextureBufferAlignmentForPixelFormat:")
    long minimumTextureBufferAlignment(long pixelFormat) {
        return TextureLimits.bufferAlignment(gpu, pixelFormat);
    }

    @Selector("supportsDynamicLibraries")
    boolean supportsDynamicLibraries() {
        return false;
    }

    @Selector("supportsFunctionPointers")
    boolean supportsFunctionPointers() {
        return true;
    }

    @Selector("heapBufferSizeAndAlignWithLength:options:")
    MemorySegment heapBufferSizeAndAlign(long length, long optionBits) {
        ResourceOptions.of(optionBits);
        return Structs.twoLongs(GpuMemory.roundUp(length, MTLHeap.ALIGNMENT), MTLHeap.ALIGNMENT);
    }

    @Selector("heapTextureSizeAndAlignWithDescriptor:")
    MemorySegment heapTextureSizeAndAlign(MTLTextureDescriptor descriptor) {
        long size = MTLTexture.byteSize(origin, descriptor);
        return Structs.twoLongs(GpuMemory.roundUp(size, MTLHeap.ALIGNMENT), MTLHeap.ALIGNMENT);
    }

    @Selector("maximumConcurrentCompilationTaskCount")
    long maximumConcurrentCompilationTaskCount() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Selector("shouldMaximizeConcurrentCompilation")
    boolean shouldMaximizeConcurrentCompilation() {
        return maximizesCompilation;
    }

    @Selector("setShouldMaximizeConcurrentCompilation:")
    void setShouldMaximizeConcurrentCompilation(boolean maximize) {
        maximizesCompilation = maximize;
    }

    @Selector("newBufferWithLength:options:")
    MTLBuffer newBuffer(long length, long optionBits) {
        return MTLBuffer.create(origin, length, optionBits);
    }

    @Selector("newBufferWithBytes:length:options:")
    MTLBuffer newBuffer(MemorySegment bytes, long length, long optionBits) {
        return MTLBuffer.copyOf(origin, bytes, length, optionBits);
    }

    @Selector("newBufferWithBytesNoCopy:length:options:deallocator:")
    MTLBuffer newBufferNoCopy(MemorySegment pages, long length, long optionBits, Block deallocator) {
        return MTLBuffer.over(origin, pages, length, optionBits, deallocator);
    }

    @Selector("newTextureWithDescriptor:")
    MTLTexture newTexture(MTLTextureDescriptor descriptor) {
        return MTLTexture.create(origin, descriptor);
    }

    @Selector("newIndirectCommandBufferWithDescriptor:maxCommandCount:options:")
    MTLIndirectCommandBuffer newIndirectCommandBuffer(
            MTLIndirectCommandBufferDescriptor descriptor, long maxCommandCount, long optionBits) {
        return MTLIndirectCommandBuffer.create(origin, descriptor, maxCommandCount, optionBits);
    }

    @Selector("newArgumentEncoderWithBufferBinding:")
    MTLArgumentEncoder newArgumentEncoder(MTLBufferBinding binding) {
        return MTLArgumentEncoder.create(origin, binding.pointee());
    }

    @Selector("counterSets")
    NSArray counterSets() {
        return MTLCounterSet.all(runtime());
    }

    @Selector("supportsCounterSampling:")
    boolean supportsCounterSampling(long point) {
        return point == Mtl.MTLCounterSamplingPointAtStageBoundary()
                || point == Mtl.MTLCounterSamplingPointAtDispatchBoundary();
    }

    @Selector("newCounterSampleBufferWithDescriptor:error:")
    MTLCounterSampleBuffer newCounterSampleBuffer(MTLCounterSampleBufferDescriptor descriptor, ErrorReference error) {
        return MTLCounterSampleBuffer.create(origin, descriptor, error);
    }

    @Selector("sampleTimestamps:gpuTimestamp:")
    void sampleTimestamps(MemorySegment cpu, MemorySegment gpu) {
        long now = System.nanoTime();
        cpu.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, now);
        gpu.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, now);
    }

    @Selector("newResidencySetWithDescriptor:error:")
    MTLResidencySet newResidencySet(MTLResidencySetDescriptor descriptor, ErrorReference error) {
        return MTLResidencySet.create(origin, descriptor);
    }

    @Selector("newSamplerStateWithDescriptor:")
    MTLSamplerState newSamplerState(MTLSamplerDescriptor descriptor) {
        return MTLSamplerState.create(origin, descriptor);
    }

    @Selector("newHeapWithDescriptor:")
    MTLHeap newHeap(MTLHeapDescriptor descriptor) {
        return MTLHeap.create(origin, descriptor);
    }

    @Selector("newLibraryWithSource:options:error:")
    MTLLibrary newLibrary(NSString source, @Nullable MTLCompileOptions options, ErrorReference error) {
        return newLibrary(source.text(), options, error);
    }

    private MTLLibrary newLibrary(String source, MTLCompileOptions options, ErrorReference error) {
        if (options != null) {
            return MTLLibrary.compile(origin, source, options, error);
        }
        return withDefaultOptions(defaults -> MTLLibrary.compile(origin, source, defaults, error));
    }

    @Selector("newLibraryWithURL:error:")
    MTLLibrary newLibrary(NSURL url, ErrorReference error) {
        return withDefaultOptions(defaults -> MTLLibrary.load(origin, url.file(), defaults, error));
    }

    @Selector("newLibraryWithFile:error:")
    MTLLibrary newLibraryWithFile(NSString file, ErrorReference error) {
        return withDefaultOptions(defaults -> MTLLibrary.load(origin, Path.of(file.text()), defaults, error));
    }

    @Selector("newLibraryWithData:error:")
    MTLLibrary newLibrary(NSData data, ErrorReference error) {
        return withDefaultOptions(defaults -> MTLLibrary.load(origin, data.toArray(), defaults, error));
    }

    @Selector("newLibraryWithSource:options:completionHandler:")
    void newLibrary(NSString source, @Nullable MTLCompileOptions options, Block handler) {
        var text = source.text();
        Compilation.start(
                options == null ? source : options,
                error -> newLibrary(text, options, error),
                (library, error) -> handler.call(library, error));
    }

    @Selector("newComputePipelineStateWithDescriptor:options:completionHandler:")
    void newPipeline(MTLComputePipelineDescriptor descriptor, long options, Block handler) {
        var reflection = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
        Compilation.start(
                descriptor,
                error -> PipelineMaker.make(origin, descriptor, options, reflection, error),
                (pipeline, error) -> handler.call(
                        pipeline, Compilation.read(MTLComputePipelineReflection.class, reflection), error));
    }

    private MTLLibrary withDefaultOptions(Function<MTLCompileOptions, MTLLibrary> make) {
        var defaults = new MTLCompileOptions(runtime());
        try {
            return make.apply(defaults);
        } finally {
            defaults.releaseForClient();
        }
    }

    @Selector("newDynamicLibrary:error:")
    NSObject newDynamicLibrary(MTLLibrary library, ErrorReference error) {
        return refuseDynamicLibrary(error);
    }

    @Selector("newDynamicLibraryWithURL:error:")
    NSObject newDynamicLibrary(NSURL url, ErrorReference error) {
        return refuseDynamicLibrary(error);
    }

    private NSObject refuseDynamicLibrary(ErrorReference error) {
        long unsupported = 1; // MTLDynamicLibraryErrorUnsupported
        error.set(runtime(), "MTLDynamicLibraryDomain", unsupported, "the software Metal has no dynamic libraries");
        return null;
    }

    @Selector("newComputePipelineStateWithFunction:error:")
    MTLComputePipelineState newPipeline(MTLFunction function, ErrorReference error) {
        return PipelineMaker.make(origin, function, Mtl.MTLPipelineOptionNone(), MemorySegment.NULL, error);
    }

    @Selector("newComputePipelineStateWithFunction:options:reflection:error:")
    MTLComputePipelineState newPipeline(
            MTLFunction function, long options, MemorySegment reflection, ErrorReference error) {
        return PipelineMaker.make(origin, function, options, reflection, error);
    }

    @Selector("newComputePipelineStateWithDescriptor:options:reflection:error:")
    MTLComputePipelineState newPipeline(
            MTLComputePipelineDescriptor descriptor, long options, MemorySegment reflection, ErrorReference error) {
        return PipelineMaker.make(origin, descriptor, options, reflection, error);
    }

    @Selector("newBinaryArchiveWithDescriptor:error:")
    MTLBinaryArchive newBinaryArchive(MTLBinaryArchiveDescriptor descriptor, ErrorReference error) {
        return MTLBinaryArchive.create(origin, descriptor, error);
    }

    @Selector("newCommandQueue")
    MTLCommandQueue newCommandQueue() {
        return new MTLCommandQueue(origin, MTLCommandQueue.DEFAULT_MAX_COMMAND_BUFFERS);
    }

    @Selector("newCommandQueueWithMaxCommandBufferCount:")
    MTLCommandQueue newCommandQueue(long maxCommandBufferCount) {
        return new MTLCommandQueue(origin, maxCommandBufferCount);
    }

    @Selector("newCommandQueueWithDescriptor:")
    MTLCommandQueue newCommandQueue(MTLCommandQueueDescriptor descriptor) {
        return MTLCommandQueue.create(origin, descriptor);
    }

    @Selector("newLogStateWithDescriptor:error:")
    MTLLogState newLogState(MTLLogStateDescriptor descriptor, ErrorReference error) {
        return MTLLogState.create(origin, descriptor, error);
    }

    @Selector("newEvent")
    MTLEvent newEvent() {
        return new MTLEvent(origin);
    }

    @Selector("newSharedEvent")
    MTLSharedEvent newSharedEvent() {
        return new MTLSharedEvent(origin);
    }

    @Selector("newFence")
    MTLFence newFence() {
        return new MTLFence(origin);
    }

    @Override
    public String toString() {
        var text = super.toString();
        return text.substring(0, text.length() - 1) + " name=\"" + identity().name() + "\">";
    }
}
