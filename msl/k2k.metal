// Kernel-to-kernel inboxes in memory that kernels share. Stands behind wire.metal in one source.
//
// An inbox is a K2KInboxHeader and behind it max_messages slots of one size. Senders take slots in one dispatch, the
// receiver reads them in a later one and empties the inbox: the boundary between two dispatches is what makes a payload
// visible, so that there is no lock and nothing ever waits.
//
// Atomics are relaxed. They only count: which sender gets which slot, and how many found none.

constant constexpr uint K2K_NO_SLOT = 0xffffffffu;

// Takes the inbox's next slot; K2K_NO_SLOT when all are taken, and then the sender has to say so to somebody. The count
// of messages goes on beyond max_messages, so that the receiver's side sees how many found no room.
inline uint k2k_take_slot(device K2KInboxHeader* inbox) {
    uint slot = atomic_fetch_add_explicit(&inbox->message_count, 1u, memory_order_relaxed);
    if (slot >= inbox->max_messages) {
        return K2K_NO_SLOT;
    }
    atomic_fetch_add_explicit(&inbox->tail, 1u, memory_order_relaxed);
    return slot;
}

// Messages that wait in the inbox, at slots 0, 1 and so on. To be called in a dispatch in which nobody sends there.
inline uint k2k_pending(device K2KInboxHeader* inbox) {
    return min(atomic_load_explicit(&inbox->message_count, memory_order_relaxed), inbox->max_messages);
}

// Empties the inbox. To be called by one thread, in a dispatch in which nobody else uses the inbox.
inline void k2k_empty(device K2KInboxHeader* inbox) {
    uint tail = atomic_load_explicit(&inbox->tail, memory_order_relaxed);
    atomic_store_explicit(&inbox->head, tail, memory_order_relaxed);
    atomic_store_explicit(&inbox->message_count, 0u, memory_order_relaxed);
    atomic_fetch_add_explicit(&inbox->sequence, 1u, memory_order_relaxed);
}
