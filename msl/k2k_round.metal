// Rounds of a graph of ring kernels. Stands behind k2k.metal in one source.
//
// The host encodes rounds of dispatches into one command buffer: first the kernels that have messages, then those that
// these can send to, and so on. Before each round k2k_begin_round says which messages are the round's; those that
// arrive meanwhile, from the kernel itself too, are a later one's. So a round reads only what was written before a
// dispatch boundary, which is what makes it visible.
//
//     inbox    head                      head + count            head + message_count
//       ...     | messages of this round | that wait or arrive    | free slots ...
//
// Slots are given away in turn: message n lies in slot n modulo max_messages, a power of two. Those of a round become
// free when the next one begins.

// What a kernel knows of its graph. It never changes during a submission.
struct K2KMember {
    ulong kernel_ids[26];          // routes[i] of the table leads to the kernel with this number
    uint payload_capacities[26];   // the largest payload that it takes
    uint inbox_bytes;              // from one kernel's inbox to the next
    uint sole_routes;              // bit i: one thread of this kernel, and nobody else, sends where routes[i] leads
    K2KRoutingTable table;         // is_active: whether the kernel takes messages in this submission
};
static_assert(sizeof(K2KMember) == 1184, "K2KMember");

// Where a kernel's messages go.
struct K2KRoute {
    ulong kernel_id;
    device K2KInboxHeader* inbox;  // nullptr: to the host, which takes them further
    uint head;                     // the inbox's
    uint mask;
    uint payload_capacity;         // the largest payload that the kernel takes
    bool is_sole;                  // no other thread sends there
};

// How far a kernel is. The host sets what is not marked otherwise before a submission.
struct alignas(64) K2KProgress {
    ulong number;                  // of the round's first message, as messages are counted since the launch; GPU
    uint count;                    // messages of the round; GPU
    uint handled;                  // the same when the kernel has handled them, else 0; GPU
    uint round;                    // rounds that have begun in this submission
    uint takes;                    // whether the kernel handles messages in this submission
    uint replies_per_message;
    uint output_room;              // outputs that the host takes in this submission
    uint failure_room;
    atomic_uint output_count;      // outputs for the host
    atomic_uint failure_count;
    atomic_uint sent;              // messages that went into inboxes
    uchar reserved[16];
};
static_assert(sizeof(K2KProgress) == 64, "K2KProgress");

// A message that a handler could not deal with; the message itself stands behind it.
struct alignas(64) K2KFailure {
    ulong number;                  // of the message, as K2KProgress counts
    uint code;                     // FAILURE_... or what the handler said
    uchar reserved[52];
};
static_assert(sizeof(K2KFailure) == 64, "K2KFailure");

struct K2KRound {
    uint member_count;
    uint inbox_bytes;
    uint is_last;                  // nothing is handled any more
};

// Ends a round and begins the next: one thread for each kernel of the graph, in a dispatch of its own.
kernel void k2k_begin_round(
    device K2KProgress* members [[buffer(0)]],
    device uchar* inboxes [[buffer(1)]],
    constant K2KRound& round [[buffer(2)]],
    uint index [[thread_position_in_grid]]) {
    if (index >= round.member_count) {
        return;
    }
    device K2KProgress& own = members[index];
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)(inboxes + ulong(index) * round.inbox_bytes);
    uint handled = own.handled;
    uint head = atomic_load_explicit(&inbox->head, memory_order_relaxed);
    uint waiting = k2k_pending(inbox);
    atomic_store_explicit(&inbox->tail, head + waiting, memory_order_relaxed);
    atomic_store_explicit(&inbox->head, head + handled, memory_order_relaxed);
    waiting -= handled;
    atomic_store_explicit(&inbox->message_count, waiting, memory_order_relaxed);
    own.number += ulong(handled);
    own.handled = 0u;
    own.round += 1u;
    // Whatever is taken has room for its outputs, and for itself should it fail: neither can be lost.
    uint room = own.failure_room - atomic_load_explicit(&own.failure_count, memory_order_relaxed);
    if (own.replies_per_message != 0u) {
        uint left = own.output_room - atomic_load_explicit(&own.output_count, memory_order_relaxed);
        room = min(room, left / own.replies_per_message);
    }
    own.count = own.takes != 0u && round.is_last == 0u ? min(waiting, room) : 0u;
}
