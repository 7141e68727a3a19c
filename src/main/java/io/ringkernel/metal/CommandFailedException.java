package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;
import java.util.List;
import java.util.stream.Collectors;

/** A command buffer ended with an error: nothing that it wrote can be relied on. */
public final class CommandFailedException extends MetalException {
    private static final long serialVersionUID = 1L;

    private static final String DOMAIN = "MTLCommandBufferErrorDomain";

    /** Metal has no code for it; these are the words of IOGPU and IOAccel, and those of older systems. */
    private static final List<String> VICTIM_TEXTS = List.of("CommandBufferCallbackErrorInnocentVictim", "IOAF code 5");

    private final transient MetalError error;
    private final String queueLabel;
    private final String bufferLabel;
    private final transient List<MetalEncoderInfo> encoders;
    private final transient List<Long> messageIds;

    CommandFailedException(MetalError error, String queueLabel, String bufferLabel, List<MetalEncoderInfo> encoders) {
        super(text(error, queueLabel, bufferLabel, List.of()), null);
        this.error = error;
        this.queueLabel = queueLabel;
        this.bufferLabel = bufferLabel;
        this.encoders = List.copyOf(encoders);
        messageIds = List.of();
    }

    private CommandFailedException(CommandFailedException cause, List<Long> messageIds) {
        super(text(cause.error, cause.queueLabel, cause.bufferLabel, messageIds), cause);
        error = cause.error;
        queueLabel = cause.queueLabel;
        bufferLabel = cause.bufferLabel;
        encoders = cause.encoders;
        this.messageIds = List.copyOf(messageIds);
    }

    private static String text(MetalError error, String queueLabel, String bufferLabel, List<Long> messageIds) {
        var riders = messageIds.stream().map("msg:%016x"::formatted).collect(Collectors.joining(", "));
        return "command buffer" + named(bufferLabel) + (queueLabel.isEmpty() ? "" : " of queue" + named(queueLabel))
                + " failed: " + error + (riders.isEmpty() ? "" : "; messages " + riders);
    }

    private static String named(String label) {
        return label.isEmpty() ? "" : " '" + label + "'";
    }

    /**
     * The same failure, naming the ring-kernel messages whose batch it ended; this exception becomes the cause.
     *
     * @param ids the messages' ids, in the order of the batch
     */
    public CommandFailedException withMessageIds(List<Long> ids) {
        return new CommandFailedException(this, ids);
    }

    /** Domain, code and text of the driver's error; null after deserialisation. */
    public MetalError error() {
        return error;
    }

    /** The label of the queue, or empty. */
    public String queueLabel() {
        return queueLabel;
    }

    /** The label of the command buffer, or empty. */
    public String bufferLabel() {
        return bufferLabel;
    }

    /**
     * How far the encoders came, in the order of encoding. Empty unless the command buffer was made with
     * {@link MetalErrorOption#ENCODER_EXECUTION_STATUS}, or if the device does not say.
     */
    public List<MetalEncoderInfo> encoders() {
        return encoders == null ? List.of() : encoders;
    }

    /**
     * Whether the driver says that other work caused the error: a GPU that recovers from a fault or a hang discards
     * whatever else it runs. The command buffer may do what it should when it is committed again.
     */
    public boolean isVictim() {
        return error != null
                && error.domain().equals(DOMAIN)
                && VICTIM_TEXTS.stream().anyMatch(error.description()::contains);
    }

    /**
     * Whether the driver refused the command buffer, because others of its queue hung or faulted before. A new queue
     * may be free of that.
     */
    public boolean isAccessRevoked() {
        return has(Mtl.MTLCommandBufferErrorAccessRevoked());
    }

    /** Whether the device is gone: nothing will ever run on it again. */
    public boolean isDeviceRemoved() {
        return has(Mtl.MTLCommandBufferErrorDeviceRemoved());
    }

    private boolean has(long code) {
        return error != null && error.domain().equals(DOMAIN) && error.code() == code;
    }

    /** Ids of the ring-kernel messages that rode on the command buffer, in order; empty outside of a ring kernel. */
    public List<Long> messageIds() {
        return messageIds == null ? List.of() : messageIds;
    }
}
