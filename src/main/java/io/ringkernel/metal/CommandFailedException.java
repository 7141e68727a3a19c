package io.ringkernel.metal;

import java.util.List;

/** A command buffer ended with an error: nothing that it wrote can be relied on. */
public final class CommandFailedException extends MetalException {
    private static final long serialVersionUID = 1L;

    private final transient MetalError error;
    private final String queueLabel;
    private final String bufferLabel;
    private final transient List<Long> messageIds;

    CommandFailedException(MetalError error, String queueLabel, String bufferLabel) {
        this(error, queueLabel, bufferLabel, List.of(), null);
    }

    private CommandFailedException(
            MetalError error, String queueLabel, String bufferLabel, List<Long> messageIds, Throwable cause) {
        super(text(error, queueLabel, bufferLabel, messageIds), cause);
        this.error = error;
        this.queueLabel = queueLabel;
        this.bufferLabel = bufferLabel;
        this.messageIds = List.copyOf(messageIds);
    }

    private static String text(MetalError error, String queueLabel, String bufferLabel, List<Long> messageIds) {
        var riders = messageIds.isEmpty() ? "" : "; messages " + messageIds;
        return "command buffer '" + bufferLabel + "' of queue '" + queueLabel + "' failed: " + error + riders;
    }

    /**
     * The same failure, naming the ring-kernel messages whose batch it ended; this exception becomes the cause.
     *
     * @param ids the messages' ids, in the order of the batch
     */
    public CommandFailedException withMessageIds(List<Long> ids) {
        return new CommandFailedException(error, queueLabel, bufferLabel, ids, this);
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

    /** Ids of the ring-kernel messages that rode on the command buffer, in order; empty outside of a ring kernel. */
    public List<Long> messageIds() {
        return messageIds == null ? List.of() : messageIds;
    }
}
