package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.RecordCodec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The records that a kernel was made with, which are all that the host may send to it; a kernel that was made without
 * any takes everything, and knows its messages as bytes.
 */
record MessageTypes(List<RecordCodec<?>> records) {
    /**
     * Checks a message: a record by its type number and its size, anything else by its type number.
     *
     * @param codec what the sender encoded the message with; null if that is not known
     * @throws RingKernelException.UnexpectedMessage if the kernel was made for others
     */
    void check(KernelId kernel, MessageHeader header, MessageCodec<?> codec) {
        if (records.isEmpty()) {
            return;
        }
        var sameType = records.stream()
                .filter(record -> record.messageType() == header.messageType())
                .toList();
        if (!(codec instanceof RecordCodec<?> sent)) {
            if (sameType.isEmpty()) {
                throw new RingKernelException.UnexpectedMessage(
                        kernel, names(records), RecordCodec.nameOfType(header.messageType()));
            }
            return;
        }
        if (sameType.isEmpty()) {
            throw new RingKernelException.UnexpectedMessage(
                    kernel, names(records), sent.type().getName());
        }
        if (sameType.stream().noneMatch(record -> record.byteSize() == sent.byteSize())) {
            throw new RingKernelException.UnexpectedMessage(
                    kernel,
                    names(sameType) + " of " + sameType.getFirst().byteSize() + " bytes",
                    sent.type().getName() + " of " + sent.byteSize() + " bytes");
        }
    }

    private static String names(List<RecordCodec<?>> codecs) {
        return codecs.stream().map(codec -> codec.type().getName()).distinct().collect(Collectors.joining(", "));
    }
}
