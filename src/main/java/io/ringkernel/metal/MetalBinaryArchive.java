package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLBinaryArchiveDescriptor_setUrl;
import io.ringkernel.metal.bindings.MTLBinaryArchive_addComputePipelineFunctionsWithDescriptor_error;
import io.ringkernel.metal.bindings.MTLBinaryArchive_label;
import io.ringkernel.metal.bindings.MTLBinaryArchive_serializeToURL_error;
import io.ringkernel.metal.bindings.MTLBinaryArchive_setLabel;
import io.ringkernel.metal.bindings.MTLDevice_newBinaryArchiveWithDescriptor_error;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSURL;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Compiled pipelines in a file ({@code MTLBinaryArchive}), so that a later run of the program need not compile them
 * again. Name it in {@link MetalPipelineOptions#withArchive}.
 */
public final class MetalBinaryArchive extends MetalObject {
    private static final Message NEW_ARCHIVE = Message.of(MTLDevice_newBinaryArchiveWithDescriptor_error.class);
    private static final Message SET_URL = Message.of(MTLBinaryArchiveDescriptor_setUrl.class);
    private static final Message ADD =
            Message.of(MTLBinaryArchive_addComputePipelineFunctionsWithDescriptor_error.class);
    private static final Message SERIALIZE = Message.of(MTLBinaryArchive_serializeToURL_error.class);
    private static final Message LABEL = Message.of(MTLBinaryArchive_label.class);
    private static final Message SET_LABEL = Message.of(MTLBinaryArchive_setLabel.class);

    private MetalBinaryArchive(Retained retained) {
        super(retained);
    }

    static MetalBinaryArchive make(MetalDevice device, Optional<Path> file) {
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var descriptor = NSObject.make(objc, "MTLBinaryArchiveDescriptor")) {
            file.ifPresent(path -> {
                var setUrl = objc.bind(SET_URL);
                MTLBinaryArchiveDescriptor_setUrl.invoke(
                        setUrl.function(), descriptor.id(), setUrl.selector(), NSURL.of(objc, path));
            });
            var send = objc.bind(NEW_ARCHIVE);
            var archive = MTLDevice_newBinaryArchiveWithDescriptor_error.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), slot.address());
            if (ObjectiveC.isNil(archive)) {
                var action = file.map(path -> "reading the archive " + path).orElse("making an archive");
                throw new DriverException(action, MetalLibrary.errorOf(slot));
            }
            return new MetalBinaryArchive(Retained.of(objc, NEW_ARCHIVE, archive));
        }
    }

    /**
     * Compiles a function into the archive.
     *
     * @throws DriverException if the function cannot be compiled or stored
     */
    public void add(MetalFunction function, MetalPipelineOptions options) {
        function.requireReady();
        var objc = objc();
        try (var receiver = receiver();
                var slot = new ErrorSlot(objc);
                var descriptor = MetalPipeline.newDescriptor(objc)) {
            MetalPipeline.describe(descriptor, this, function, options);
            var send = objc.bind(ADD);
            boolean added = MTLBinaryArchive_addComputePipelineFunctionsWithDescriptor_error.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), slot.address());
            if (!added) {
                throw new DriverException("adding " + function.name() + " to an archive", MetalLibrary.errorOf(slot));
            }
        }
    }

    /**
     * Writes the archive to a file.
     *
     * @throws DriverException if the archive is empty or the file cannot be written
     */
    public void writeTo(Path file) {
        var objc = objc();
        try (var receiver = receiver();
                var slot = new ErrorSlot(objc)) {
            var send = objc.bind(SERIALIZE);
            boolean written = MTLBinaryArchive_serializeToURL_error.invoke(
                    send.function(), receiver.id(), send.selector(), NSURL.of(objc, file), slot.address());
            if (!written) {
                throw new DriverException("writing the archive " + file, MetalLibrary.errorOf(slot));
            }
        }
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return sendForString(LABEL, MTLBinaryArchive_label::invoke);
    }

    /** Names the archive in tools and messages. */
    public void setLabel(String label) {
        sendString(SET_LABEL, MTLBinaryArchive_setLabel::invoke, label);
    }
}
