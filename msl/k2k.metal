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

// What a ring kernel knows of its graph in one round of a submission. Kernels read the inboxes of the round's parity
// and write those of the next round: so no inbox is read and written by the same dispatch, and a kernel may send to
// itself.
struct K2KMember {
    ulong kernel_ids[26];   // routes[i] of the table leads to the kernel with this number, 0 the host
    uint round;
    uint self;              // dest_threadgroup of this kernel
    uint host;              // dest_threadgroup of the host, whose one inbox serves every round
    uint inbox_bytes;       // from a kernel's inbox of even rounds to that of odd ones
    uint failure_capacity;
    uint reserved;
    K2KRoutingTable table;
};
static_assert(sizeof(K2KMember) == 1096, "K2KMember");

// What a kernel of a graph reports, K2KFailures behind it. The host sets it before a submission: the clock, and zeros.
struct K2KLog {
    uint failure_count;
    uint sent;
    uint reply_count;       // with error the MessageOutcome of the message that is being handled
    atomic_uint error;
    ulong hlc_physical;
    ulong hlc_logical;
};
static_assert(sizeof(K2KLog) == 32, "K2KLog");

// A message that a handler could not deal with.
struct K2KFailure {
    ulong message_id;
    uint code;              // FAILURE_... or what the handler said
    uint reserved;
};
static_assert(sizeof(K2KFailure) == 16, "K2KFailure");
