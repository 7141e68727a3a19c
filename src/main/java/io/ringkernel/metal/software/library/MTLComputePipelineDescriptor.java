package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** What a compute pipeline is to be. */
public final class MTLComputePipelineDescriptor extends NSObject {
    private String label;
    private final Strong<MTLFunction> computeFunction = new Strong<>();
    private boolean multipleOfWidth;
    private long maxTotalThreads;
    private long maxCallStackDepth = 1;
    private boolean indirectCommandBuffers;
    private boolean addingBinaryFunctions;
    private final Strong<NSArray> preloadedLibraries = new Strong<>();
    private final Strong<MTLLinkedFunctions> linkedFunctions = new Strong<>();
    private final Strong<NSArray> binaryArchives = new Strong<>();
    private long shaderValidation;
    private final Strong<MTLPipelineBufferDescriptorArray> buffers;

    public MTLComputePipelineDescriptor(ObjectRuntime runtime) {
        super(runtime);
        buffers = Strong.owning(new MTLPipelineBufferDescriptorArray(runtime));
    }

    @Selector("label")
    String label() {
        return label;
    }

    @Selector("setLabel:")
    void setLabel(@Nullable NSString value) {
        label = value == null ? null : value.text();
    }

    @Selector("computeFunction")
    MTLFunction computeFunction() {
        return computeFunction.get();
    }

    @Selector("setComputeFunction:")
    void setComputeFunction(@Nullable MTLFunction value) {
        computeFunction.set(value);
    }

    @Selector("threadGroupSizeIsMultipleOfThreadExecutionWidth")
    boolean threadGroupSizeIsMultipleOfThreadExecutionWidth() {
        return multipleOfWidth;
    }

    @Selector("setThreadGroupSizeIsMultipleOfThreadExecutionWidth:")
    void setThreadGroupSizeIsMultipleOfThreadExecutionWidth(boolean value) {
        multipleOfWidth = value;
    }

    @Selector("maxTotalThreadsPerThreadgroup")
    long maxTotalThreadsPerThreadgroup() {
        return maxTotalThreads;
    }

    @Selector("setMaxTotalThreadsPerThreadgroup:")
    void setMaxTotalThreadsPerThreadgroup(long value) {
        maxTotalThreads = value;
    }

    @Selector("maxCallStackDepth")
    long maxCallStackDepth() {
        return maxCallStackDepth;
    }

    @Selector("setMaxCallStackDepth:")
    void setMaxCallStackDepth(long value) {
        maxCallStackDepth = value;
    }

    @Selector("supportIndirectCommandBuffers")
    boolean supportIndirectCommandBuffers() {
        return indirectCommandBuffers;
    }

    @Selector("setSupportIndirectCommandBuffers:")
    void setSupportIndirectCommandBuffers(boolean value) {
        indirectCommandBuffers = value;
    }

    @Selector("supportAddingBinaryFunctions")
    boolean supportAddingBinaryFunctions() {
        return addingBinaryFunctions;
    }

    @Selector("setSupportAddingBinaryFunctions:")
    void setSupportAddingBinaryFunctions(boolean value) {
        addingBinaryFunctions = value;
    }

    @Selector("preloadedLibraries")
    NSArray preloadedLibraries() {
        return preloadedLibraries.get();
    }

    @Selector("setPreloadedLibraries:")
    void setPreloadedLibraries(@Nullable NSArray value) {
        preloadedLibraries.set(value);
    }

    @Selector("linkedFunctions")
    MTLLinkedFunctions linkedFunctions() {
        return linkedFunctions.get();
    }

    @Selector("setLinkedFunctions:")
    void setLinkedFunctions(@Nullable MTLLinkedFunctions value) {
        linkedFunctions.set(value);
    }

    @Selector("binaryArchives")
    NSArray binaryArchives() {
        return binaryArchives.get();
    }

    @Selector("setBinaryArchives:")
    void setBinaryArchives(@Nullable NSArray value) {
        binaryArchives.set(value);
    }

    @Selector("shaderValidation")
    long shaderValidation() {
        return shaderValidation;
    }

    @Selector("setShaderValidation:")
    void setShaderValidation(long value) {
        shaderValidation = value;
    }

    @Selector("buffers")
    MTLPipelineBufferDescriptorArray buffers() {
        return buffers.get();
    }

    @Selector("reset")
    void reset() {
        var fresh = new MTLComputePipelineDescriptor(runtime());
        become(fresh);
        fresh.releaseForClient();
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLComputePipelineDescriptor(runtime());
        copy.become(this);
        return copy;
    }

    private void become(MTLComputePipelineDescriptor other) {
        label = other.label;
        computeFunction.set(other.computeFunction.get());
        multipleOfWidth = other.multipleOfWidth;
        maxTotalThreads = other.maxTotalThreads;
        maxCallStackDepth = other.maxCallStackDepth;
        indirectCommandBuffers = other.indirectCommandBuffers;
        addingBinaryFunctions = other.addingBinaryFunctions;
        preloadedLibraries.set(other.preloadedLibraries.get());
        linkedFunctions.set(other.linkedFunctions.get());
        binaryArchives.set(other.binaryArchives.get());
        shaderValidation = other.shaderValidation;
        buffers.set(other.buffers.get());
    }

    @Override
    protected void dealloc() {
        computeFunction.clear();
        preloadedLibraries.clear();
        linkedFunctions.clear();
        binaryArchives.clear();
        buffers.clear();
    }
}
