// Ring kernels that send straight into each other's inboxes. Stands behind ring_kernel.metal, compiled with K2K_DIRECT.
//
// The host encodes rounds of dispatches into one command buffer: first the kernels that have messages, then those that
// these can send to, and so on. A round's messages are visible to the next round, because a dispatch boundary lies in
// between. One thread is a whole dispatch: it handles its inbox in order, so that sends have the order of the handler.

// A handler sent to a kernel that no route leads to.
constant constexpr uint K2K_FAILURE_NO_ROUTE = 5u;

// The kernel's clock goes beyond the timestamp of a message that it takes.
inline void k2k_follow(device K2KLog* log, const device MessageHeader* header) {
    ulong physical = header->timestamp.physical;
    ulong logical = header->timestamp.logical;
    ulong own = log->hlc_physical;
    if (physical > own) {
        log->hlc_physical = physical;
        log->hlc_logical = logical;
    } else if (physical == own && logical > log->hlc_logical) {
        log->hlc_logical = logical;
    }
}

// Takes a slot of the receiver's inbox and writes the header. A full inbox, or no route, is an error of the message
// that the sender handles.
inline device uchar* ring_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    constant RingArguments& arguments = *ring.arguments;
    constant K2KMember& member = *ring.member;
    uint route_count = member.table.route_count;
    uint route = 0u;
    while (route < route_count && member.kernel_ids[route] != destination) {
        route += 1u;
    }
    if (route == route_count) {
        fail(ring, K2K_FAILURE_NO_ROUTE);
        return nullptr;
    }
    if (ring.output_count >= arguments.replies_per_message || payload_size > arguments.payload_capacity) {
        fail(ring, FAILURE_OUTPUT_OVERFLOW);
        return nullptr;
    }
    constant K2KRouteEntry& entry = member.table.routes[route];
    uint parity = entry.dest_threadgroup == member.host ? 0u : (member.round + 1u) & 1u;
    device uchar* memory = ring.inboxes + (ulong(entry.inbox_offset) + ulong(parity * member.inbox_bytes));
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)memory;
    uint slot = k2k_take_slot(inbox);
    if (slot == K2K_NO_SLOT) {
        fail(ring, FAILURE_OUTPUT_OVERFLOW);
        return nullptr;
    }
    inbox->last_source = member.self;
    ring.output_count += 1u;
    device uchar* message = memory + (sizeof(K2KInboxHeader) + ulong(slot) * arguments.slot_bytes);
    device MessageHeader& header = *(device MessageHeader*)message;
    device K2KLog& log = *ring.log;
    ulong logical = log.hlc_logical + 1ul;
    log.hlc_logical = logical;
    uint number = log.sent;
    log.sent = number + 1u;
    // Magic, version, priority, deadline and the reserved bytes are those of the message that is being handled.
    header = *ring.header;
    header.flags = 0u;  // the host computes the checksum
    header.checksum = 0u;
    header.message_id = arguments.message_id_base + number;
    header.correlation_id = correlation;
    header.source_kernel = arguments.kernel_id;
    header.dest_kernel = destination;
    header.message_type = type;
    header.payload_size = ulong(payload_size);
    header.timestamp.physical = log.hlc_physical;
    header.timestamp.logical = logical;
    header.timestamp.node_id = arguments.kernel_id;
    return message + sizeof(MessageHeader);
}

kernel void ring_kernel_direct(
    device ControlBlock* control [[buffer(0)]],
    device uchar* inboxes [[buffer(1)]],
    constant K2KMember& member [[buffer(2)]],
    device K2KLog* log [[buffer(3)]],
    device uchar* state [[buffer(4)]],
    constant RingArguments& arguments [[buffer(5)]],
    threadgroup uchar* scratch [[threadgroup(0)]],
    uint position [[thread_position_in_grid]]) {
    if (position != 0u) {
        return;
    }
    device uchar* memory = inboxes + ulong(2u * member.self + (member.round & 1u)) * member.inbox_bytes;
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)memory;
    device K2KFailure* failures = (device K2KFailure*)(log + 1);
    uint count = k2k_pending(inbox);
    RingContext ring;
    ring.state = state;
    ring.scratch = scratch;
    ring.outputs = nullptr;
    ring.outcome = (device MessageOutcome*)&log->reply_count;
    ring.arguments = &arguments;
    ring.first_output = 0ul;
    ring.thread_index = 0u;
    ring.thread_count = 1u;
    ring.inboxes = inboxes;
    ring.member = &member;
    ring.log = log;
    for (uint i = 0u; i < count; i += 1u) {
        const device uchar* input = memory + (sizeof(K2KInboxHeader) + ulong(i) * arguments.slot_bytes);
        const device MessageHeader* header = (const device MessageHeader*)input;
        ring.header = header;
        ring.payload = input + sizeof(MessageHeader);
        ring.message_index = i;
        ring.output_count = 0u;
        k2k_follow(log, header);
        handle(ring);
        uint error = atomic_load_explicit(&log->error, memory_order_relaxed);
        if (error != FAILURE_NONE) {
            if (log->failure_count < member.failure_capacity) {
                failures[log->failure_count].message_id = header->message_id;
                failures[log->failure_count].code = error;
            }
            log->failure_count += 1u;
            atomic_store_explicit(&log->error, FAILURE_NONE, memory_order_relaxed);
        }
    }
    control->messages_processed += ulong(count);
    control->hlc_physical = log->hlc_physical;
    control->hlc_logical = log->hlc_logical;
    k2k_empty(inbox);
}
