package io.ringkernel.metal;

import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import io.ringkernel.metal.objc.WrapperAccess;
import java.lang.foreign.MemorySegment;

/**
 * One of Metal's objects.
 *
 * <p><b>Lifetime.</b> Whoever received an object closes it; closing it twice does nothing. Work that was committed
 * keeps what it needs alive until it completes, so objects may be closed in any order and at any time.
 */
public abstract sealed class MetalObject implements AutoCloseable
        permits MetalArgumentEncoder,
                MetalBinaryArchive,
                MetalCommandBuffer,
                MetalCommandQueue,
                MetalCounterSampleBuffer,
                MetalDevice,
                MetalEncoder,
                MetalEvent,
                MetalFence,
                MetalFunction,
                MetalFunctionHandle,
                MetalHeap,
                MetalLibrary,
                MetalLogState,
                MetalPipeline,
                MetalResidencySet,
                MetalResource,
                MetalSampler {
    static {
        WrapperAccess.offer(new Access());
    }

    private final Retained retained;

    MetalObject(Retained retained) {
        this.retained = retained;
    }

    /** Whether {@link #close()} was called, or the object ended by itself. */
    public final boolean isClosed() {
        return retained.isClosed();
    }

    /** Gives the object up. Idempotent. */
    @Override
    public void close() {
        if (!isClosed()) {
            try (var _ = AutoreleasePool.push(objc())) {
                retained.close();
            }
        }
    }

    final Retained retained() {
        return retained;
    }

    final ObjectiveC objc() {
        return retained.objectiveC();
    }

    /**
     * The object as an argument of a message: alive until the scope is closed, whoever closes the wrapper meanwhile.
     */
    static final class Held implements AutoCloseable {
        private final Retained retained;
        private final MemorySegment id;

        private Held(Retained retained) {
            this.retained = retained;
            this.id = retained.acquire();
        }

        MemorySegment id() {
            return id;
        }

        @Override
        public void close() {
            retained.release();
        }
    }

    /**
     * The object as the receiver of messages: alive until the scope is closed, with an autorelease pool in place, since
     * a driver may autorelease in any message. Nothing in the scope may park: see {@link AutoreleasePool}.
     */
    static final class Receiver implements AutoCloseable {
        private final AutoreleasePool pool;
        private final Held held;

        private Receiver(Retained retained) {
            held = new Held(retained);
            pool = AutoreleasePool.push(retained.objectiveC());
        }

        MemorySegment id() {
            return held.id();
        }

        /** The answer to a message without arguments: an object or a pointer, which may die with this scope. */
        MemorySegment lent(Message message, PointerMessage type) {
            var send = held.retained.objectiveC().bind(message);
            return type.send(send.function(), id(), send.selector());
        }

        @Override
        public void close() {
            held.close();
            pool.close();
        }
    }

    /**
     * Begins a stretch of messages to this object.
     *
     * @throws IllegalStateException after close
     */
    final Receiver receiver() {
        return new Receiver(retained);
    }

    /**
     * Keeps this object alive for a message to another one that takes it as an argument.
     *
     * @throws IllegalStateException after close
     * @throws IllegalArgumentException if the two come from different providers, whose addresses mean nothing to each
     *     other
     */
    final Held heldFor(MetalObject receiver) {
        requireProviderOf(receiver);
        return new Held(retained);
    }

    /** As {@link #heldFor}, until the holder releases {@link #retained()}. */
    final MemorySegment acquiredFor(MetalObject receiver) {
        requireProviderOf(receiver);
        return retained.acquire();
    }

    private void requireProviderOf(MetalObject receiver) {
        if (objc() != receiver.objc()) {
            throw new IllegalArgumentException(this + " comes from another device than " + receiver);
        }
        usedBy(receiver);
    }

    /** This is about to become the argument of a message to another object. */
    void usedBy(MetalObject receiver) {}

    /** A message without arguments that returns a 64-bit integer. */
    interface LongMessage {
        long send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message without arguments that returns a BOOL. */
    interface BooleanMessage {
        boolean send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message without arguments that returns an object or a pointer. */
    interface PointerMessage {
        MemorySegment send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message without arguments or result. */
    interface VoidMessage {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message with one object or pointer. */
    interface SetPointerMessage {
        void send(MemorySegment function, MemorySegment receiver, MemorySegment selector, MemorySegment argument);
    }

    final long sendForLong(Message message, LongMessage type) {
        var send = objc().bind(message);
        try (var receiver = receiver()) {
            return type.send(send.function(), receiver.id(), send.selector());
        }
    }

    final boolean sendForBoolean(Message message, BooleanMessage type) {
        var send = objc().bind(message);
        try (var receiver = receiver()) {
            return type.send(send.function(), receiver.id(), send.selector());
        }
    }

    final void send(Message message, VoidMessage type) {
        var send = objc().bind(message);
        try (var receiver = receiver()) {
            type.send(send.function(), receiver.id(), send.selector());
        }
    }

    final void sendPointer(Message message, SetPointerMessage type, MemorySegment argument) {
        var send = objc().bind(message);
        try (var receiver = receiver()) {
            type.send(send.function(), receiver.id(), send.selector(), argument);
        }
    }

    /** Sends a message that takes another object, which stays alive meanwhile. */
    final void sendObject(Message message, SetPointerMessage type, MetalObject argument) {
        try (var held = argument.heldFor(this)) {
            sendPointer(message, type, held.id());
        }
    }

    /** Sends a message that returns an NSString; nil is the empty string. */
    final String sendForString(Message message, PointerMessage type) {
        try (var receiver = receiver()) {
            var string = receiver.lent(message, type);
            return ObjectiveC.isNil(string) ? "" : NSString.toJava(objc(), string);
        }
    }

    /** Sends a message that takes an NSString. */
    final void sendString(Message message, SetPointerMessage type, String text) {
        var send = objc().bind(message);
        try (var receiver = receiver();
                var string = NSString.of(objc(), text)) {
            type.send(send.function(), receiver.id(), send.selector(), string.id());
        }
    }

    /**
     * Sends a message that returns a new or lent object, and keeps that object.
     *
     * @throws DriverException if the answer is nil
     */
    final Retained sendForObject(Message message, PointerMessage type) {
        try (var receiver = receiver()) {
            return kept(objc(), message, receiver.lent(message, type));
        }
    }

    /**
     * Keeps what a factory returned. Nil is how a driver says that it could not make the object.
     *
     * @throws DriverException if it is nil
     */
    static Retained kept(ObjectiveC objc, Message message, MemorySegment id) {
        if (ObjectiveC.isNil(id)) {
            throw new DriverException(message.toString(), new MetalError("", 0, "the driver returned nil"));
        }
        return Retained.of(objc, message, id);
    }

    /** For the package that leads out of the wrappers. */
    private static final class Access extends WrapperAccess {
        @Override
        public Retained retained(Object wrapper) {
            return ((MetalObject) wrapper).retained();
        }

        @Override
        public Object wrapBuffer(Object device, Retained buffer) {
            return BufferAllocation.adopt((MetalDevice) device, buffer);
        }
    }
}
