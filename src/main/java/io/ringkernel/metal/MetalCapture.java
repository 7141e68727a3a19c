package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCaptureDescriptor_setCaptureObject;
import io.ringkernel.metal.bindings.MTLCaptureDescriptor_setDestination;
import io.ringkernel.metal.bindings.MTLCaptureDescriptor_setOutputURL;
import io.ringkernel.metal.bindings.MTLCaptureManager_isCapturing;
import io.ringkernel.metal.bindings.MTLCaptureManager_sharedCaptureManager;
import io.ringkernel.metal.bindings.MTLCaptureManager_startCaptureWithDescriptor_error;
import io.ringkernel.metal.bindings.MTLCaptureManager_stopCapture;
import io.ringkernel.metal.bindings.MTLCaptureManager_supportsDestination;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.AutoreleasePool;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSURL;
import io.ringkernel.metal.objc.ObjectiveC;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A recording of what a device or a queue does, in a {@code .gputrace} document that Xcode opens
 * ({@code MTLCaptureManager}). Command buffers that are made and committed while this is open are in it. One is open in
 * a process at a time.
 *
 * <p>macOS records only for a process that was started with {@code MTL_CAPTURE_ENABLED=1} in its environment. The
 * software device does not record.
 */
public final class MetalCapture implements AutoCloseable {
    private static final Message SHARED = Message.of(MTLCaptureManager_sharedCaptureManager.class);
    private static final Message SUPPORTS = Message.of(MTLCaptureManager_supportsDestination.class);
    private static final Message START = Message.of(MTLCaptureManager_startCaptureWithDescriptor_error.class);
    private static final Message STOP = Message.of(MTLCaptureManager_stopCapture.class);
    private static final Message IS_CAPTURING = Message.of(MTLCaptureManager_isCapturing.class);
    private static final Message SET_OBJECT = Message.of(MTLCaptureDescriptor_setCaptureObject.class);
    private static final Message SET_DESTINATION = Message.of(MTLCaptureDescriptor_setDestination.class);
    private static final Message SET_URL = Message.of(MTLCaptureDescriptor_setOutputURL.class);

    private final ObjectiveC objc;
    private boolean isStopped;

    private MetalCapture(ObjectiveC objc) {
        this.objc = objc;
    }

    /** Whether {@link #start(MetalDevice, Path)} can record what this device does. */
    public static boolean isSupportedBy(MetalDevice device) {
        try (var _ = AutoreleasePool.push(device.objc())) {
            return supportsDocuments(device.objc(), manager(device.objc()));
        }
    }

    /**
     * Begins to record what a device does.
     *
     * @param document the {@code .gputrace} document to write, which must not exist
     * @throws UnsupportedOperationException if the process may not record: {@link #isSupportedBy}
     * @throws IllegalStateException if another recording is open
     * @throws DriverException if the document exists or cannot be written
     */
    public static MetalCapture start(MetalDevice device, Path document) {
        return start((MetalObject) device, document);
    }

    /** As {@link #start(MetalDevice, Path)}, of what a queue does. */
    public static MetalCapture start(MetalCommandQueue queue, Path document) {
        return start((MetalObject) queue, document);
    }

    private static MetalCapture start(MetalObject object, Path document) {
        var objc = object.objc();
        try (var receiver = object.receiver();
                var slot = new ErrorSlot(objc)) {
            var manager = manager(objc);
            if (!supportsDocuments(objc, manager)) {
                throw new UnsupportedOperationException(
                        "no recording: start the process with MTL_CAPTURE_ENABLED=1, on a device of Apple's");
            }
            var ask = objc.bind(IS_CAPTURING);
            if (MTLCaptureManager_isCapturing.invoke(ask.function(), manager, ask.selector())) {
                throw new IllegalStateException("another recording is open");
            }
            try (var descriptor = NSObject.make(objc, "MTLCaptureDescriptor")) {
                var setObject = objc.bind(SET_OBJECT);
                MTLCaptureDescriptor_setCaptureObject.invoke(
                        setObject.function(), descriptor.id(), setObject.selector(), receiver.id());
                var destination = objc.bind(SET_DESTINATION);
                MTLCaptureDescriptor_setDestination.invoke(
                        destination.function(),
                        descriptor.id(),
                        destination.selector(),
                        Mtl.MTLCaptureDestinationGPUTraceDocument());
                var url = objc.bind(SET_URL);
                MTLCaptureDescriptor_setOutputURL.invoke(
                        url.function(), descriptor.id(), url.selector(), NSURL.of(objc, document));
                var send = objc.bind(START);
                boolean isStarted = MTLCaptureManager_startCaptureWithDescriptor_error.invoke(
                        send.function(), manager, send.selector(), descriptor.id(), slot.address());
                if (!isStarted) {
                    throw new DriverException("recording into " + document, MetalLibrary.errorOf(slot));
                }
            }
            return new MetalCapture(objc);
        }
    }

    private static MemorySegment manager(ObjectiveC objc) {
        var shared = objc.bind(SHARED);
        return MTLCaptureManager_sharedCaptureManager.invoke(
                shared.function(), objc.classNamed("MTLCaptureManager"), shared.selector());
    }

    private static boolean supportsDocuments(ObjectiveC objc, MemorySegment manager) {
        var send = objc.bind(SUPPORTS);
        return MTLCaptureManager_supportsDestination.invoke(
                send.function(), manager, send.selector(), Mtl.MTLCaptureDestinationGPUTraceDocument());
    }

    /** Ends the recording and writes the document. Idempotent. */
    @Override
    public synchronized void close() {
        if (isStopped) {
            return;
        }
        isStopped = true;
        try (var _ = AutoreleasePool.push(objc)) {
            var stop = objc.bind(STOP);
            MTLCaptureManager_stopCapture.invoke(stop.function(), manager(objc), stop.selector());
        }
    }
}
