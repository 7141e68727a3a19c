package io.ringkernel.metal.k2k;

import io.ringkernel.metal.hlc.HlcTimestamp;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the mailboxes of one broker share: limits, clocks, executor, receipts, and the account of messages that do not
 * arrive.
 *
 * @param firstPosition where the positions of rings start; not 0 only in tests
 */
record MailboxContext(
        K2KConfig config,
        long firstPosition,
        DeliveryTimer timer,
        WallClock wallClock,
        Executor executor,
        DeadLetterHandler deadLetters,
        ReceiptStore receipts,
        Failures failures) {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxContext.class);

    /** Counts by reason. */
    record Failures(
            LongAdder notFound,
            LongAdder queueFull,
            LongAdder maxHopsExceeded,
            LongAdder timedOut,
            LongAdder closed,
            LongAdder refused) {
        Failures() {
            this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
        }

        LongAdder of(DeliveryStatus status) {
            return switch (status) {
                case NOT_FOUND -> notFound;
                case QUEUE_FULL -> queueFull;
                case MAX_HOPS_EXCEEDED -> maxHopsExceeded;
                case TIMEOUT -> timedOut;
                case CLOSED -> closed;
                case REFUSED -> refused;
                case PENDING, DELIVERED -> throw new IllegalArgumentException("no failure: " + status);
            };
        }
    }

    /** How long a message may wait, in nanoseconds; {@link K2KMessage#NEVER} for as long as it takes. */
    long timeoutNanos() {
        return config.isWithoutTimeout()
                ? K2KMessage.NEVER
                : config.deliveryTimeout().toNanos();
    }

    /** Settles and keeps the receipt of a message that was not accepted; its sender reads the reason there. */
    void refuse(DeliveryReceipt receipt, DeliveryStatus why) {
        failures.of(why).increment();
        receipts.addRefused(receipt);
        receipt.settle(why);
    }

    /** Settles the receipt of a message that was accepted but will not be received, and tells the handler. */
    void deadLetter(DeliveryReceipt receipt, DeliveryStatus why) {
        deadLetter(receipt.message(HlcTimestamp.ZERO), why);
    }

    /** As {@link #deadLetter(DeliveryReceipt, DeliveryStatus)}, of a message that was taken out of its receipt. */
    void deadLetter(K2KMessage message, DeliveryStatus why) {
        failures.of(why).increment();
        message.receipt().settle(why);
        try {
            deadLetters.undelivered(message, why);
        } catch (RuntimeException e) {
            LOG.warn("dead-letter handler failed on {}", message, e);
        }
    }
}
