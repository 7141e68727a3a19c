// Kernel-to-kernel inboxes in memory that kernels share. Stands behind wire.metal in one source.
//
// An inbox is a K2KInboxHeader and behind it max_messages slots of one size. Senders take slots in one dispatch, the
// receiver reads them in a later one and empties the inbox: the boundary between two dispatches is what makes a payload
// visible, so that there is no lock and nothing ever waits.
//
// Atomics are relaxed. They only count: which sender gets which slot, and how many found none. Senders change the count of
// messages and nothing else; head and tail are the receiver's to move.

constant constexpr uint K2K_NO_SLOT = 0xffffffffu;

// Takes the inbox's next slot; K2K_NO_SLOT when all are taken, and then the sender has to say so to somebody. The count
// of messages goes on beyond max_messages, so that the receiver's side sees how many found no room.
inline uint k2k_take_slot(device K2KInboxHeader* inbox) {
    uint slot = atomic_fetch_add_explicit(&inbox->message_count, 1u, memory_order_relaxed);
    return slot < inbox->max_messages ? slot : K2K_NO_SLOT;
}

// The same for the only thread that sends to the inbox in a dispatch, which need not wait for what it wrote before.
inline uint k2k_take_slot_alone(device K2KInboxHeader* inbox) {
    uint slot = atomic_load_explicit(&inbox->message_count, memory_order_relaxed);
    atomic_store_explicit(&inbox->message_count, slot + 1u, memory_order_relaxed);
    return slot < inbox->max_messages ? slot : K2K_NO_SLOT;
}

// Messages that wait in the inbox, at slots 0, 1 and so on. To be called in a dispatch in which nobody sends there.
inline uint k2k_pending(device K2KInboxHeader* inbox) {
    return min(atomic_load_explicit(&inbox->message_count, memory_order_relaxed), inbox->max_messages);
}

// Empties the inbox. To be called by one thread, in a dispatch in which nobody else uses the inbox.
inline void k2k_empty(device K2KInboxHeader* inbox) {
    uint tail = atomic_load_explicit(&inbox->head, memory_order_relaxed) + k2k_pending(inbox);
    atomic_store_explicit(&inbox->head, tail, memory_order_relaxed);
    atomic_store_explicit(&inbox->tail, tail, memory_order_relaxed);
    atomic_store_explicit(&inbox->message_count, 0u, memory_order_relaxed);
    atomic_fetch_add_explicit(&inbox->sequence, 1u, memory_order_relaxed);
}
