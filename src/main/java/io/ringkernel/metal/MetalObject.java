package io.ringkernel.metal;

import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;

/**
 * One of Metal's objects.
 *
 * <p><b>Lifetime.</b> Whoever received an object closes it; closing it twice does nothing. Work that was committed
 * keeps what it needs alive until it completes, so objects may be closed in any order and at any time.
 */
public abstract sealed class MetalObject implements AutoCloseable
        permits MetalBinaryArchive,
                MetalBuffer,
                MetalCommandBuffer,
                MetalCommandQueue,
                MetalDevice,
                MetalEncoder,
                MetalEvent,
                MetalFence,
                MetalFunction,
                MetalHeap,
                MetalLibrary,
                MetalPipeline {
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

    /** The object, alive until the scope is closed, whoever closes the wrapper meanwhile. */
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
     * Keeps this object alive for a message to it.
     *
     * @throws IllegalStateException after close
     */
    final Held held() {
        return new Held(retained);
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
    }

    /** A message without arguments that returns a 64-bit integer. */
    interface LongMessage {
        long send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message without arguments that returns a BOOL. */
    interface BooleanMessage {
        boolean send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
    }

    /** A message without arguments that returns a double. */
    interface DoubleMessage {
        double send(MemorySegment function, MemorySegment receiver, MemorySegment selector);
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
        var id = retained.acquire();
        try {
            return type.send(send.function(), id, send.selector());
        } finally {
            retained.release();
        }
    }

    final boolean sendForBoolean(Message message, BooleanMessage type) {
        var send = objc().bind(message);
        var id = retained.acquire();
        try {
            return type.send(send.function(), id, send.selector());
        } finally {
            retained.release();
        }
    }

    final double sendForDouble(Message message, DoubleMessage type) {
        var send = objc().bind(message);
        var id = retained.acquire();
        try {
            return type.send(send.function(), id, send.selector());
        } finally {
            retained.release();
        }
    }

    final MemorySegment sendForPointer(Message message, PointerMessage type) {
        var send = objc().bind(message);
        var id = retained.acquire();
        try {
            return type.send(send.function(), id, send.selector());
        } finally {
            retained.release();
        }
    }

    final void send(Message message, VoidMessage type) {
        var send = objc().bind(message);
        var id = retained.acquire();
        try {
            type.send(send.function(), id, send.selector());
        } finally {
            retained.release();
        }
    }

    final void sendPointer(Message message, SetPointerMessage type, MemorySegment argument) {
        var send = objc().bind(message);
        var id = retained.acquire();
        try {
            type.send(send.function(), id, send.selector(), argument);
        } finally {
            retained.release();
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
        try (var _ = AutoreleasePool.push(objc())) {
            var string = sendForPointer(message, type);
            return ObjectiveC.isNil(string) ? "" : NSString.toJava(objc(), string);
        }
    }

    /** Sends a message that takes an NSString. */
    final void sendString(Message message, SetPointerMessage type, String text) {
        try (var _ = AutoreleasePool.push(objc());
                var string = NSString.of(objc(), text)) {
            sendPointer(message, type, string.id());
        }
    }

    /** Sends a message that returns a new or lent object, and keeps that object. */
    final Retained sendForObject(Message message, PointerMessage type) {
        try (var _ = AutoreleasePool.push(objc())) {
            return Retained.of(objc(), message, sendForPointer(message, type));
        }
    }
}
