package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The messages of one kernel of one dispatch, in order, with the calls that wait for their replies. Owned by one thread
 * at a time: the dispatcher's until the commit, then the one that takes the results.
 */
final class Batch {
    /** Why a batch was dispatched. */
    enum Flush {
        IDLE,
        FULL,
        DEADLINE
    }

    private MessageEnvelope[] messages = new MessageEnvelope[16];

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type arguments; only call(int) reads it
    private PendingFuture<MessageEnvelope>[] calls = new PendingFuture[16];

    private int size;
    private Flush flush = Flush.IDLE;
    private boolean isTermination;
    private long committedNanos;
    private long byteSize;

    void add(MessageEnvelope message, PendingFuture<MessageEnvelope> call) {
        if (size == messages.length) {
            messages = Arrays.copyOf(messages, size * 2);
            calls = Arrays.copyOf(calls, size * 2);
        }
        messages[size] = message;
        calls[size++] = call;
    }

    /** Forgets everything, so that the batch can be filled again. */
    void clear() {
        Arrays.fill(messages, 0, size, null);
        Arrays.fill(calls, 0, size, null);
        size = 0;
        flush = Flush.IDLE;
        isTermination = false;
    }

    int size() {
        return size;
    }

    MessageEnvelope message(int index) {
        return messages[index];
    }

    /** The call that waits for the reply to a message, or null. */
    PendingFuture<MessageEnvelope> call(int index) {
        return calls[index];
    }

    /** The messages' ids, in order. */
    List<Long> ids() {
        var ids = new ArrayList<Long>(size);
        for (int i = 0; i < size; i++) {
            ids.add(messages[i].header().messageId().value());
        }
        return ids;
    }

    Flush flush() {
        return flush;
    }

    void flush(Flush why) {
        flush = why;
    }

    /** Whether this is the dispatch without messages by which a kernel learns of its end. */
    boolean isTermination() {
        return isTermination;
    }

    void makeTermination() {
        isTermination = true;
    }

    /** Bytes of all headers and payloads. */
    long byteSize() {
        return byteSize;
    }

    void byteSize(long bytes) {
        byteSize = bytes;
    }

    long committedNanos() {
        return committedNanos;
    }

    void committedAt(long nanos) {
        committedNanos = nanos;
    }
}
