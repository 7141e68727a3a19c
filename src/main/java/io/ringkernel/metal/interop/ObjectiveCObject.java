package io.ringkernel.metal.interop;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalObject;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Introspection;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Ownership;
import io.ringkernel.metal.objc.Retained;
import io.ringkernel.metal.objc.WrapperAccess;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * A reference to an Objective-C object, given back by {@link #close()}.
 *
 * <p><b>Lifetime.</b> The object stays alive at least until this is closed, whoever closes the wrapper that it came
 * from. Closing is idempotent; use after it throws {@link IllegalStateException}.
 *
 * <p><b>Threads.</b> Many threads may hold and close one; what may be sent to it from which thread is the object's
 * rule.
 */
public final class ObjectiveCObject implements AutoCloseable {
    static {
        try {
            MethodHandles.lookup().ensureInitialized(MetalObject.class);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Retained retained;

    private ObjectiveCObject(Retained retained) {
        this.retained = retained;
    }

    /**
     * The object behind a wrapper.
     *
     * @throws IllegalStateException if the wrapper is closed
     */
    public static ObjectiveCObject of(MetalObject wrapper) {
        var behind = WrapperAccess.get().retained(wrapper);
        var objc = behind.objectiveC();
        var id = behind.acquire();
        try (var _ = AutoreleasePool.push(objc)) {
            return new ObjectiveCObject(Retained.borrowed(objc, id));
        } finally {
            behind.release();
        }
    }

    /**
     * The class of a name, for messages to the class itself, such as {@code alloc}.
     *
     * @param device says which Objective-C runtime is meant: Apple's, or a software device's
     * @throws UnsupportedOperationException if there is no such class; on macOS it may be in a framework that is not
     *     loaded
     */
    public static ObjectiveCObject ofClass(MetalDevice device, String className) {
        var objc = objcOf(device);
        var id = objc.classNamed(className);
        try (var _ = AutoreleasePool.push(objc)) {
            return new ObjectiveCObject(Retained.borrowed(objc, id));
        }
    }

    /**
     * Keeps an object that someone else owns: it is retained.
     *
     * @param device says which Objective-C runtime is meant
     * @param id the object's address
     * @throws IllegalArgumentException if it is nil
     */
    public static ObjectiveCObject retained(MetalDevice device, MemorySegment id) {
        var objc = objcOf(device);
        try (var _ = AutoreleasePool.push(objc)) {
            return new ObjectiveCObject(Retained.borrowed(objc, id));
        }
    }

    /** As {@link #retained}, for an object of which the caller hands over one reference: it is not retained again. */
    public static ObjectiveCObject owned(MetalDevice device, MemorySegment id) {
        return new ObjectiveCObject(Retained.owned(objcOf(device), id));
    }

    static ObjectiveCObject kept(ObjectiveC objc, Ownership ownership, MemorySegment id) {
        return new ObjectiveCObject(
                ownership == Ownership.OWNED ? Retained.owned(objc, id) : Retained.borrowed(objc, id));
    }

    private static ObjectiveC objcOf(MetalDevice device) {
        return WrapperAccess.get().retained(device).objectiveC();
    }

    /**
     * The object's address, as a segment of size zero, for calls of your own. It means nothing to another runtime, and
     * nothing after {@link #close()}.
     *
     * @throws IllegalStateException after close
     */
    public MemorySegment id() {
        return retained.id();
    }

    /** Whether the object is of a class, or of one derived from it; false if there is no such class. */
    public boolean isKindOf(String className) {
        Objects.requireNonNull(className, "className");
        return ask((objc, id) -> Introspection.isKindOf(objc, id, className));
    }

    /** Whether the object adopts a protocol, such as {@code MTLBuffer}; false if there is no such protocol. */
    public boolean conformsTo(String protocolName) {
        Objects.requireNonNull(protocolName, "protocolName");
        return ask((objc, id) -> Introspection.conformsTo(objc, id, protocolName));
    }

    /** Whether the object answers a selector, such as {@code setLabel:}. */
    public boolean respondsTo(String selector) {
        Objects.requireNonNull(selector, "selector");
        return ask((objc, id) -> Introspection.respondsTo(objc, id, selector));
    }

    /**
     * A wrapper of a buffer that was made elsewhere. Both it and this are to be closed.
     *
     * @param device the device that the buffer belongs to
     * @throws IllegalArgumentException if the object does not adopt {@code MTLBuffer}, or is of another runtime than
     *     the device
     * @throws IllegalStateException after close
     */
    public MetalBuffer asBuffer(MetalDevice device) {
        var objc = objcOf(device);
        if (objc != retained.objectiveC()) {
            throw new IllegalArgumentException("of another Objective-C runtime than " + device + ": " + this);
        }
        if (!conformsTo("MTLBuffer")) {
            throw new IllegalArgumentException("does not adopt MTLBuffer: " + this);
        }
        var id = retained.acquire();
        try (var _ = AutoreleasePool.push(objc)) {
            return (MetalBuffer) WrapperAccess.get().wrapBuffer(device, Retained.borrowed(objc, id));
        } finally {
            retained.release();
        }
    }

    Retained retained() {
        return retained;
    }

    interface Question<T> {
        T ask(ObjectiveC objc, MemorySegment id);
    }

    /** Asks with a pool in place, and the object held. */
    <T> T ask(Question<T> question) {
        var objc = retained.objectiveC();
        var id = retained.acquire();
        try (var _ = AutoreleasePool.push(objc)) {
            return question.ask(objc, id);
        } finally {
            retained.release();
        }
    }

    /** Gives the reference back. Idempotent. */
    @Override
    public void close() {
        if (!retained.isClosed()) {
            try (var _ = AutoreleasePool.push(retained.objectiveC())) {
                retained.close();
            }
        }
    }

    @Override
    public String toString() {
        return retained.toString();
    }
}
