package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.MessageId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the latest receipts and counts all. Sources are spread over stripes, so that they do not contend for one
 * cursor; each stripe is a ring of the full capacity, so that a receipt outlives {@code capacity - 1} later ones at
 * least.
 */
final class ReceiptStore {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle RECEIPTS = MethodHandles.arrayElementVarHandle(DeliveryReceipt[].class);
    private static final int STRIPES = 8;

    /** Longs from one stripe's cursor to the next: two cache lines. */
    private static final int CURSOR_STRIDE = 16;

    private final int mask;
    private final DeliveryReceipt[][] stripes = new DeliveryReceipt[STRIPES][];
    private final long[] cursors = new long[(STRIPES + 2) * CURSOR_STRIDE];
    private int registered;

    ReceiptStore(int capacity) {
        mask = capacity - 1;
    }

    /** The stripe for another source; make it available to the source's threads safely. */
    synchronized Stripe stripe() {
        int index = registered++ & STRIPES - 1;
        if (stripes[index] == null) {
            stripes[index] = new DeliveryReceipt[mask + 1];
        }
        return new Stripe(stripes[index], cursors, (index + 1) * CURSOR_STRIDE);
    }

    /** Where one source's receipts go. */
    record Stripe(DeliveryReceipt[] receipts, long[] cursors, int cursor) {
        void add(DeliveryReceipt receipt) {
            long position = (long) LONGS.getAndAdd(cursors, cursor, 1L);
            RECEIPTS.setRelease(receipts, (int) position & receipts.length - 1, receipt);
        }
    }

    /** How many receipts there ever were. */
    long total() {
        long total = 0;
        for (int index = 0; index < STRIPES; index++) {
            total += (long) LONGS.getVolatile(cursors, (index + 1) * CURSOR_STRIDE);
        }
        return total;
    }

    /** All receipts for a message that are still kept, oldest first. */
    List<DeliveryReceipt> find(MessageId id) {
        var found = new ArrayList<DeliveryReceipt>();
        for (var stripe : snapshot()) {
            for (int slot = 0; slot < stripe.length; slot++) {
                var receipt = (DeliveryReceipt) RECEIPTS.getAcquire(stripe, slot);
                if (receipt != null && receipt.messageId().equals(id)) {
                    found.add(receipt);
                }
            }
        }
        found.sort((a, b) -> a.sentAt().compareTo(b.sentAt()));
        return found;
    }

    private synchronized List<DeliveryReceipt[]> snapshot() {
        var present = new ArrayList<DeliveryReceipt[]>();
        for (var stripe : stripes) {
            if (stripe != null) {
                present.add(stripe);
            }
        }
        return present;
    }
}
