package io.ringkernel.metal.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places that are set aside for other kernels' messages, and the host's senders that wait meanwhile. */
final class SendQueueTest {
    private final SendQueue queue = new SendQueue(1, 1, _ -> {});

    private SendQueue.Waiting sender() {
        var header = MessageHeader.of(1, HlcTimestamp.ZERO);
        return new SendQueue.Waiting(queue, List.of(MessageEnvelope.of(header, new byte[0])), null);
    }

    @Test
    void aPlaceThatIsSetAsideIsTaken() throws Exception {
        assertThat(queue.reserve(false)).isTrue();
        assertThat(queue.reserve(false)).isFalse();
        assertThat(queue.await(sender())).isEmpty();
        assertThat(queue.size()).isZero();
    }

    @Test
    void aPlaceThatIsGivenBackGoesToTheFirstInLine() throws Exception {
        queue.reserve(false);
        var first = sender();
        queue.await(first);
        assertThat(queue.release()).containsExactly(first);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.reserve(false)).isFalse();
    }

    @Test
    void theLineIsBoundedAndASenderThatGaveUpLeavesItsPlace() throws Exception {
        queue.reserve(false);
        var first = sender();
        queue.await(first);
        assertThatThrownBy(() -> queue.await(sender())).isInstanceOf(SendQueue.LineFullException.class);
        assertThat(first.cancel(false)).isTrue();
        var second = sender();
        assertThat(queue.await(second)).isEmpty();
        assertThat(queue.release()).containsExactly(second);
        assertThat(queue.refused()).isEqualTo(2);
    }
}
