package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setBinaryArchives;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setComputeFunction;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setLabel;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setLinkedFunctions;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setMaxCallStackDepth;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setMaxTotalThreadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setShaderValidation;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setSupportIndirectCommandBuffers;
import io.ringkernel.metal.bindings.MTLComputePipelineDescriptor_setThreadGroupSizeIsMultipleOfThreadExecutionWidth;
import io.ringkernel.metal.bindings.MTLComputePipelineReflection_bindings;
import io.ringkernel.metal.bindings.MTLComputePipelineState_gpuResourceID;
import io.ringkernel.metal.bindings.MTLComputePipelineState_maxTotalThreadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLComputePipelineState_shaderValidation;
import io.ringkernel.metal.bindings.MTLComputePipelineState_staticThreadgroupMemoryLength;
import io.ringkernel.metal.bindings.MTLComputePipelineState_supportIndirectCommandBuffers;
import io.ringkernel.metal.bindings.MTLComputePipelineState_threadExecutionWidth;
import io.ringkernel.metal.bindings.MTLDevice_newComputePipelineStateWithDescriptor_options_completionHandler;
import io.ringkernel.metal.bindings.MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error;
import io.ringkernel.metal.bindings.MTLLinkedFunctions_setFunctions;
import io.ringkernel.metal.bindings.MTLResourceID;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A function, compiled for one device and ready to run ({@code MTLComputePipelineState}), with what it says about
 * itself. Reflection is always read, because the checks before a dispatch need it.
 */
public final class MetalPipeline extends MetalObject {
    private static final Message NEW_PIPELINE =
            Message.of(MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error.class);
    private static final Message START_PIPELINE =
            Message.of(MTLDevice_newComputePipelineStateWithDescriptor_options_completionHandler.class);
    private static final long REFLECTION = Mtl.MTLPipelineOptionBindingInfo() | Mtl.MTLPipelineOptionBufferTypeInfo();
    private static final Message SET_VALIDATION = Message.of(MTLComputePipelineDescriptor_setShaderValidation.class);
    private static final Message VALIDATION = Message.of(MTLComputePipelineState_shaderValidation.class);
    private static final Message SET_LINKED = Message.of(MTLComputePipelineDescriptor_setLinkedFunctions.class);
    private static final Message SET_FUNCTIONS = Message.of(MTLLinkedFunctions_setFunctions.class);
    private static final Message SET_FUNCTION = Message.of(MTLComputePipelineDescriptor_setComputeFunction.class);
    private static final Message SET_LABEL = Message.of(MTLComputePipelineDescriptor_setLabel.class);
    private static final Message SET_MAX_THREADS =
            Message.of(MTLComputePipelineDescriptor_setMaxTotalThreadsPerThreadgroup.class);
    private static final Message SET_WHOLE_SIMDGROUPS =
            Message.of(MTLComputePipelineDescriptor_setThreadGroupSizeIsMultipleOfThreadExecutionWidth.class);
    private static final Message SET_STACK_DEPTH = Message.of(MTLComputePipelineDescriptor_setMaxCallStackDepth.class);
    private static final Message SET_INDIRECT_COMMANDS =
            Message.of(MTLComputePipelineDescriptor_setSupportIndirectCommandBuffers.class);
    private static final Message INDIRECT_COMMANDS =
            Message.of(MTLComputePipelineState_supportIndirectCommandBuffers.class);
    private static final Message RESOURCE_ID = Message.of(MTLComputePipelineState_gpuResourceID.class);
    private static final Message SET_ARCHIVES = Message.of(MTLComputePipelineDescriptor_setBinaryArchives.class);
    private static final Message BINDINGS = Message.of(MTLComputePipelineReflection_bindings.class);
    private static final Message WIDTH = Message.of(MTLComputePipelineState_threadExecutionWidth.class);
    private static final Message MAX_THREADS = Message.of(MTLComputePipelineState_maxTotalThreadsPerThreadgroup.class);
    private static final Message STATIC_MEMORY =
            Message.of(MTLComputePipelineState_staticThreadgroupMemoryLength.class);

    /** Hides latency on every GPU family, and leaves room for several threadgroups on a core. */
    private static final long PREFERRED_THREADS = 256;

    private final String label;
    private final boolean wholeSimdgroups;
    private final MetalLimits limits;
    private final MetalDevice device;
    /** The {@code NSArray} of the bindings' objects. */
    private Retained reflected;

    private final List<MetalBinding> bindings;
    private final int requiredBuffers;
    private final int requiredThreadgroupMemory;
    private final int requiredSamplers;
    private final List<MetalBinding> textures;
    private final int requiredTables;
    private final long[] bufferAlignments = new long[MetalLimits.BUFFER_SLOTS];
    private final long threadExecutionWidth;
    private final long maxTotalThreadsPerThreadgroup;
    private final long staticThreadgroupMemory;

    private MetalPipeline(
            Retained retained, MetalDevice device, String label, boolean wholeSimdgroups, List<MetalBinding> bindings) {
        super(retained);
        this.label = label;
        this.wholeSimdgroups = wholeSimdgroups;
        this.limits = device.limits();
        this.device = device;
        this.bindings = bindings;
        Arrays.fill(bufferAlignments, 1);
        bindings.stream()
                .filter(b -> b.kind() == MetalBinding.Kind.BUFFER)
                .forEach(b -> bufferAlignments[b.index()] = Math.max(1, b.alignment()));
        requiredBuffers = slots(MetalBinding.Kind.BUFFER);
        requiredThreadgroupMemory = slots(MetalBinding.Kind.THREADGROUP_MEMORY);
        requiredTables = slots(MetalBinding.Kind.FUNCTION_TABLE);
        requiredSamplers = slots(MetalBinding.Kind.SAMPLER);
        textures = bindings.stream()
                .filter(b -> b.kind() == MetalBinding.Kind.TEXTURE && b.isUsed())
                .toList();
        threadExecutionWidth = sendForLong(WIDTH, MTLComputePipelineState_threadExecutionWidth::invoke);
        maxTotalThreadsPerThreadgroup =
                sendForLong(MAX_THREADS, MTLComputePipelineState_maxTotalThreadsPerThreadgroup::invoke);
        staticThreadgroupMemory =
                sendForLong(STATIC_MEMORY, MTLComputePipelineState_staticThreadgroupMemoryLength::invoke);
    }

    private int slots(MetalBinding.Kind kind) {
        return bindings.stream()
                .filter(b -> b.kind() == kind && b.isUsed())
                .mapToInt(b -> 1 << b.index())
                .reduce(0, (a, b) -> a | b);
    }

    static MetalPipeline make(MetalDevice device, MetalFunction function, MetalPipelineOptions options) {
        function.requireReady();
        var objc = device.objc();
        requireThreads(device, options);
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var arena = Arena.ofConfined();
                var descriptor = newDescriptor(objc)) {
            describe(descriptor, device, function, options);
            var reflection = arena.allocate(ValueLayout.ADDRESS);
            var send = objc.bind(NEW_PIPELINE);
            var state = MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error.invoke(
                    send.function(),
                    receiver.id(),
                    send.selector(),
                    descriptor.id(),
                    REFLECTION,
                    reflection,
                    slot.address());
            if (ObjectiveC.isNil(state)) {
                throw new CompilationFailedException(
                        "making a pipeline of " + function.name(), MetalLibrary.errorOf(slot));
            }
            var retained = Retained.of(objc, NEW_PIPELINE, state);
            return of(retained, reflection.get(ValueLayout.ADDRESS, 0), device, labelOf(function, options), options);
        }
    }

    private static void requireThreads(MetalDevice device, MetalPipelineOptions options) {
        long most = device.limits().maxTotalThreadsPerThreadgroup();
        if (options.maxTotalThreadsPerThreadgroup() > most) {
            throw new IllegalArgumentException("maxTotalThreadsPerThreadgroup not in 1.." + most + " for " + device
                    + ": " + options.maxTotalThreadsPerThreadgroup());
        }
    }

    /** As {@link #make}, by Metal's own threads. */
    static CompletableFuture<MetalPipeline> start(
            MetalDevice device, MetalFunction function, MetalPipelineOptions options) {
        var objc = device.objc();
        requireThreads(device, options);
        var label = labelOf(function, options);
        var name = function.name();
        var result = new AsyncResult<MetalPipeline>();
        try (var receiver = device.receiver();
                var descriptor = newDescriptor(objc);
                var block = objc.blocks().ofDescribedResult(objects -> {
                    var state = AsyncResult.keep(objc, objects[0]);
                    var reflection = AsyncResult.keep(objc, objects[1]);
                    var error = AsyncResult.error(objc, objects[2]);
                    result.complete(objc, () -> {
                        if (state.isEmpty()) {
                            throw new CompilationFailedException("making a pipeline of " + name, error);
                        }
                        try (var lent = reflection.orElseThrow()) {
                            return of(state.get(), lent.id(), device, label, options);
                        }
                    });
                })) {
            describe(descriptor, device, function, options);
            var send = objc.bind(START_PIPELINE);
            MTLDevice_newComputePipelineStateWithDescriptor_options_completionHandler.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), REFLECTION, block.literal());
        }
        return result.future();
    }

    private static MetalPipeline of(
            Retained state, MemorySegment reflection, MetalDevice device, String label, MetalPipelineOptions options) {
        var objc = device.objc();
        var ask = objc.bind(BINDINGS);
        var array = MTLComputePipelineReflection_bindings.invoke(ask.function(), reflection, ask.selector());
        var bindings = NSArray.map(objc, array, binding -> Reflection.read(objc, binding));
        var pipeline = new MetalPipeline(state, device, label, options.wholeSimdgroups(), bindings);
        pipeline.reflected = Retained.borrowed(objc, array);
        return pipeline;
    }

    /** An empty descriptor, which the caller closes. */
    static Retained newDescriptor(ObjectiveC objc) {
        return NSObject.make(objc, "MTLComputePipelineDescriptor");
    }

    /**
     * An encoder for the struct that the function takes at a buffer index. It may be used after the pipeline is closed.
     *
     * @throws IllegalArgumentException if the function takes no struct there
     * @throws IllegalStateException after close
     * @throws DriverException if the device has no argument encoders
     */
    public MetalArgumentEncoder newArgumentEncoder(int bufferIndex) {
        return MetalArgumentEncoder.make(this, bufferIndex);
    }

    /**
     * A table for visible functions that this pipeline's kernel calls.
     *
     * @throws IllegalArgumentException if there is not at least one entry, or more than 1048576
     * @throws IllegalStateException after close
     * @throws DriverException if the device has no function tables
     */
    public MetalFunctionTable newFunctionTable(int functionCount) {
        return MetalFunctionTable.make(this, functionCount);
    }

    /**
     * A visible function that is linked into this pipeline, for its tables.
     *
     * @throws IllegalArgumentException if it was not among {@link MetalPipelineOptions#withLinkedFunctions}
     * @throws IllegalStateException after close
     */
    public MetalFunctionHandle functionHandle(MetalFunction function) {
        return MetalFunctionTable.handle(this, function);
    }

    /** The object of a binding, lent for a pool and until the pipeline is closed. */
    MemorySegment lentBinding(MetalBinding binding) {
        return NSArray.map(objc(), reflected.id(), id -> id).get(bindings.indexOf(binding));
    }

    MetalDevice device() {
        return device;
    }

    /** Gives the pipeline up. Idempotent. */
    @Override
    public void close() {
        super.close();
        try (var _ = AutoreleasePool.push(objc())) {
            reflected.close();
        }
    }

    private static String labelOf(MetalFunction function, MetalPipelineOptions options) {
        return options.label().isEmpty() ? function.name() : options.label();
    }

    /** Fills a descriptor for a receiver, with which function and archive must share the provider. */
    static void describe(
            Retained descriptor, MetalObject receiver, MetalFunction function, MetalPipelineOptions options) {
        var objc = descriptor.objectiveC();
        var id = descriptor.id();
        var setFunction = objc.bind(SET_FUNCTION);
        try (var held = function.heldFor(receiver)) {
            MTLComputePipelineDescriptor_setComputeFunction.invoke(
                    setFunction.function(), id, setFunction.selector(), held.id());
        }
        try (var text = NSString.of(objc, labelOf(function, options))) {
            var setLabel = objc.bind(SET_LABEL);
            MTLComputePipelineDescriptor_setLabel.invoke(setLabel.function(), id, setLabel.selector(), text.id());
        }
        var threads = objc.bind(SET_MAX_THREADS);
        MTLComputePipelineDescriptor_setMaxTotalThreadsPerThreadgroup.invoke(
                threads.function(), id, threads.selector(), options.maxTotalThreadsPerThreadgroup());
        var whole = objc.bind(SET_WHOLE_SIMDGROUPS);
        MTLComputePipelineDescriptor_setThreadGroupSizeIsMultipleOfThreadExecutionWidth.invoke(
                whole.function(), id, whole.selector(), options.wholeSimdgroups());
        var commands = objc.bind(SET_INDIRECT_COMMANDS);
        MTLComputePipelineDescriptor_setSupportIndirectCommandBuffers.invoke(
                commands.function(), id, commands.selector(), options.indirectCommands());
        var depth = objc.bind(SET_STACK_DEPTH);
        MTLComputePipelineDescriptor_setMaxCallStackDepth.invoke(
                depth.function(), id, depth.selector(), options.maxCallStackDepth());
        if (options.shaderValidation() != MetalShaderValidation.DEFAULT && objc.respondsTo(id, SET_VALIDATION)) {
            var validation = objc.bind(SET_VALIDATION);
            MTLComputePipelineDescriptor_setShaderValidation.invoke(
                    validation.function(),
                    id,
                    validation.selector(),
                    options.shaderValidation().code());
        }
        if (!options.linkedFunctions().isEmpty()) {
            link(descriptor, receiver, options.linkedFunctions());
        }
        options.archive().ifPresent(archive -> {
            var archives = objc.bind(SET_ARCHIVES);
            try (var held = archive.heldFor(receiver)) {
                MTLComputePipelineDescriptor_setBinaryArchives.invoke(
                        archives.function(), id, archives.selector(), NSArray.of(objc, List.of(held.id())));
            }
        });
    }

    private static void link(Retained descriptor, MetalObject receiver, List<MetalFunction> functions) {
        var objc = descriptor.objectiveC();
        try (var held = HeldObjects.of(receiver, functions);
                var linked = NSObject.make(objc, "MTLLinkedFunctions")) {
            var set = objc.bind(SET_FUNCTIONS);
            MTLLinkedFunctions_setFunctions.invoke(
                    set.function(), linked.id(), set.selector(), NSArray.of(objc, held.ids()));
            var link = objc.bind(SET_LINKED);
            MTLComputePipelineDescriptor_setLinkedFunctions.invoke(
                    link.function(), descriptor.id(), link.selector(), linked.id());
        }
    }

    /** Whether commands of a {@link MetalIndirectCommandBuffer} can run it. */
    public boolean supportsIndirectCommands() {
        return sendForBoolean(INDIRECT_COMMANDS, MTLComputePipelineState_supportIndirectCommandBuffers::invoke);
    }

    /**
     * The number by which kernels know the pipeline in an argument buffer (tier 2), as a {@code compute_pipeline_state}
     * of 8 bytes, to set it in commands.
     */
    public long gpuResourceId() {
        var send = objc().bind(RESOURCE_ID);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            return MTLResourceID._impl(MTLComputePipelineState_gpuResourceID.invoke(
                    send.function(), arena, receiver.id(), send.selector()));
        }
    }

    /** The name in tools and messages: the one that the options gave, or the function's. */
    public String label() {
        return label;
    }

    /** Threads that run together (a SIMD-group); threadgroups are fastest when their size is a multiple of it. */
    public long threadExecutionWidth() {
        return threadExecutionWidth;
    }

    /** The most threads that a threadgroup of this pipeline may have. */
    public long maxTotalThreadsPerThreadgroup() {
        return maxTotalThreadsPerThreadgroup;
    }

    /** Bytes of threadgroup memory that the function itself declares. */
    public long staticThreadgroupMemory() {
        return staticThreadgroupMemory;
    }

    /** What the pipeline was told of shader validation; {@link MetalShaderValidation#DEFAULT} before macOS 15. */
    public MetalShaderValidation shaderValidation() {
        try (var receiver = receiver()) {
            if (!objc().respondsTo(receiver.id(), VALIDATION)) {
                return MetalShaderValidation.DEFAULT;
            }
            var send = objc().bind(VALIDATION);
            return MetalShaderValidation.of(
                    MTLComputePipelineState_shaderValidation.invoke(send.function(), receiver.id(), send.selector()));
        }
    }

    /** The arguments that the function takes. */
    public List<MetalBinding> bindings() {
        return bindings;
    }

    /**
     * A threadgroup size that is legal for this pipeline and suits a grid: no wider than the grid where that is
     * allowed, a multiple of the thread execution width along x where the grid is that wide, then rows and layers.
     */
    public MetalSize threadgroupSizeFor(MetalSize grid) {
        var most = limits.maxThreadsPerThreadgroup();
        long threads = Math.min(PREFERRED_THREADS, maxTotalThreadsPerThreadgroup);
        long simdgroup = Math.min(threads, threadExecutionWidth);
        boolean isLine = grid.height() == 1 && grid.depth() == 1;
        long widest = Math.min(most.width(), isLine ? threads / simdgroup * simdgroup : simdgroup);
        long width = wholeSimdgroups ? widest : Math.min(widest, grid.width());
        long rows = Math.min(threads / width, Math.min(grid.height(), most.height()));
        long layers = Math.min(threads / width / rows, Math.min(grid.depth(), most.depth()));
        return new MetalSize(width, rows, layers);
    }

    boolean demandsWholeSimdgroups() {
        return wholeSimdgroups;
    }

    /** Bit n is set when the function uses the buffer at index n. */
    int requiredBuffers() {
        return requiredBuffers;
    }

    long bufferAlignment(int index) {
        return bufferAlignments[index];
    }

    /** Bit n is set when the function uses the threadgroup memory at index n. */
    int requiredThreadgroupMemory() {
        return requiredThreadgroupMemory;
    }

    /** Bit n is set when the function uses the sampler at index n. */
    int requiredSamplers() {
        return requiredSamplers;
    }

    /** Bit n is set when the function uses the function table at index n. */
    int requiredTables() {
        return requiredTables;
    }

    /** The textures that the function uses. */
    List<MetalBinding> textures() {
        return textures;
    }

    @Override
    public String toString() {
        return "MetalPipeline[" + label + "]";
    }
}
