// Ring kernels that send straight into each other's inboxes. Stands behind ring_kernel.metal, compiled with K2K_DIRECT.
//
// The host encodes rounds of dispatches into one command buffer: first the kernels that have messages, then those that
// these can send to, and so on. A round's messages are visible to the next round, because a dispatch boundary lies in
// between. One thread is a whole dispatch: it handles its inbox in order, so that sends have the order of the handler.

// A handler sent to a kernel that no route leads to.
constant constexpr uint K2K_FAILURE_NO_ROUTE = 5u;

// What a kernel reports, K2KFailures behind it. The host sets it to zero before a submission.
struct K2KLog {
    uint failure_count;
    uint sent;
    MessageOutcome outcome;    // of the message that is being handled
};
static_assert(sizeof(K2KLog) == 16, "K2KLog");

// The kernel's clock goes beyond the timestamp of a message that it takes.
inline void k2k_follow(device ControlBlock* control, const device MessageHeader* header) {
    ulong physical = header->timestamp.physical;
    ulong logical = header->timestamp.logical;
    if (physical > control->hlc_physical) {
        control->hlc_physical = physical;
        control->hlc_logical = logical;
    } else if (physical == control->hlc_physical) {
        control->hlc_logical = max(control->hlc_logical, logical);
    }
}

inline uint k2k_route(constant K2KRoutes& routes, ulong destination) {
    uint route = 0u;
    while (route < routes.table.route_count && routes.kernel_ids[route] != destination) {
        route += 1u;
    }
    return route;
}

// Takes a slot of the receiver's inbox and writes the header. A full inbox, or no route, is an error of the message
// that the sender handles.
inline device uchar* ring_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    constant RingArguments& arguments = *ring.arguments;
    constant K2KRoutes& routes = *ring.routes;
    uint route = k2k_route(routes, destination);
    if (route == routes.table.route_count) {
        fail(ring, K2K_FAILURE_NO_ROUTE);
        return nullptr;
    }
    if (ring.output_count >= arguments.replies_per_message || payload_size > arguments.payload_capacity) {
        fail(ring, FAILURE_OUTPUT_OVERFLOW);
        return nullptr;
    }
    constant K2KRouteEntry& entry = routes.table.routes[route];
    uint parity = entry.dest_threadgroup == ring.round->host ? 0u : (ring.round->number + 1u) & 1u;
    device uchar* memory = ring.inboxes + entry.inbox_offset + ulong(parity) * ring.round->inbox_bytes;
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)memory;
    uint slot = k2k_take_slot(inbox);
    if (slot == K2K_NO_SLOT) {
        fail(ring, FAILURE_OUTPUT_OVERFLOW);
        return nullptr;
    }
    inbox->last_source = ring.round->self;
    ring.output_count += 1u;
    device uchar* message = memory + sizeof(K2KInboxHeader) + ulong(slot) * arguments.slot_bytes;
    device MessageHeader& header = *(device MessageHeader*)message;
    header.magic = MESSAGE_MAGIC;
    header.version = MESSAGE_VERSION;
    header.flags = 0u;  // the host computes the checksum
    header.message_id = arguments.message_id_base + *ring.sent;
    header.correlation_id = correlation;
    header.source_kernel = arguments.kernel_id;
    header.dest_kernel = destination;
    header.message_type = type;
    header.priority = ring.header->priority;
    header.payload_size = ulong(payload_size);
    header.checksum = 0u;
    ring.control->hlc_logical += 1ul;
    header.timestamp.physical = ring.control->hlc_physical;
    header.timestamp.logical = ring.control->hlc_logical;
    header.timestamp.node_id = arguments.kernel_id;
    header.deadline = ring.header->deadline;
    *ring.sent += 1u;
    return message + sizeof(MessageHeader);
}

kernel void ring_kernel_direct(
    device ControlBlock* control [[buffer(0)]],
    device uchar* inboxes [[buffer(1)]],
    constant K2KRoutes& routes [[buffer(2)]],
    device K2KLog* log [[buffer(3)]],
    device uchar* state [[buffer(4)]],
    constant RingArguments& arguments [[buffer(5)]],
    constant K2KRound& round [[buffer(6)]],
    threadgroup uchar* scratch [[threadgroup(0)]],
    uint position [[thread_position_in_grid]]) {
    if (position != 0u) {
        return;
    }
    device uchar* memory = inboxes + (2ul * round.self + (round.number & 1u)) * round.inbox_bytes;
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)memory;
    device K2KFailure* failures = (device K2KFailure*)(log + 1);
    uint count = k2k_pending(inbox);
    RingContext ring;
    ring.state = state;
    ring.scratch = scratch;
    ring.outputs = nullptr;
    ring.outcome = &log->outcome;
    ring.arguments = &arguments;
    ring.first_output = 0ul;
    ring.thread_index = 0u;
    ring.thread_count = 1u;
    ring.control = control;
    ring.inboxes = inboxes;
    ring.routes = &routes;
    ring.round = &round;
    ring.sent = &log->sent;
    for (uint i = 0u; i < count; i += 1u) {
        const device uchar* input = memory + sizeof(K2KInboxHeader) + ulong(i) * arguments.slot_bytes;
        ring.header = (const device MessageHeader*)input;
        ring.payload = input + sizeof(MessageHeader);
        ring.message_index = i;
        ring.output_count = 0u;
        atomic_store_explicit(&log->outcome.error, FAILURE_NONE, memory_order_relaxed);
        k2k_follow(control, ring.header);
        handle(ring);
        uint error = atomic_load_explicit(&log->outcome.error, memory_order_relaxed);
        if (error != FAILURE_NONE) {
            if (log->failure_count < round.failure_capacity) {
                failures[log->failure_count].message_id = ring.header->message_id;
                failures[log->failure_count].code = error;
            }
            log->failure_count += 1u;
        }
    }
    control->messages_processed += ulong(count);
    k2k_empty(inbox);
}
