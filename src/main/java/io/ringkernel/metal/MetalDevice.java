package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLArchitecture_name;
import io.ringkernel.metal.bindings.MTLDevice_architecture;
import io.ringkernel.metal.bindings.MTLDevice_argumentBuffersSupport;
import io.ringkernel.metal.bindings.MTLDevice_currentAllocatedSize;
import io.ringkernel.metal.bindings.MTLDevice_hasUnifiedMemory;
import io.ringkernel.metal.bindings.MTLDevice_isHeadless;
import io.ringkernel.metal.bindings.MTLDevice_isLowPower;
import io.ringkernel.metal.bindings.MTLDevice_isRemovable;
import io.ringkernel.metal.bindings.MTLDevice_maxBufferLength;
import io.ringkernel.metal.bindings.MTLDevice_maxThreadgroupMemoryLength;
import io.ringkernel.metal.bindings.MTLDevice_maxThreadsPerThreadgroup;
import io.ringkernel.metal.bindings.MTLDevice_name;
import io.ringkernel.metal.bindings.MTLDevice_recommendedMaxWorkingSetSize;
import io.ringkernel.metal.bindings.MTLDevice_registryID;
import io.ringkernel.metal.bindings.MTLDevice_supportsCounterSampling;
import io.ringkernel.metal.bindings.MTLDevice_supportsFamily;
import io.ringkernel.metal.bindings.MTLDevice_supportsTextureSampleCount;
import io.ringkernel.metal.bindings.MTLSize;
import io.ringkernel.metal.objc.AppleObjectiveC;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.ObjectiveCUnavailableException;
import io.ringkernel.metal.objc.Retained;
import io.ringkernel.metal.objc.SystemDevices;
import io.ringkernel.metal.software.LiveObject;
import io.ringkernel.metal.software.SoftwareFinding;
import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A GPU ({@code MTLDevice}), or the software device that stands in for one when asked to.
 *
 * <p>{@link #systemDefault()} and {@link #all()} give Apple's devices, and fail where there are none; they never fall
 * back to software unasked. {@link #software()} gives the software device on any machine. A program that says nothing
 * about devices can be moved to the software device with {@code -Dringkernel.metal.device=software} or the environment
 * variable {@code RINGKERNEL_METAL_DEVICE=software}.
 *
 * <p><b>Lifetime.</b> Closing a device gives up this reference to it. What it made goes on working.
 */
public final class MetalDevice extends MetalObject {
    /** The system property that selects the device; the environment variable has the same values. */
    static final String DEVICE_PROPERTY = "ringkernel.metal.device";

    private static final String DEVICE_VARIABLE = "RINGKERNEL_METAL_DEVICE";

    private static final Message NAME = Message.of(MTLDevice_name.class);
    private static final Message REGISTRY_ID = Message.of(MTLDevice_registryID.class);
    private static final Message ARCHITECTURE = Message.of(MTLDevice_architecture.class);
    private static final Message ARCHITECTURE_NAME = Message.of(MTLArchitecture_name.class);
    private static final Message HAS_UNIFIED_MEMORY = Message.of(MTLDevice_hasUnifiedMemory.class);
    private static final Message IS_LOW_POWER = Message.of(MTLDevice_isLowPower.class);
    private static final Message IS_HEADLESS = Message.of(MTLDevice_isHeadless.class);
    private static final Message IS_REMOVABLE = Message.of(MTLDevice_isRemovable.class);
    private static final Message SUPPORTS_FAMILY = Message.of(MTLDevice_supportsFamily.class);
    private static final Message MAX_THREADS = Message.of(MTLDevice_maxThreadsPerThreadgroup.class);
    private static final Message MAX_THREADGROUP_MEMORY = Message.of(MTLDevice_maxThreadgroupMemoryLength.class);
    private static final Message MAX_BUFFER_LENGTH = Message.of(MTLDevice_maxBufferLength.class);
    private static final Message WORKING_SET = Message.of(MTLDevice_recommendedMaxWorkingSetSize.class);
    private static final Message ALLOCATED_SIZE = Message.of(MTLDevice_currentAllocatedSize.class);
    private static final Message SUPPORTS_SAMPLES = Message.of(MTLDevice_supportsTextureSampleCount.class);
    private static final Message SUPPORTS_SAMPLING = Message.of(MTLDevice_supportsCounterSampling.class);
    private static final Message ARGUMENT_BUFFERS = Message.of(MTLDevice_argumentBuffersSupport.class);

    private final String name;
    private final long registryId;
    private final boolean unifiedMemory;
    private final MetalLimits limits;

    private MetalDevice(Retained retained) {
        super(retained);
        name = sendForString(NAME, MTLDevice_name::invoke);
        registryId = sendForLong(REGISTRY_ID, MTLDevice_registryID::invoke);
        unifiedMemory = sendForBoolean(HAS_UNIFIED_MEMORY, MTLDevice_hasUnifiedMemory::invoke);
        limits = readLimits();
    }

    /**
     * The system's preferred device, or the software device when the program was started with the property or variable
     * that asks for it.
     *
     * @throws BackendUnavailableException if there is no Metal device; the message says why and what to do
     * @throws IllegalArgumentException if the property or variable has a value that is neither {@code software} nor
     *     {@code default}
     */
    public static MetalDevice systemDefault() {
        if (softwareIsAskedFor()) {
            return software();
        }
        return apply(SystemDevices::systemDefault)
                .map(MetalDevice::new)
                .orElseThrow(
                        () -> new BackendUnavailableException("macOS reports no Metal device in this session", null));
    }

    /**
     * Every Metal device of this machine, or the software device alone when the program was started with the property
     * or variable that asks for it. The caller closes each of them.
     *
     * @return a list that may be empty on macOS
     * @throws BackendUnavailableException if this is not macOS or Metal cannot be loaded
     * @throws IllegalArgumentException as {@link #systemDefault()}
     */
    public static List<MetalDevice> all() {
        if (softwareIsAskedFor()) {
            return List.of(software());
        }
        return apply(SystemDevices::all).stream().map(MetalDevice::new).toList();
    }

    /**
     * The software device: Metal in Java, on any machine. Each call gives a new reference to the same device, as
     * {@link #systemDefault()} does.
     *
     * @throws BackendUnavailableException if this JVM does not let the module call native code
     */
    public static MetalDevice software() {
        try {
            return of(SoftwareProvider.get());
        } catch (ObjectiveCUnavailableException e) {
            throw new BackendUnavailableException(e);
        }
    }

    /**
     * A software device of its own, apart from every other: objects of one are no use to another.
     *
     * @throws BackendUnavailableException if this JVM does not let the module call native code
     */
    public static MetalDevice software(SoftwareDeviceOptions options) {
        var checks = options.checks();
        var configuration = GpuConfiguration.unified()
                .withChecks(
                        checks.contains(SoftwareDeviceOptions.Check.RACES),
                        checks.contains(SoftwareDeviceOptions.Check.UNDEFINED),
                        checks.contains(SoftwareDeviceOptions.Check.LANES));
        try {
            return of(SoftwareMetal.of(configuration));
        } catch (ObjectiveCUnavailableException e) {
            throw new BackendUnavailableException(e);
        }
    }

    /**
     * What kernels were found to do wrong so far, oldest first: with checks, on the software device. Complete for work
     * that has completed.
     */
    public List<MetalFinding> findings() {
        return objc() instanceof SoftwareMetal software
                ? software.findings().stream().map(SoftwareFindings::convert).toList()
                : List.of();
    }

    /**
     * The objects that a program made on the software device and has not closed, in words; this reference to the device
     * is one. Empty on other devices.
     */
    public List<String> openObjects() {
        return objc() instanceof SoftwareMetal software
                ? software.liveObjects().stream().map(LiveObject::description).toList()
                : List.of();
    }

    /** Whether {@link #systemDefault()} has a device to give. Never throws. */
    public static boolean isAvailable() {
        return unavailableReason().isEmpty();
    }

    /**
     * Why {@link #systemDefault()} has no device to give, in words for the user; empty when it has one. Never throws.
     */
    public static Optional<String> unavailableReason() {
        try (var _ = systemDefault()) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The default device of a provider. */
    static MetalDevice of(ObjectiveC objc) {
        return SystemDevices.systemDefault(objc)
                .map(MetalDevice::new)
                .orElseThrow(() -> new BackendUnavailableException("the provider has no device", null));
    }

    private static boolean softwareIsAskedFor() {
        var asked = System.getProperty(DEVICE_PROPERTY, System.getenv().getOrDefault(DEVICE_VARIABLE, "default"));
        return switch (asked) {
            case "software" -> true;
            case "default" -> false;
            default ->
                throw new IllegalArgumentException(DEVICE_PROPERTY + " is neither software nor default: " + asked);
        };
    }

    private static <T> T apply(Function<ObjectiveC, T> question) {
        try {
            return question.apply(AppleObjectiveC.load());
        } catch (ObjectiveCUnavailableException e) {
            throw new BackendUnavailableException(e);
        }
    }

    /** The name that people know the GPU by. */
    public String name() {
        return name;
    }

    /** The GPU's number in the system, the same for every process; an unsigned 64-bit value. */
    public long registryId() {
        return registryId;
    }

    /**
     * Whether this stands for the same device as another one: then each can use what the other made. Software devices
     * are all different. May be called after close.
     */
    public boolean isSameAs(MetalDevice other) {
        return objc() == other.objc() && registryId == other.registryId;
    }

    /** The GPU's architecture, such as {@code applegpu_g13s}; empty before macOS 14. */
    public String architecture() {
        try (var receiver = receiver()) {
            if (!objc().respondsTo(receiver.id(), ARCHITECTURE)) {
                return "";
            }
            var architecture = receiver.lent(ARCHITECTURE, MTLDevice_architecture::invoke);
            var send = objc().bind(ARCHITECTURE_NAME);
            return NSString.toJava(objc(), MTLArchitecture_name.invoke(send.function(), architecture, send.selector()));
        }
    }

    /** Whether CPU and GPU share all memory, as on Apple silicon. */
    public boolean hasUnifiedMemory() {
        return unifiedMemory;
    }

    /** Whether this is the power-saving one of two GPUs. */
    public boolean isLowPower() {
        return sendForBoolean(IS_LOW_POWER, MTLDevice_isLowPower::invoke);
    }

    /** Whether no display can be attached. */
    public boolean isHeadless() {
        return sendForBoolean(IS_HEADLESS, MTLDevice_isHeadless::invoke);
    }

    /** Whether the user can unplug the GPU. */
    public boolean isRemovable() {
        return sendForBoolean(IS_REMOVABLE, MTLDevice_isRemovable::invoke);
    }

    /** Whether the GPU has the features of a family. */
    public boolean supports(MetalGpuFamily family) {
        var send = objc().bind(SUPPORTS_FAMILY);
        try (var receiver = receiver()) {
            return MTLDevice_supportsFamily.invoke(send.function(), receiver.id(), send.selector(), family.code());
        }
    }

    /** Every family whose features the GPU has. */
    public Set<MetalGpuFamily> families() {
        var families = EnumSet.noneOf(MetalGpuFamily.class);
        for (var family : MetalGpuFamily.values()) {
            if (supports(family)) {
                families.add(family);
            }
        }
        return families;
    }

    /** What the device allows. */
    public MetalLimits limits() {
        return limits;
    }

    /** Bytes that this process has allocated on the device. */
    public long currentAllocatedSize() {
        return sendForLong(ALLOCATED_SIZE, MTLDevice_currentAllocatedSize::invoke);
    }

    /** Name, kind, families and limits in a few lines for people. */
    public String capabilities() {
        var kind = new ArrayList<String>();
        kind.add(hasUnifiedMemory() ? "unified memory" : "memory of its own");
        if (isLowPower()) {
            kind.add("low power");
        }
        if (isHeadless()) {
            kind.add("headless");
        }
        if (isRemovable()) {
            kind.add("removable");
        }
        return """
                %s (%s), registry id 0x%x
                  families: %s
                  threads per threadgroup: %s; threadgroup memory: %d bytes
                  largest buffer: %d MiB; recommended working set: %d MiB; allocated: %d KiB
                  argument buffers: tier %d""".formatted(
                        name,
                        String.join(", ", kind),
                        registryId(),
                        families(),
                        limits.maxThreadsPerThreadgroup(),
                        limits.maxThreadgroupMemory(),
                        limits.maxBufferLength() >> 20,
                        limits.recommendedMaxWorkingSet() >> 20,
                        currentAllocatedSize() >> 10,
                        limits.argumentBufferTier());
    }

    /**
     * A buffer in shared memory, all zero.
     *
     * @throws IllegalArgumentException if the size is not in 1..{@link MetalLimits#maxBufferLength()}
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalBuffer newBuffer(long byteSize) {
        return newBuffer(byteSize, MetalStorageMode.SHARED);
    }

    /**
     * A buffer, all zero.
     *
     * @throws IllegalArgumentException if the size is not in 1..{@link MetalLimits#maxBufferLength()}, or the mode is
     *     managed on a device with unified memory
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalBuffer newBuffer(long byteSize, MetalStorageMode mode) {
        return newBuffer(byteSize, MetalResourceOptions.of(mode));
    }

    /**
     * A buffer, all zero, whose memory is kept in this way.
     *
     * @throws IllegalArgumentException as {@link #newBuffer(long, MetalStorageMode)}
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalBuffer newBuffer(long byteSize, MetalResourceOptions options) {
        return BufferAllocation.make(this, byteSize, options);
    }

    /**
     * A buffer in shared memory with a copy of these bytes.
     *
     * @throws IllegalArgumentException if the segment's size is not in 1..{@link MetalLimits#maxBufferLength()}
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalBuffer newBuffer(MemorySegment bytes) {
        var buffer = newBuffer(bytes.byteSize());
        buffer.contents().copyFrom(bytes);
        return buffer;
    }

    /**
     * A buffer in shared memory with a copy of these bytes; MSL reads them as {@code char}, {@code uchar} or
     * {@code bool}.
     *
     * @throws IllegalArgumentException if the array is empty or larger than {@link MetalLimits#maxBufferLength()}
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalBuffer newBufferOf(byte... values) {
        return newBuffer(MemorySegment.ofArray(values));
    }

    /**
     * As {@link #newBufferOf(byte...)}, of shorts, which MSL reads as {@code short} or {@code ushort}, or as
     * {@code half} if {@link Float#floatToFloat16} made them.
     */
    public MetalBuffer newBufferOf(short... values) {
        return newBuffer(MemorySegment.ofArray(values));
    }

    /** As {@link #newBufferOf(byte...)}, of ints, which MSL reads as {@code int} or {@code uint}. */
    public MetalBuffer newBufferOf(int... values) {
        return newBuffer(MemorySegment.ofArray(values));
    }

    /** As {@link #newBufferOf(byte...)}, of longs, which MSL reads as {@code long} or {@code ulong}. */
    public MetalBuffer newBufferOf(long... values) {
        return newBuffer(MemorySegment.ofArray(values));
    }

    /** As {@link #newBufferOf(byte...)}, of floats. */
    public MetalBuffer newBufferOf(float... values) {
        return newBuffer(MemorySegment.ofArray(values));
    }

    /**
     * A texture of the device. Its texels are undefined at first.
     *
     * @throws IllegalArgumentException if the descriptor names a storage that textures of this device do not have
     * @throws DriverException if the device cannot make it: its format or size is not one of the device's, or there is
     *     no memory
     */
    public MetalTexture newTexture(MetalTextureDescriptor descriptor) {
        return MetalTexture.allocate(this, descriptor);
    }

    /**
     * A sampler, also for argument buffers.
     *
     * @throws IllegalArgumentException if coordinates that count texels come with mipmaps, different filters, or an
     *     address mode that repeats or mirrors
     */
    public MetalSampler newSampler(MetalSamplerDescriptor descriptor) {
        return MetalSampler.make(this, descriptor);
    }

    /**
     * The alignment in bytes of offset and rows of a rectangle of texels over a buffer.
     *
     * @throws IllegalArgumentException if there are no such textures of the format: depth, stencil, compressed
     */
    public long minimumTextureAlignment(MetalPixelFormat format) {
        return ResourceSizes.alignmentOfRectangle(this, format);
    }

    /** As {@link #minimumTextureAlignment}, of a texture buffer. */
    public long minimumTextureBufferAlignment(MetalPixelFormat format) {
        return ResourceSizes.alignmentOfTextureBuffer(this, format);
    }

    /** Whether multisample textures may have so many samples for each texel. */
    public boolean supportsSampleCount(int samples) {
        var send = objc().bind(SUPPORTS_SAMPLES);
        try (var receiver = receiver()) {
            return MTLDevice_supportsTextureSampleCount.invoke(
                    send.function(), receiver.id(), send.selector(), samples);
        }
    }

    /**
     * A buffer over memory that the caller keeps: nothing is copied. The memory must stay allocated, and its arena
     * open, until the buffer was closed and all work that uses it has completed. Once the arena is closed, access to
     * the contents, binding, and the commit of what was bound before are refused. What nobody can refuse is to close
     * the arena while committed work uses it: that may end the process.
     *
     * @throws IllegalArgumentException if the segment is not native or not writable, its address or size is not a
     *     multiple of {@link #pageSize()}, or it is empty or larger than {@link MetalLimits#maxBufferLength()}
     * @throws OutOfMemoryException if the device cannot map it
     */
    public MetalBuffer newBufferNoCopy(MemorySegment memory) {
        return BufferAllocation.over(this, memory);
    }

    /** Alignment of address and size that {@link #newBufferNoCopy} demands. */
    public long pageSize() {
        return BufferAllocation.pageSize(objc());
    }

    /**
     * A heap that finds the place of each resource itself, and tracks hazards as the device does.
     *
     * @throws IllegalArgumentException if the size is below 1, the mode is managed, or it is shared and this device has
     *     no unified memory
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalHeap newHeap(long byteSize, MetalStorageMode mode) {
        return newHeap(MetalHeapDescriptor.of(byteSize, mode).withHazardTracking(MetalHazardTracking.TRACKED));
    }

    /**
     * A heap.
     *
     * @throws IllegalArgumentException if it is to be shared and this device has no unified memory
     * @throws OutOfMemoryException if the device cannot allocate it
     */
    public MetalHeap newHeap(MetalHeapDescriptor descriptor) {
        return MetalHeap.allocate(this, descriptor);
    }

    /**
     * The room that a buffer takes in a heap.
     *
     * @throws IllegalArgumentException if the size is not in 1..{@link MetalLimits#maxBufferLength()}
     */
    public MetalSizeAndAlign bufferSizeAndAlign(long byteSize, MetalResourceOptions options) {
        return ResourceSizes.ofBuffer(this, byteSize, options);
    }

    /** The room that a texture takes in a heap. */
    public MetalSizeAndAlign textureSizeAndAlign(MetalTextureDescriptor descriptor) {
        return ResourceSizes.ofTexture(this, descriptor);
    }

    /**
     * Compiles source with the default options.
     *
     * @throws CompilationFailedException if the source is not valid MSL; it carries line, column and text
     */
    public MetalLibrary newLibrary(String source) {
        return newLibrary(source, MetalCompileOptions.defaults());
    }

    /**
     * Compiles source.
     *
     * @throws CompilationFailedException if the source is not valid MSL; it carries line, column and text
     */
    public MetalLibrary newLibrary(String source, MetalCompileOptions options) {
        return MetalLibrary.compile(this, source, options);
    }

    /**
     * Loads a compiled library from a metallib file.
     *
     * @throws DriverException if there is no such file, or the device cannot read it
     */
    public MetalLibrary newLibrary(Path metallib) {
        return MetalLibrary.load(this, metallib);
    }

    /**
     * Loads a compiled library from the bytes of a metallib file.
     *
     * @throws DriverException if the device cannot read them
     */
    public MetalLibrary newLibrary(byte[] metallib) {
        return MetalLibrary.load(this, metallib);
    }

    /**
     * Makes a function into a pipeline with default options.
     *
     * @throws CompilationFailedException if the function cannot run on this device
     */
    public MetalPipeline newPipeline(MetalFunction function) {
        return newPipeline(function, MetalPipelineOptions.defaults());
    }

    /**
     * Makes a function into a pipeline.
     *
     * @throws CompilationFailedException if the function cannot run on this device with these options
     */
    public MetalPipeline newPipeline(MetalFunction function, MetalPipelineOptions options) {
        return MetalPipeline.make(this, function, options);
    }

    /**
     * Compiles source on threads of Metal's own.
     *
     * @return completes with the library, on a thread where it may be waited; fails with
     *     {@link CompilationFailedException}. Whoever cancels it need not close the library.
     */
    public CompletableFuture<MetalLibrary> newLibraryAsync(String source, MetalCompileOptions options) {
        return MetalLibrary.start(this, source, options);
    }

    /**
     * Makes a function into a pipeline on threads of Metal's own. The function may be closed at once.
     *
     * @return completes with the pipeline, on a thread where it may be waited; fails with
     *     {@link CompilationFailedException}. Whoever cancels it need not close the pipeline.
     */
    public CompletableFuture<MetalPipeline> newPipelineAsync(MetalFunction function, MetalPipelineOptions options) {
        return MetalPipeline.start(this, function, options);
    }

    /** Whether kernels can log: since macOS 15. */
    public boolean supportsLogging() {
        return MetalLogState.isSupportedBy(this);
    }

    /**
     * Where kernels log to, for {@link #newCommandQueue(int, MetalLogState)}: a handler of the caller's.
     *
     * @param level the least level that is logged
     * @param bufferSize bytes of messages that a command buffer can hold, at least 1024; what goes beyond is lost
     * @throws IllegalArgumentException if the size is below 1024
     * @throws UnsupportedOperationException before macOS 15
     * @throws DriverException if the device cannot make it
     */
    public MetalLogState newLogState(MetalLogLevel level, int bufferSize, MetalLogHandler handler) {
        return MetalLogState.make(this, level, bufferSize, handler);
    }

    /** As {@link #newLogState(MetalLogLevel, int, MetalLogHandler)}, to SLF4J: {@link MetalLogHandler#toSlf4j()}. */
    public MetalLogState newLogState(MetalLogLevel level, int bufferSize) {
        return newLogState(level, bufferSize, MetalLogHandler.toSlf4j());
    }

    /**
     * A queue whose kernels log.
     *
     * @param maxCommandBuffers how many command buffers may exist that have not completed
     * @throws IllegalArgumentException if the number is not in 1..4096
     */
    public MetalCommandQueue newCommandQueue(int maxCommandBuffers, MetalLogState log) {
        return MetalCommandQueue.make(this, maxCommandBuffers, Optional.of(log));
    }

    /** A queue that has at most 64 command buffers under way. */
    public MetalCommandQueue newCommandQueue() {
        return newCommandQueue(MetalCommandQueue.DEFAULT_CAPACITY);
    }

    /**
     * A queue.
     *
     * @param maxCommandBuffers how many command buffers may exist that have not completed
     * @throws IllegalArgumentException if the number is not in 1..4096
     */
    public MetalCommandQueue newCommandQueue(int maxCommandBuffers) {
        return MetalCommandQueue.make(this, maxCommandBuffers, Optional.empty());
    }

    /** An event between queues of this device. */
    public MetalEvent newEvent() {
        return MetalEvent.make(this);
    }

    /** An event between devices and the CPU; its value starts at 0. */
    public MetalSharedEvent newSharedEvent() {
        return MetalSharedEvent.make(this);
    }

    /**
     * Room for commands that the CPU and kernels encode, each of which must be reset or encoded before it is executed.
     *
     * @throws IllegalArgumentException if the number is below 1, or the storage managed
     * @throws OutOfMemoryException if the device has no memory
     */
    public MetalIndirectCommandBuffer newIndirectCommandBuffer(
            MetalIndirectCommandBufferDescriptor descriptor, long commandCount, MetalStorageMode mode) {
        return MetalIndirectCommandBuffer.make(this, descriptor, commandCount, mode);
    }

    /** A fence between encoders. */
    public MetalFence newFence() {
        return MetalFence.make(this);
    }

    /** What the GPU can count; empty where it tells nothing. */
    public List<MetalCounterSet> counterSets() {
        return MetalCounterSet.of(this);
    }

    /** Whether the GPU samples counters there. */
    public boolean supportsCounterSampling(MetalCounterSamplingPoint point) {
        var send = objc().bind(SUPPORTS_SAMPLING);
        try (var receiver = receiver()) {
            return MTLDevice_supportsCounterSampling.invoke(
                    send.function(), receiver.id(), send.selector(), point.code());
        }
    }

    /** @throws UnsupportedOperationException if the GPU does not sample counters there */
    void requireCounterSampling(MetalCounterSamplingPoint point) {
        if (!supportsCounterSampling(point)) {
            throw new UnsupportedOperationException(this + " samples no counters at " + point);
        }
    }

    /**
     * Room for samples of counters.
     *
     * @throws java.util.NoSuchElementException if the device has no set of that name
     * @throws IllegalArgumentException if there is not at least one sample, or they take more than 32 KiB
     * @throws DriverException if the device cannot make it
     */
    public MetalCounterSampleBuffer newCounterSampleBuffer(MetalCounterSet counters, int sampleCount) {
        return MetalCounterSampleBuffer.make(this, counters, sampleCount, "");
    }

    /** The clocks of CPU and GPU now. */
    public MetalTimestamps sampleTimestamps() {
        return MetalTimestamps.of(this);
    }

    /** Whether there are residency sets: since macOS 15. */
    public boolean supportsResidencySets() {
        return MetalResidencySet.isSupportedBy(this);
    }

    /**
     * An empty residency set.
     *
     * @param label the name in tools and messages
     * @param initialCapacity how many resources and heaps it is made for; it takes more
     * @throws IllegalArgumentException if the capacity is negative
     * @throws UnsupportedOperationException before macOS 15
     * @throws DriverException if the device cannot make it
     */
    public MetalResidencySet newResidencySet(String label, int initialCapacity) {
        return MetalResidencySet.make(this, label, initialCapacity);
    }

    /** An empty archive for compiled pipelines. */
    public MetalBinaryArchive newBinaryArchive() {
        return MetalBinaryArchive.make(this, Optional.empty());
    }

    /**
     * An archive with the compiled pipelines of a file.
     *
     * @throws DriverException if there is no such file or it is no archive for this device
     */
    public MetalBinaryArchive newBinaryArchive(Path file) {
        return MetalBinaryArchive.make(this, Optional.of(file));
    }

    private MetalLimits readLimits() {
        return new MetalLimits(
                maxThreadsPerThreadgroup(),
                sendForLong(MAX_THREADGROUP_MEMORY, MTLDevice_maxThreadgroupMemoryLength::invoke),
                sendForLong(MAX_BUFFER_LENGTH, MTLDevice_maxBufferLength::invoke),
                sendForLong(WORKING_SET, MTLDevice_recommendedMaxWorkingSetSize::invoke),
                (int) sendForLong(ARGUMENT_BUFFERS, MTLDevice_argumentBuffersSupport::invoke) + 1);
    }

    private MetalSize maxThreadsPerThreadgroup() {
        var send = objc().bind(MAX_THREADS);
        try (var arena = Arena.ofConfined();
                var receiver = receiver()) {
            var size =
                    MTLDevice_maxThreadsPerThreadgroup.invoke(send.function(), arena, receiver.id(), send.selector());
            return new MetalSize(MTLSize.width(size), MTLSize.height(size), MTLSize.depth(size));
        }
    }

    @Override
    public String toString() {
        return "MetalDevice[" + name + "]";
    }

    /** Findings of a software device in the words of this package. */
    private static final class SoftwareFindings {
        private static MetalFinding convert(SoftwareFinding finding) {
            return new MetalFinding(
                    MetalFinding.Kind.valueOf(finding.kind()),
                    finding.kernel(),
                    finding.first().map(SoftwareFindings::convert),
                    convert(finding.second()),
                    finding.memory(),
                    finding.offset(),
                    finding.count(),
                    finding.report());
        }

        private static MetalFinding.Access convert(SoftwareFinding.Access access) {
            return new MetalFinding.Access(
                    access.line(),
                    access.isWrite(),
                    access.isAtomic(),
                    convert(access.inGrid()),
                    convert(access.inThreadgroup()),
                    convert(access.threadgroup()));
        }

        private static MetalFinding.Position convert(SoftwareFinding.Position position) {
            return new MetalFinding.Position(position.x(), position.y(), position.z());
        }
    }

    /** The provider behind {@link #software()}, started when first asked for. */
    private static final class SoftwareProvider {
        private static final ObjectiveC INSTANCE;
        private static final ObjectiveCUnavailableException FAILURE;

        // A failure here would be told once, and afterwards be a class that could not be initialised.
        static {
            ObjectiveC instance = null;
            ObjectiveCUnavailableException failure = null;
            try {
                instance = SoftwareMetal.of(GpuConfiguration.unified());
            } catch (ObjectiveCUnavailableException e) {
                failure = e;
            }
            INSTANCE = instance;
            FAILURE = failure;
        }

        private static ObjectiveC get() {
            if (FAILURE != null) {
                throw FAILURE.again();
            }
            return INSTANCE;
        }
    }
}
