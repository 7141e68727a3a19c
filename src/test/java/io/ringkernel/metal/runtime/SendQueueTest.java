package io.ringkernel.metal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places that are set aside for other kernels' messages, and the host's senders that wait meanwhile. */
final class SendQueueTest {
    private final SendQueue queue = new SendQueue(1);
    private final PendingFuture<Void> admitted = new PendingFuture<>(_ -> {});

    private List<PendingFuture<Void>> waitForRoom() {
        var header = MessageHeader.of(1, HlcTimestamp.ZERO);
        var message = MessageEnvelope.of(header, new byte[0]);
        return queue.await(Priority.NORMAL.level(), new SendQueue.Waiting(List.of(message), null, admitted));
    }

    @Test
    void aPlaceThatIsSetAsideIsTaken() {
        assertThat(queue.reserve(false)).isTrue();
        assertThat(queue.reserve(false)).isFalse();
        assertThat(waitForRoom()).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aPlaceThatIsGivenBackGoesToTheFirstInLine() {
        queue.reserve(false);
        waitForRoom();
        assertThat(queue.release()).containsExactly(admitted);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.reserve(false)).isFalse();
    }
}
