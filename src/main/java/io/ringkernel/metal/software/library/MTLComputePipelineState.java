package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslKernel;
import io.ringkernel.metal.software.foundation.Structs;
import io.ringkernel.metal.software.gpu.DeviceObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A kernel that is ready to be dispatched. */
public final class MTLComputePipelineState extends DeviceObject {
    private static final AtomicLong RESOURCE_IDS = new AtomicLong();
    private static final Map<Long, MTLComputePipelineState> FOR_COMMANDS = new ConcurrentHashMap<>();

    private final MslKernel kernel;
    private final Strong<MTLLibrary> library;
    private final Set<Integer> linkedFunctions;
    private final long maxTotalThreads;
    private final long shaderValidation;
    private final boolean indirectCommandBuffers;
    private final boolean multipleOfWidth;
    private final long resourceId = RESOURCE_IDS.incrementAndGet();

    private MTLComputePipelineState(
            Origin origin,
            MslKernel kernel,
            long maxTotalThreads,
            MTLComputePipelineDescriptor descriptor,
            Set<Integer> linkedFunctions) {
        super(origin);
        this.library = new Strong<>(descriptor.computeFunction().library());
        this.linkedFunctions = linkedFunctions;
        this.kernel = kernel;
        this.maxTotalThreads = maxTotalThreads;
        this.shaderValidation = descriptor.shaderValidation();
        this.indirectCommandBuffers = descriptor.supportIndirectCommandBuffers();
        this.multipleOfWidth = descriptor.threadGroupSizeIsMultipleOfThreadExecutionWidth();
        assignLabel(descriptor.label());
        if (indirectCommandBuffers) {
            FOR_COMMANDS.put(resourceId, this);
        }
    }

    /** The live pipeline with this number, if it supports indirect command buffers. */
    public static Optional<MTLComputePipelineState> find(long resourceId) {
        return Optional.ofNullable(FOR_COMMANDS.get(resourceId));
    }

    /** Makes a pipeline as described; throws {@link LibraryError}. */
    static MTLComputePipelineState create(Origin origin, MTLComputePipelineDescriptor descriptor) {
        var function = descriptor.computeFunction();
        var linked = descriptor.linkedFunctions();
        Set<MTLFunction> callable = linked == null ? Set.of() : linked.all();
        callable.forEach(each -> each.requireCallableFrom(function));
        var kernel = function.kernel();
        int limit = origin.gpu().limits().threadgroupMemory();
        if (kernel.staticThreadgroupMemoryLength() > limit) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorCompileFailure(),
                    "threadgroup memory of kernel '" + kernel.name() + "' is beyond the device's " + limit + " bytes: "
                            + kernel.staticThreadgroupMemoryLength());
        }
        int most = origin.gpu().limits().threadsPerThreadgroup();
        int declared = kernel.declaredMaxTotalThreads();
        if (declared > most) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorCompileFailure(),
                    "max_total_threads_per_threadgroup of kernel '" + kernel.name() + "' is beyond the device's " + most
                            + " threads: " + declared);
        }
        long threads = Math.min(kernel.maxTotalThreadsPerThreadgroup(), most);
        // The kernel's own attribute overrides the option of its library (MSL specification 5.1.12).
        threads = lower(threads, declared == 0 ? function.library().maxTotalThreads() : 0);
        threads = lower(threads, descriptor.maxTotalThreadsPerThreadgroup());
        var numbers = callable.stream().map(MTLFunction::visibleNumber).collect(Collectors.toSet());
        return new MTLComputePipelineState(origin, kernel, threads, descriptor, numbers);
    }

    /** The lesser of a limit and a wish; 0 is no wish. */
    private static long lower(long limit, long wish) {
        return wish == 0 ? limit : Math.min(limit, wish);
    }

    /** The code. */
    public MslKernel kernel() {
        return kernel;
    }

    /** Whether what the kernel logs goes anywhere: its library was compiled so. */
    public boolean logs() {
        return library.get().logs();
    }

    @Selector("threadExecutionWidth")
    long threadExecutionWidth() {
        return kernel.threadExecutionWidth();
    }

    @Selector("maxTotalThreadsPerThreadgroup")
    public long maxTotalThreadsPerThreadgroup() {
        return maxTotalThreads;
    }

    /** What the number of threads in a threadgroup must be a multiple of: 1 unless the client promised SIMD-groups. */
    public long threadgroupUnit() {
        return multipleOfWidth ? threadExecutionWidth() : 1;
    }

    @Selector("staticThreadgroupMemoryLength")
    long staticThreadgroupMemoryLength() {
        return kernel.staticThreadgroupMemoryLength();
    }

    @Selector("imageblockMemoryLengthForDimensions:")
    long imageblockMemoryLength(MemorySegment dimensions) {
        return 0;
    }

    @Selector("supportIndirectCommandBuffers")
    public boolean supportIndirectCommandBuffers() {
        return indirectCommandBuffers;
    }

    /** The number by which commands know the pipeline. */
    public long resourceId() {
        return resourceId;
    }

    @Selector("gpuResourceID")
    MemorySegment gpuResourceId() {
        return Structs.oneLong(resourceId);
    }

    @Selector("shaderValidation")
    long shaderValidation() {
        return shaderValidation;
    }

    @Selector("functionHandleWithFunction:")
    MTLFunctionHandle functionHandle(MTLFunction function) {
        int number = function.visibleNumber();
        return function.library() == library.get() && linkedFunctions.contains(number)
                ? runtime().autorelease(new MTLFunctionHandle(this, function.name(), number))
                : null;
    }

    @Selector("newVisibleFunctionTableWithDescriptor:")
    MTLVisibleFunctionTable newVisibleFunctionTable(MTLVisibleFunctionTableDescriptor descriptor) {
        return MTLVisibleFunctionTable.create(this, descriptor.functionCount());
    }

    @Override
    protected void dealloc() {
        FOR_COMMANDS.remove(resourceId);
        library.clear();
        super.dealloc();
    }
}
