package io.ringkernel.metal.software;

import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.software.foundation.FoundationConversions;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.foundation.RuntimeFunctions;
import io.ringkernel.metal.software.gpu.Faults;
import io.ringkernel.metal.software.gpu.Gpu;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.gpu.Recovery;
import io.ringkernel.metal.software.resource.TextureStructs;
import io.ringkernel.metal.software.runtime.Conversions;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.StubFactory;
import io.ringkernel.metal.software.runtime.Violation;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Metal in Java behind Objective-C messages: one machine with software devices, apart from any other in the JVM.
 *
 * <p><b>Strictness.</b> Whatever a client does that Metal's rules forbid is in {@link #violations()}; the message that
 * did it returned zero. {@link #liveObjects()} tells what a client has not released. Tests end with both empty.
 *
 * <p><b>Lifetime.</b> {@link #close()} unplugs the devices. Objects of a closed provider are unknown to every other.
 */
public final class SoftwareMetal extends ObjectiveC implements AutoCloseable {
    private static final StubFactory STUBS = new StubFactory(SoftwareTypes.all(), conversions());

    /** Exported variables that hold an NSString with their own name, the way Foundation and Metal define them. */
    private static final Set<String> DOMAINS = Set.of(
            "MTLBinaryArchiveDomain",
            "MTLCommandBufferErrorDomain",
            "MTLCommandBufferEncoderInfoErrorKey",
            "MTLDeviceErrorDomain",
            "MTLDynamicLibraryDomain",
            "MTLLibraryErrorDomain",
            "NSCocoaErrorDomain",
            "NSPOSIXErrorDomain");

    /** Exported variables that hold an NSString with another text. */
    private static final List<String> KEYS =
            List.of("NSLocalizedDescription", "NSLocalizedFailureReason", "NSUnderlyingError");

    private final ObjectRuntime runtime;
    private final List<MTLDevice> devices;
    private final List<Object> functions;
    private final ConcurrentHashMap<String, MemorySegment> symbols = new ConcurrentHashMap<>();

    private static Conversions conversions() {
        var conversions = FoundationConversions.create();
        TextureStructs.register(conversions);
        return conversions;
    }

    private SoftwareMetal(ObjectRuntime runtime, List<GpuConfiguration> configurations) {
        this.runtime = runtime;
        SoftwareTypes.define(runtime.classes());
        this.devices = configurations.stream()
                .map(configuration -> new MTLDevice(runtime, new Gpu(configuration)))
                .toList();
        devices.forEach(NSObject::makeInternal);
        this.functions = List.of(new RuntimeFunctions(runtime), new DeviceFunctions(runtime, devices));
    }

    /** A machine with these devices, the first of which is the default. */
    public static SoftwareMetal of(GpuConfiguration... devices) {
        return new SoftwareMetal(new ObjectRuntime(false), List.of(devices));
    }

    /** The same, for a search for leaks: every object remembers where it was created. Slower. */
    public static SoftwareMetal noting(GpuConfiguration... devices) {
        return new SoftwareMetal(new ObjectRuntime(true), List.of(devices));
    }

    @Override
    protected MemorySegment lookUpClass(String name) {
        var found = runtime.classes().named(name);
        return found == null ? MemorySegment.NULL : MemorySegment.ofAddress(found.address());
    }

    @Override
    protected MemorySegment registerSelector(String name) {
        return MemorySegment.ofAddress(runtime.selectors().register(name));
    }

    @Override
    protected MemorySegment functionFor(Message message) {
        return STUBS.stubFor(message);
    }

    @Override
    protected MemorySegment functionFor(MemorySegment receiver, String selector, FunctionDescriptor type) {
        return STUBS.stubFor(ObjectRuntime.object(NSObject.class, receiver.address()), selector, type);
    }

    @Override
    protected MemorySegment lookUpSymbol(String name) {
        return symbols.computeIfAbsent(name, this::makeSymbol);
    }

    private MemorySegment makeSymbol(String name) {
        var text = DOMAINS.contains(name) ? Optional.of(name) : keyText(name);
        if (text.isPresent()) {
            var constant = NSString.constant(runtime, text.get());
            return runtime.arena().allocateFrom(ValueLayout.JAVA_LONG, constant.address());
        }
        if (name.equals("_NSConcreteGlobalBlock") || name.equals("_NSConcreteStackBlock")) {
            return runtime.arena().allocate(ValueLayout.ADDRESS, 32);
        }
        return functions.stream()
                .flatMap(owner -> STUBS.export(owner, name, runtime.arena()).stream())
                .findFirst()
                .orElse(MemorySegment.NULL);
    }

    private static Optional<String> keyText(String symbol) {
        return KEYS.stream()
                .filter(text -> symbol.equals(text + "Key") || symbol.equals(text + "ErrorKey"))
                .findFirst();
    }

    /** Which messages exist here; a message without an answer cannot be bound. */
    public static boolean answers(Message message) {
        return STUBS.methodFor(message).isPresent();
    }

    /** Whether a C function exists here. */
    public boolean exports(CFunction function) {
        return lookUpSymbol(function.symbol()).address() != 0;
    }

    @Override
    public Arena arena() {
        return runtime.arena();
    }

    /** What clients did wrong so far, oldest first. */
    public List<Violation> violations() {
        return runtime.violations().all();
    }

    /** Returns what clients did wrong so far, and forgets it: for a test that does wrong on purpose. */
    public List<Violation> drainViolations() {
        return runtime.violations().drain();
    }

    /**
     * Objects that are alive though nothing but a client, or another such object, holds them; classes, constants and
     * the provider's own devices are not among them, unless a client owns a reference on a device.
     */
    public List<LiveObject> liveObjects() {
        return runtime.liveObjects().stream()
                .filter(object -> !object.isImmortal())
                .filter(object -> object.clientReferences() > 0 || !(object instanceof MTLDevice))
                .map(object -> new LiveObject(
                        object.toString(), object.clientReferences(), Optional.ofNullable(object.creation())))
                .toList();
    }

    /** What instrumented kernels found so far, device by device. */
    public List<SoftwareFinding> findings() {
        return devices.stream()
                .flatMap(device -> device.gpu().findings().all().stream())
                .map(counted -> SoftwareFinding.of(counted.finding(), counted.count()))
                .toList();
    }

    /** The faults that a test can make a device have. */
    public Faults faults(int device) {
        return devices.get(device).gpu().faults();
    }

    /** What a fault does to other command buffers of a device. */
    public Recovery recovery(int device) {
        return devices.get(device).gpu().recovery();
    }

    /** Unplugs the devices: work in flight fails. Idempotent. */
    @Override
    public void close() {
        devices.forEach(device -> device.gpu().faults().removeDevice());
        runtime.close();
    }
}
