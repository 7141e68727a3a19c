package io.ringkernel.metal.k2k;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves messages from a mailbox to its receiver while that has room, by one thread at a time, which keeps the order.
 */
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private final K2KReceiver receiver;
    private final Mailbox mailbox;
    private final MailboxContext context;
    private final SerialTask task = new SerialTask(this::moveAll);

    HandOver(K2KReceiver receiver, Mailbox mailbox, MailboxContext context) {
        this.receiver = receiver;
        this.mailbox = mailbox;
        this.context = context;
    }

    /** Called after a message was queued, or the receiver has got room. */
    void move() {
        task.run();
    }

    private void moveAll() {
        while (mailbox.pending() > 0 && ask("reserve", receiver::reserve)) {
            var message = mailbox.take();
            if (message == null) {
                receiver.release();
            } else if (ask("take", () -> receiver.take(message))) {
                message.receipt().settle(DeliveryStatus.DELIVERED);
            } else {
                context.deadLetter(message, DeliveryStatus.REFUSED);
            }
        }
    }

    /** What the receiver answers; no if it throws. */
    private boolean ask(String what, Supplier<Boolean> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.warn("receiver of {} failed to {}", mailbox.id(), what, e);
            return false;
        }
    }
}
