package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.HandlerBlock;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.SystemDevices;
import io.ringkernel.metal.software.gpu.Faults;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of its own software machine: sends messages by name through the generated downcalls, inside one autorelease
 * pool. Closing it checks that the client did nothing wrong that the test did not ask for, and left nothing alive.
 */
final class TestClient implements AutoCloseable {
    static final long SHARED = Mtl.MTLResourceStorageModeShared();
    static final long MANAGED = Mtl.MTLResourceStorageModeManaged();
    static final long PRIVATE = Mtl.MTLResourceStorageModePrivate();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final SoftwareMetal metal;
    final MemorySegment device;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> owned = new ArrayList<>();
    private AutoreleasePool pool;

    TestClient(GpuConfiguration... devices) {
        metal = SoftwareMetal.noting(
                devices.length == 0 ? new GpuConfiguration[] {GpuConfiguration.unified()} : devices);
        device = SystemDevices.systemDefault(metal).orElseThrow().id();
        owned.add(device);
        pool = AutoreleasePool.push(metal);
    }

    /** Sends a message, named as its generated class; gives what {@code invoke} returns. */
    @SuppressWarnings("unchecked")
    <T> T send(String message, MemorySegment self, Object... arguments) {
        var generated = generated(message);
        var send = metal.bind(Message.of(generated));
        return (T) call(generated, send.function(), self, send.selector(), arguments);
    }

    /** Sends a message with a selector that need not be its own. */
    @SuppressWarnings("unchecked")
    <T> T sendAs(String message, MemorySegment selector, MemorySegment self, Object... arguments) {
        var generated = generated(message);
        return (T) call(generated, metal.bind(Message.of(generated)).function(), self, selector, arguments);
    }

    MemorySegment selectorOf(String message) {
        return metal.bind(Message.of(generated(message))).selector();
    }

    static Class<?> generated(String name) {
        try {
            return Class.forName(Mtl.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds a handler to a command buffer, and gives its block, which may be forgotten. */
    HandlerBlock onCompletion(MemorySegment commands, Runnable handler) {
        try (var block = metal.blocks().ofCommandBuffer(handler)) {
            send("MTLCommandBuffer_addCompletedHandler", commands, block.literal());
            return block;
        }
    }

    private Object call(
            Class<?> generated,
            MemorySegment function,
            MemorySegment self,
            MemorySegment selector,
            Object... arguments) {
        for (Method method : generated.getMethods()) {
            if (method.getName().equals("invoke")) {
                var all = new ArrayList<Object>();
                all.add(function);
                if (method.getParameterTypes()[1] == SegmentAllocator.class) {
                    all.add(arena);
                }
                all.add(self);
                all.add(selector);
                all.addAll(List.of(arguments));
                return invoke(method, all);
            }
        }
        throw new AssertionError("no invoke: " + generated);
    }

    private static Object invoke(Method method, List<Object> arguments) {
        try {
            return method.invoke(null, arguments.toArray());
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Releases an object when the client is closed. */
    MemorySegment owned(MemorySegment object) {
        assertThat(object.address()).as("an object").isNotZero();
        owned.add(object);
        return object;
    }

    void release(MemorySegment object) {
        owned.remove(object);
        metal.release(object);
    }

    MemorySegment string(String text) {
        return owned(NSString.of(metal, text).id());
    }

    String text(MemorySegment string) {
        return NSString.toJava(metal, string);
    }

    MemorySegment newObject(String className) {
        return owned(send("NSObject_new", metal.classNamed(className)));
    }

    MemorySegment buffer(long length, long options) {
        return owned(send("MTLDevice_newBufferWithLength_options", device, length, options));
    }

    /** The CPU's view of a buffer. */
    MemorySegment contents(MemorySegment buffer) {
        MemorySegment contents = send("MTLBuffer_contents", buffer);
        long length = send("MTLBuffer_length", buffer);
        return contents.asSlice(0, length);
    }

    MemorySegment queue() {
        return owned(send("MTLDevice_newCommandQueue", device));
    }

    MemorySegment commandBuffer(MemorySegment queue) {
        return send("MTLCommandQueue_commandBuffer", queue);
    }

    MemorySegment blit(MemorySegment commandBuffer) {
        return send("MTLCommandBuffer_blitCommandEncoder", commandBuffer);
    }

    MemorySegment compute(MemorySegment commandBuffer) {
        return send("MTLCommandBuffer_computeCommandEncoder", commandBuffer);
    }

    void end(MemorySegment encoder) {
        send("MTLCommandEncoder_endEncoding", encoder);
    }

    void commit(MemorySegment commandBuffer) {
        send("MTLCommandBuffer_commit", commandBuffer);
    }

    long finish(MemorySegment commandBuffer) {
        commit(commandBuffer);
        send("MTLCommandBuffer_waitUntilCompleted", commandBuffer);
        return status(commandBuffer);
    }

    long status(MemorySegment commandBuffer) {
        return send("MTLCommandBuffer_status", commandBuffer);
    }

    NSError error(MemorySegment commandBuffer) {
        return NSError.read(metal, send("MTLCommandBuffer_error", commandBuffer));
    }

    /** Native memory that lives as long as the client. */
    MemorySegment bytes(byte... values) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, values);
    }

    /** A zeroed slot for an error or another result. */
    MemorySegment slot() {
        return arena.allocate(ValueLayout.JAVA_LONG);
    }

    NSError errorIn(MemorySegment slot) {
        return NSError.read(metal, MemorySegment.ofAddress(slot.get(ValueLayout.JAVA_LONG, 0)));
    }

    MemorySegment objects(MemorySegment... ids) {
        var array = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, ids.length));
        for (int i = 0; i < ids.length; i++) {
            array.setAtIndex(ValueLayout.JAVA_LONG, i, ids[i].address());
        }
        return array;
    }

    MemorySegment range(long location, long length) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, location, length);
    }

    MemorySegment size(long width, long height, long depth) {
        return arena.allocateFrom(ValueLayout.JAVA_LONG, width, height, depth);
    }

    Arena arena() {
        return arena;
    }

    Faults faults() {
        return metal.faults(0);
    }

    /** Asserts that the client did exactly these things wrong, and forgets them. */
    void assertViolations(ViolationKind... kinds) {
        assertThat(metal.drainViolations())
                .extracting(violation -> violation.kind())
                .containsExactly(kinds);
    }

    /** Ends the pool and begins another. */
    void drainPool() {
        pool.close();
        pool = AutoreleasePool.push(metal);
    }

    @Override
    public void close() {
        pool.close();
        owned.reversed().forEach(metal::release);
        // The driver's own references go after its last handler.
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!metal.liveObjects().isEmpty() && System.nanoTime() < end) {
            Thread.yield();
        }
        assertThat(metal.violations()).as("violations").isEmpty();
        assertThat(metal.liveObjects()).as("live objects").isEmpty();
        metal.close();
        arena.close();
    }
}
