package io.ringkernel.metal.k2k;

import io.ringkernel.metal.wire.MessageId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the latest receipts, and counts the accepted messages.
 *
 * <p>The receipt of an accepted message costs nothing to keep: it stays in the ring where the message waited, until a
 * later one needs its slot. What the store holds itself are the receipts of refused messages, and those of mailboxes
 * that were closed; of each sort the latest, as many as asked for.
 */
final class ReceiptStore {
    private static final VarHandle CURSOR;
    private static final VarHandle RECEIPTS = MethodHandles.arrayElementVarHandle(DeliveryReceipt[].class);

    static {
        try {
            CURSOR = MethodHandles.lookup().findVarHandle(ReceiptStore.class, "cursor", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Set<PriorityRings> rings = ConcurrentHashMap.newKeySet();
    private final DeliveryReceipt[] refused;
    private long cursor;

    /** Receipts of closed mailboxes, oldest first; guarded by this. */
    private List<DeliveryReceipt> retired = List.of();

    private long retiredCount;

    ReceiptStore(int capacity) {
        refused = new DeliveryReceipt[capacity];
    }

    /** Looks into the rings of a mailbox, until they are retired. */
    void add(PriorityRings used) {
        rings.add(used);
    }

    void addRefused(DeliveryReceipt receipt) {
        long position = (long) CURSOR.getAndAdd(this, 1L);
        RECEIPTS.setRelease(refused, (int) position & refused.length - 1, receipt);
    }

    /** Takes over the account of a closed mailbox; once more if a message came and left after the first time. */
    synchronized void retire(PriorityRings closed) {
        rings.remove(closed);
        var fresh = new ArrayList<DeliveryReceipt>();
        retiredCount += closed.retire(fresh);
        if (!fresh.isEmpty()) {
            fresh.addAll(retired);
            fresh.sort(Comparator.comparing(DeliveryReceipt::sentAt));
            int surplus = Math.max(0, fresh.size() - refused.length);
            retired = List.copyOf(fresh.subList(surplus, fresh.size()));
        }
    }

    /** How many messages were accepted. */
    synchronized long accepted() {
        long accepted = retiredCount;
        for (var used : rings) {
            accepted += used.accepted();
        }
        return accepted;
    }

    /** All receipts for a message that are still kept, oldest first. */
    synchronized List<DeliveryReceipt> find(MessageId id) {
        Collection<DeliveryReceipt> kept = new LinkedHashSet<>(retired);
        for (int slot = 0; slot < refused.length; slot++) {
            var receipt = (DeliveryReceipt) RECEIPTS.getAcquire(refused, slot);
            if (receipt != null) {
                kept.add(receipt);
            }
        }
        rings.forEach(used -> used.kept(kept));
        return kept.stream()
                .filter(receipt -> receipt.messageId().equals(id))
                .sorted(Comparator.comparing(DeliveryReceipt::sentAt))
                .toList();
    }
}
