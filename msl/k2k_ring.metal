// Ring kernels that send straight into each other's inboxes. Stands behind k2k_round.metal and ring_kernel.metal,
// compiled with K2K_DIRECT, and before the handler.
//
// A send to a kernel that a route leads to takes a slot of its inbox; everything else, and what goes to a kernel that
// takes no messages, is an output for the host. Slots are counted by relaxed atomics. A SEQUENTIAL kernel's messages
// keep the order of its sends, as thread 0 of its only threadgroup makes all of them; those of a PARALLEL kernel come
// in any order.

// Finds where the messages to a kernel go.
inline K2KRoute k2k_route_to(
    constant K2KMember& member, device uchar* inboxes, uint payload_capacity, ulong destination) {
    K2KRoute route;
    route.kernel_id = destination;
    route.inbox = nullptr;
    route.head = 0u;
    route.mask = 0u;
    route.payload_capacity = payload_capacity;
    route.is_sole = false;
    uint count = member.table.route_count;
    for (uint i = 0u; i < count; i += 1u) {
        constant K2KRouteEntry& entry = member.table.routes[i];
        if (member.kernel_ids[i] == destination && entry.is_active != 0u) {
            device K2KInboxHeader* inbox = (device K2KInboxHeader*)(inboxes + entry.inbox_offset);
            route.inbox = inbox;
            route.head = atomic_load_explicit(&inbox->head, memory_order_relaxed);
            route.mask = inbox->max_messages - 1u;
            route.payload_capacity = min(payload_capacity, member.payload_capacities[i]);
            route.is_sole = (member.sole_routes >> i & 1u) != 0u;
        }
    }
    return route;
}

inline void k2k_turn_to(thread RingContext& ring, ulong destination) {
    if (destination != ring.route.kernel_id) {
        ring.route = k2k_route_to(*ring.member, ring.inboxes, ring.payload_capacity, destination);
    }
}

// Thread 0: takes the place of the message's next output, its count from the inbox's head or among the host's outputs;
// K2K_NO_SLOT, and the message has failed, if there is none.
inline uint k2k_take_place(thread RingContext& ring, device K2KInboxHeader* inbox, uint payload_size) {
    uint place = K2K_NO_SLOT;
    if (ring.output_count < ring.replies_per_message && payload_size <= ring.route.payload_capacity) {
        if (inbox == nullptr) {
            place = atomic_fetch_add_explicit(&ring.progress->output_count, 1u, memory_order_relaxed);
        } else {
            place = ring.route.is_sole ? k2k_take_slot_alone(inbox) : k2k_take_slot(inbox);
        }
    }
    if (place == K2K_NO_SLOT) {
        ring_fail(ring, FAILURE_OUTPUT_OVERFLOW);
    } else if (inbox != nullptr) {
        ring.direct_count += 1u;
    }
    return place;
}

inline device uchar* k2k_slot(thread RingContext& ring, device K2KInboxHeader* inbox, uint place) {
    if (inbox == nullptr) {
        return ring.outputs + ulong(place) * ring.slot_bytes;
    }
    uint slot = (ring.route.head + place) & ring.route.mask;
    return (device uchar*)(inbox + 1) + ulong(slot) * ring.slot_bytes;
}

// Thread 0, before it writes a header into a slot: a handler that takes the message for a longer one must not see what
// the slot's last one said.
inline void k2k_clear_tail(device uchar* slot, uint payload_size) {
    uint before = uint(((const device MessageHeader*)slot)->payload_size);
    device uchar* payload = slot + sizeof(MessageHeader);
    uint at = payload_size;
    for (; at < before && (at & 7u) != 0u; at += 1u) {
        payload[at] = 0;
    }
    for (; at < before; at += 8u) {
        *(device ulong*)(payload + at) = 0ul;
    }
}

inline device uchar* ring_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    if (ring.thread_index != 0u) {
        return nullptr;
    }
    k2k_turn_to(ring, destination);
    device K2KInboxHeader* inbox = ring.route.inbox;
    uint place = k2k_take_place(ring, inbox, payload_size);
    if (place == K2K_NO_SLOT) {
        return nullptr;
    }
    device uchar* slot = k2k_slot(ring, inbox, place);
    if (inbox != nullptr) {
        k2k_clear_tail(slot, payload_size);
    }
    ring_write_header(ring, slot, destination, correlation, type, payload_size);
    ring.output_count += 1u;
    return slot + sizeof(MessageHeader);
}

inline device uchar* ring_shared_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    if (ring.thread_count == 1u) {
        return ring_output(ring, destination, correlation, type, payload_size);
    }
    k2k_turn_to(ring, destination);
    device K2KInboxHeader* inbox = ring.route.inbox;
    if (ring.thread_index == 0u) {
        uint taken = k2k_take_place(ring, inbox, payload_size);
        *ring.place = taken;
        if (taken != K2K_NO_SLOT && inbox != nullptr) {
            k2k_clear_tail(k2k_slot(ring, inbox, taken), payload_size);
        }
    }
    // The others may write into the cleared tail: reply_payload copies whole words.
    threadgroup_barrier(mem_flags::mem_device | mem_flags::mem_threadgroup);
    uint place = *ring.place;
    threadgroup_barrier(mem_flags::mem_threadgroup);
    if (place == K2K_NO_SLOT) {
        return nullptr;
    }
    device uchar* slot = k2k_slot(ring, inbox, place);
    if (ring.thread_index == 0u) {
        ring_write_header(ring, slot, destination, correlation, type, payload_size);
        ring.output_count += 1u;
    }
    return slot + sizeof(MessageHeader);
}

// Thread 0, after the handler reported an error: the host gets the message, since its slot will be another one's.
inline void k2k_report(
    const device MessageHeader* message,
    ulong number,
    device MessageOutcome* outcome,
    device ControlBlock* control,
    device K2KProgress& progress,
    device uchar* failures,
    uint slot_bytes) {
    uint error = atomic_load_explicit(&outcome->error, memory_order_relaxed);
    atomic_store_explicit(&outcome->error, FAILURE_NONE, memory_order_relaxed);
    atomic_store_explicit(&control->last_error, ring_last_error(error), memory_order_relaxed);
    atomic_fetch_add_explicit(&control->error_count, 1u, memory_order_relaxed);
    uint place = atomic_fetch_add_explicit(&progress.failure_count, 1u, memory_order_relaxed);
    device uchar* memory = failures + ulong(place) * (slot_bytes + sizeof(K2KFailure));
    device K2KFailure& failure = *(device K2KFailure*)memory;
    failure.number = number;
    failure.code = error;
    device ulong* to = (device ulong*)(memory + sizeof(K2KFailure));
    const device ulong* from = (const device ulong*)message;
    uint size = uint(sizeof(MessageHeader)) + uint(message->payload_size);
    for (uint word = 0u; word * 8u < size; word += 1u) {
        to[word] = from[word];
    }
}

// One thread of the dispatch: what the host and the next round read. No other thread touches it.
inline void k2k_finish_round(
    device K2KProgress& progress, device ControlBlock* control, constant RingArguments& arguments, ulong logical) {
    uint count = progress.count;
    progress.handled = count;
    control->messages_processed += ulong(count);
    control->input_head = progress.number + ulong(count);
    control->hlc_physical = arguments.hlc_physical;
    control->hlc_logical = logical + ulong(count) * ulong(arguments.replies_per_message);
    if (atomic_load_explicit(&control->should_terminate, memory_order_relaxed) != 0u) {
        atomic_store_explicit(&control->has_terminated, 1u, memory_order_relaxed);
    }
}

kernel void ring_kernel_direct(
    device ControlBlock* control [[buffer(0)]],
    device uchar* inboxes [[buffer(1)]],
    device uchar* outputs [[buffer(2)]],
    device MessageOutcome* outcomes [[buffer(3)]],
    device uchar* state [[buffer(4)]],
    constant RingArguments& arguments [[buffer(5)]],
    constant K2KMember& member [[buffer(6)]],
    device K2KProgress* members [[buffer(7)]],
    device uchar* failures [[buffer(8)]],
    threadgroup uchar* scratch [[threadgroup(0)]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint3 threads [[threads_per_threadgroup]],
    uint3 group [[threadgroup_position_in_grid]],
    uint3 groups [[threadgroups_per_grid]]) {
    threadgroup uint place;
    uint group_index = (group.z * groups.y + group.y) * groups.x + group.x;
    uint group_count = groups.x * groups.y * groups.z;
    device K2KProgress& progress = members[member.table.self_id];
    const device uchar* memory = inboxes + ulong(member.table.self_id) * member.inbox_bytes;
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)memory;
    uint head = atomic_load_explicit(&inbox->head, memory_order_relaxed);
    uint mask = inbox->max_messages - 1u;
    uint count = progress.count;
    ulong number = progress.number;
    ulong replies = ulong(arguments.replies_per_message);
    // Later rounds are after earlier ones, whoever caused what: no kernel makes 2^32 outputs in one round.
    ulong logical = arguments.hlc_logical + (ulong(progress.round) << 32);
    RingContext ring;
    ring.state = state;
    ring.scratch = scratch;
    ring.outputs = outputs;
    ring_begin_batch(ring, arguments);
    ring.thread_index = thread_index;
    ring.thread_count = threads.x * threads.y * threads.z;
    ring.inboxes = inboxes;
    ring.member = &member;
    ring.progress = &progress;
    ring.place = &place;
    ring.direct_count = 0u;
    ring.route = k2k_route_to(member, inboxes, arguments.payload_capacity, 0ul);
    for (uint i = group_index; i < count; i += group_count) {
        const device uchar* input =
            memory + (sizeof(K2KInboxHeader) + ulong((head + i) & mask) * arguments.slot_bytes);
        ring.header = (const device MessageHeader*)input;
        ring.payload = input + sizeof(MessageHeader);
        device MessageOutcome* outcome = outcomes + i;
        ring.outcome = outcome;
        ring.first_output = (number + ulong(i)) * replies;
        ring.first_logical = logical + ulong(i) * replies + 1ul;
        ring.message_index = i;
        ring.output_count = 0u;
        handle(ring);
        // The next message sees what every thread did for this one.
        threadgroup_barrier(mem_flags::mem_device | mem_flags::mem_threadgroup);
        if (thread_index == 0u
            && atomic_load_explicit(&outcome->error, memory_order_relaxed) != FAILURE_NONE) {
            k2k_report(
                ring.header, number + ulong(i), outcome, control, progress, failures, arguments.slot_bytes);
        }
    }
    if (thread_index == 0u && ring.direct_count != 0u) {
        atomic_fetch_add_explicit(&progress.sent, ring.direct_count, memory_order_relaxed);
    }
    if (group_index == 0u && thread_index == 0u) {
        k2k_finish_round(progress, control, arguments, logical);
    }
}
