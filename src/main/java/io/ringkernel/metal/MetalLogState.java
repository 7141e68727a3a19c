package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newLogStateWithDescriptor_error;
import io.ringkernel.metal.bindings.MTLLogStateDescriptor_setBufferSize;
import io.ringkernel.metal.bindings.MTLLogStateDescriptor_setLevel;
import io.ringkernel.metal.bindings.MTLLogState_addLogHandler;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.HandlerBlock;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where kernels log to with {@code os_log} ({@code MTLLogState}, macOS 15), which must be compiled
 * {@linkplain MetalCompileOptions#withLogging() with logging}. Messages of a command buffer come before it completes,
 * and reach the handler soon afterwards.
 *
 * <p><b>Lifetime.</b> Close it after the queues that have it: messages that come later are lost.
 */
public final class MetalLogState extends MetalObject {
    private static final Logger LOG = LoggerFactory.getLogger(MetalLogState.class);
    private static final Message NEW_STATE = Message.of(MTLDevice_newLogStateWithDescriptor_error.class);
    private static final Message SET_LEVEL = Message.of(MTLLogStateDescriptor_setLevel.class);
    private static final Message SET_SIZE = Message.of(MTLLogStateDescriptor_setBufferSize.class);
    private static final Message ADD_HANDLER = Message.of(MTLLogState_addLogHandler.class);
    private static final int LEAST_BYTES = 1024;

    private final MetalLogHandler handler;
    private final HandlerBlock block;
    // ORDER: what is put into the queue is seen by the thread that takes the count from zero, or by the one that is at
    // work and finds the count higher than it left it.
    private final ConcurrentLinkedQueue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    private MetalLogState(Retained retained, MetalLogHandler handler) {
        super(retained);
        this.handler = handler;
        var add = objc().bind(ADD_HANDLER);
        try (var receiver = receiver();
                var made = objc().blocks().ofLog(this::receive)) {
            MTLLogState_addLogHandler.invoke(add.function(), receiver.id(), add.selector(), made.literal());
            block = made;
        }
    }

    static boolean isSupportedBy(MetalDevice device) {
        try (var receiver = device.receiver()) {
            return device.objc().respondsTo(receiver.id(), NEW_STATE);
        }
    }

    static MetalLogState make(MetalDevice device, MetalLogLevel level, int bufferSize, MetalLogHandler handler) {
        Objects.requireNonNull(handler, "handler");
        if (bufferSize < LEAST_BYTES) {
            throw new IllegalArgumentException("bufferSize is below " + LEAST_BYTES + ": " + bufferSize);
        }
        if (!isSupportedBy(device)) {
            throw new UnsupportedOperationException("kernels log since macOS 15");
        }
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var descriptor = NSObject.make(objc, "MTLLogStateDescriptor")) {
            var setLevel = objc.bind(SET_LEVEL);
            MTLLogStateDescriptor_setLevel.invoke(
                    setLevel.function(), descriptor.id(), setLevel.selector(), level.code());
            var size = objc.bind(SET_SIZE);
            MTLLogStateDescriptor_setBufferSize.invoke(size.function(), descriptor.id(), size.selector(), bufferSize);
            var send = objc.bind(NEW_STATE);
            var state = MTLDevice_newLogStateWithDescriptor_error.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), slot.address());
            if (ObjectiveC.isNil(state)) {
                throw new DriverException("making a log state", MetalLibrary.errorOf(slot));
            }
            return new MetalLogState(Retained.of(objc, NEW_STATE, state), handler);
        }
    }

    /** On a thread of the driver. */
    private void receive(MemorySegment... objects) {
        var subsystem = text(objects[0]);
        var category = text(objects[1]);
        var level = MetalLogLevel.of(objects[2].address());
        var message = text(objects[3]);
        messages.add(() -> handler.log(subsystem, category, level, message));
        if (pending.getAndIncrement() == 0) {
            Completions.run(this::deliver);
        }
    }

    private String text(MemorySegment string) {
        return ObjectiveC.isNil(string) ? "" : NSString.toJava(objc(), string);
    }

    private void deliver() {
        int taken;
        do {
            taken = 0;
            for (var message = messages.poll(); message != null; message = messages.poll()) {
                taken++;
                run(message);
            }
        } while (pending.addAndGet(-taken) > 0);
    }

    private static void run(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a log handler failed", e);
        }
    }

    /** Gives the log state up. Idempotent. */
    @Override
    public void close() {
        super.close();
        block.forget();
    }
}
