package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.MessageId;
import io.ringkernel.metal.wire.MetalK2KInboxHeader;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The inboxes of a graph in one buffer: two for each kernel, of even and of odd rounds, and one for the host at the
 * end. While a submission is under way, nobody but the GPU touches them.
 */
final class GraphInboxes implements AutoCloseable {
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long MESSAGE_ID = MessageHeader.LAYOUT.byteOffset(PathElement.groupElement("message_id"));
    private static final int SLOT_ALIGNMENT = 64;
    private static final long MOST_BYTES = 0xffff_ffffL;

    private final int kernels;
    private final int capacity;
    private final long slotBytes;
    private final long inboxBytes;
    private final MetalBuffer buffer;

    GraphInboxes(MetalDevice device, int kernels, int capacity, int hostCapacity, int maxPayloadBytes) {
        this.kernels = kernels;
        this.capacity = capacity;
        slotBytes = MessageHeader.BYTE_SIZE + Math.ceilDiv((long) maxPayloadBytes, SLOT_ALIGNMENT) * SLOT_ALIGNMENT;
        inboxBytes = MetalK2KInboxHeader.BYTE_SIZE + capacity * slotBytes;
        long all = 2 * kernels * inboxBytes + MetalK2KInboxHeader.BYTE_SIZE + hostCapacity * slotBytes;
        if (all > MOST_BYTES) {
            throw new IllegalArgumentException("inboxes of the graph not in 0.." + MOST_BYTES + " bytes: " + all);
        }
        buffer = device.newBuffer(all);
        buffer.setLabel("kernel graph inboxes");
        for (int kernel = 0; kernel < kernels; kernel++) {
            header(kernel, 0).initialize(capacity);
            header(kernel, 1).initialize(capacity);
        }
        header(kernels, 0).initialize(hostCapacity);
    }

    /** What kernels know the host as. */
    int host() {
        return kernels;
    }

    MetalBuffer buffer() {
        return buffer;
    }

    /** From a kernel's inbox of even rounds to that of odd ones. */
    int inboxBytes() {
        return (int) inboxBytes;
    }

    int slotBytes() {
        return (int) slotBytes;
    }

    private long start(int kernel, int parity) {
        return (2L * kernel + parity) * inboxBytes;
    }

    private MetalK2KInboxHeader header(int kernel, int parity) {
        return MetalK2KInboxHeader.of(buffer.contents().asSlice(start(kernel, parity), MetalK2KInboxHeader.BYTE_SIZE));
    }

    private MemorySegment slot(int kernel, int parity, int index) {
        long at = start(kernel, parity) + MetalK2KInboxHeader.BYTE_SIZE + index * slotBytes;
        return buffer.contents().asSlice(at, slotBytes);
    }

    /** How many messages wait in an inbox. The count goes on where there was no room: the senders know. */
    int pending(int kernel, int parity) {
        var header = header(kernel, parity);
        return Math.min(header.messageCount(), header.maxMessages());
    }

    /** The ids of what waits in an inbox, in order. */
    List<MessageId> ids(int kernel, int parity) {
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < pending(kernel, parity); i++) {
            ids.add(new MessageId(slot(kernel, parity, i).get(U64, MESSAGE_ID)));
        }
        return ids;
    }

    /** Puts a message of the host behind those that wait; false if there is no room. */
    boolean put(int kernel, int parity, MessageEnvelope message) {
        var header = header(kernel, parity);
        int count = header.messageCount();
        if (count >= capacity) {
            return false;
        }
        message.writeTo(slot(kernel, parity, count));
        header.messageCount(count + 1);
        header.tail(header.tail() + 1);
        return true;
    }

    /** Takes what waits in an inbox, with checksums. */
    List<MessageEnvelope> take(int kernel, int parity) {
        var header = header(kernel, parity);
        int count = pending(kernel, parity);
        var messages = new ArrayList<MessageEnvelope>(count);
        for (int i = 0; i < count; i++) {
            var message = MessageEnvelope.readFrom(slot(kernel, parity, i));
            messages.add(message.withHeader(message.header()));
        }
        header.head(header.tail());
        header.messageCount(0);
        return messages;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
