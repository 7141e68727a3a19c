// The base ring kernel: what stands around a handler. It follows wire.metal and the definitions of the records that the
// kernel exchanges; the handler follows it.
//
//     void handle(thread RingContext& ring) {
//         const device Sample& sample = message_as<Sample>(ring);
//         device Total& total = state_as<Total>(ring);
//         total.sum += sample.value;
//         reply(ring, total);
//     }
//
// A threadgroup handles one message at a time, and all its threads call the handler for it, so that a handler may use
// threadgroup_barrier wherever its control flow is the same for all of them. Thread 0 alone writes outputs.
//
// SEQUENTIAL kernels are dispatched with one threadgroup, which takes the messages of the batch in order. PARALLEL ones
// have several; threadgroup g of n takes the messages g, g + n, g + 2n and so on. No threadgroup waits for another one.
//
// Message i of the batch owns the output slots output_tail + i * replies_per_message and following. So no output can be
// lost, none needs an atomic, and outputs are in the order of the messages.

// What the host says about one batch. It never changes during a dispatch.
struct RingArguments {
    ulong kernel_id;           // number of this kernel
    ulong message_id_base;     // output n has the message id message_id_base + n
    ulong input_head;          // number of the first message
    ulong output_tail;         // number of the first output
    ulong hlc_physical;        // the host's clock, after every message of the batch
    ulong hlc_logical;
    uint message_count;
    uint replies_per_message;
    uint input_mask;
    uint output_mask;
    uint slot_bytes;           // from one slot to the next
    uint payload_capacity;     // bytes of payload that a slot has room for
    uint state_bytes;
    uint scratch_bytes;
};
static_assert(sizeof(RingArguments) == 80, "RingArguments");

// What became of one message. The host sets it to zero before the dispatch.
struct MessageOutcome {
    uint reply_count;          // outputs written
    atomic_uint error;         // FAILURE_NONE, FAILURE_... or a number that the handler chose
};
static_assert(sizeof(MessageOutcome) == 8, "MessageOutcome");

// What a handler can reach. Handlers read it through the functions below, or directly.
struct RingContext {
    const device MessageHeader* header;  // of the message
    const device uchar* payload;         // header->payload_size bytes, aligned to 64
    device uchar* state;                 // kept from message to message, aligned to 16
    threadgroup uchar* scratch;          // shared by the threads, undefined when the handler begins, aligned to 16
    device uchar* outputs;
    device MessageOutcome* outcome;
    constant RingArguments* arguments;
    ulong first_output;                  // number of the message's first output
    ulong first_logical;                 // of that output's timestamp
    uint thread_index;                   // within the threadgroup
    uint thread_count;                   // threads of the threadgroup
    uint message_index;                  // within the batch
    uint output_count;                   // outputs that this thread has taken
    ulong kernel_id;                     // this and what follows: as in the arguments, at hand for each output
    ulong message_id_base;
    ulong hlc_physical;
    uint replies_per_message;
    uint payload_capacity;
    uint slot_bytes;
#ifdef K2K_DIRECT
    device uchar* inboxes;
    constant K2KMember* member;
    device K2KProgress* progress;
    K2KRoute route;                      // where the last message was sent, as most go there again
    threadgroup uint* place;             // passes a slot from thread 0 to the others
    uint direct_count;                   // outputs of this thread that went into inboxes
#else
    uint output_mask;
#endif
};

// The handler. Each thread of the threadgroup calls it once for each message.
void handle(thread RingContext& ring);

// A struct's message type and payload size. Records have overloads of their own, defined beside their structs.
template <typename T>
inline ulong message_type_of(const thread T*) {
    return 0ul;
}

template <typename T>
inline uint payload_size_of(const thread T*) {
    return uint(sizeof(T));
}

// The message's payload as a T. What the host sends to a kernel that was made with records is one of them; kernels may
// send anything, and so may the host to a kernel that was made without: see is_message. Behind a payload that is shorter
// than a T there are zeros.
template <typename T>
inline const device T& message_as(thread RingContext& ring) {
    return *(const device T*)ring.payload;
}

// Whether the message is of the given type and its payload has the given size.
inline bool is_message(thread RingContext& ring, ulong type, uint size) {
    return ring.header->message_type == type && ring.header->payload_size == ulong(size);
}

// Whether the message is a T: of its type, and of its size. T is one of the records that the kernel was made with.
template <typename T>
inline bool is_message(thread RingContext& ring) {
    const thread T* tag = nullptr;
    return is_message(ring, message_type_of(tag), payload_size_of(tag));
}

// The kernel's state as a T. In SEQUENTIAL kernels no other message changes it meanwhile.
template <typename T>
inline device T& state_as(thread RingContext& ring) {
    return *(device T*)ring.state;
}

// The threadgroup's memory as Ts.
template <typename T>
inline threadgroup T* scratch_as(thread RingContext& ring) {
    return (threadgroup T*)ring.scratch;
}

// Codes 1 to 15 are the library's own failures. Where a handler chose one of them, this stands in front of it.
constant constexpr uint FAILURE_OF_HANDLER = 0xffff0000u;

inline void ring_fail(thread RingContext& ring, uint code) {
    atomic_store_explicit(&ring.outcome->error, code, memory_order_relaxed);
}

// Reports that the message could not be handled: the caller gets the code, or FAILURE_HANDLER_ERROR for 0.
inline void fail(thread RingContext& ring, uint code) {
    ring_fail(ring, code == FAILURE_NONE ? FAILURE_HANDLER_ERROR : code < 16u ? FAILURE_OF_HANDLER | code : code);
}

// What the control block tells of a failure.
inline uint ring_last_error(uint error) {
    return error > FAILURE_OF_HANDLER && error < FAILURE_OF_HANDLER + 16u ? FAILURE_HANDLER_ERROR : error;
}

// The parts of the context that stay the same while the batch is handled.
inline void ring_begin_batch(thread RingContext& ring, constant RingArguments& arguments) {
    ring.arguments = &arguments;
    ring.kernel_id = arguments.kernel_id;
    ring.message_id_base = arguments.message_id_base;
    ring.hlc_physical = arguments.hlc_physical;
    ring.replies_per_message = arguments.replies_per_message;
    ring.payload_capacity = arguments.payload_capacity;
    ring.slot_bytes = arguments.slot_bytes;
}

// Thread 0: writes the header of the message's next output into its slot.
inline void ring_write_header(
    thread RingContext& ring,
    device uchar* slot,
    ulong destination,
    ulong correlation,
    ulong type,
    uint payload_size) {
    device MessageHeader& header = *(device MessageHeader*)slot;
    header.magic = MESSAGE_MAGIC;
    header.version = MESSAGE_VERSION;
    header.flags = 0u;  // the host computes the checksum
    header.message_id = ring.message_id_base + ring.first_output + ring.output_count;
    header.correlation_id = correlation;
    header.source_kernel = ring.kernel_id;
    header.dest_kernel = destination;
    header.message_type = type;
    header.priority = ring.header->priority;
    header.payload_size = ulong(payload_size);
    header.checksum = 0u;
    header.timestamp.physical = ring.hlc_physical;
    header.timestamp.logical = ring.first_logical + ring.output_count;
    header.timestamp.node_id = ring.kernel_id;
    header.deadline.physical = 0ul;
    header.deadline.logical = 0ul;
    header.deadline.node_id = 0ul;
}

#ifdef K2K_DIRECT
// Kernels of a graph take slots in the inboxes of the receivers: see k2k_ring.metal. ring_output is thread 0's, and
// nullptr for the others; ring_shared_output is called by all threads and gives all of them the payload's place.
inline device uchar* ring_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size);
inline device uchar* ring_shared_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size);
#else
// Takes the message's next output slot and writes its header. Returns the payload's place, or nullptr (and the message
// has failed) when all slots are taken or the payload is too large.
inline device uchar* ring_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    if (ring.output_count >= ring.replies_per_message || payload_size > ring.payload_capacity) {
        ring_fail(ring, FAILURE_OUTPUT_OVERFLOW);
        return nullptr;
    }
    uint number = uint(ring.first_output) + ring.output_count;
    device uchar* slot = ring.outputs + ulong(number & ring.output_mask) * ring.slot_bytes;
    if (ring.thread_index == 0u) {
        ring_write_header(ring, slot, destination, correlation, type, payload_size);
    }
    ring.output_count += 1u;
    return slot + sizeof(MessageHeader);
}

// The same, for outputs that all threads fill.
inline device uchar* ring_shared_output(
    thread RingContext& ring, ulong destination, ulong correlation, ulong type, uint payload_size) {
    return ring_output(ring, destination, correlation, type, payload_size);
}
#endif

// Answers the message with a value. Thread 0 decides what is in it.
template <typename T>
inline void reply(thread RingContext& ring, T value) {
    const thread T* tag = &value;
    device uchar* place = ring_output(
        ring, ring.header->source_kernel, ring.header->message_id, message_type_of(tag), payload_size_of(tag));
    if (place != nullptr && ring.thread_index == 0u) {
        *(device T*)place = value;
    }
}

// Answers the message with a T that the caller fills in place, each thread its part; nullptr if there is no room. Its
// content is undefined until then. All threads call this.
template <typename T>
inline device T* begin_reply(thread RingContext& ring, ulong type) {
    return (device T*)ring_shared_output(
        ring, ring.header->source_kernel, ring.header->message_id, type, uint(sizeof(T)));
}

// Answers the message with its own type and payload. All threads call this, and copy.
inline void reply_payload(thread RingContext& ring) {
    uint size = uint(ring.header->payload_size);
    device uchar* place = ring_shared_output(
        ring, ring.header->source_kernel, ring.header->message_id, ring.header->message_type, size);
    if (place == nullptr) {
        return;
    }
    // Slots end on a multiple of 64, so the last word may reach beyond the payload.
    device ulong* to = (device ulong*)place;
    const device ulong* from = (const device ulong*)ring.payload;
    for (uint word = ring.thread_index; word * 8u < size; word += ring.thread_count) {
        to[word] = from[word];
    }
}

// Sends a value to the kernel with the given number (KernelId.number() in Java), or to the host's receivers for 0. It
// takes an output slot like a reply.
template <typename T>
inline void send(thread RingContext& ring, ulong destination, T value) {
    const thread T* tag = &value;
    device uchar* place = ring_output(ring, destination, 0ul, message_type_of(tag), payload_size_of(tag));
    if (place != nullptr && ring.thread_index == 0u) {
        *(device T*)place = value;
    }
}

#ifndef K2K_DIRECT
// Thread 0, after the handler: what became of the message.
inline void ring_finish_message(thread RingContext& ring, device ControlBlock* control) {
    ring.outcome->reply_count = ring.output_count;
    uint error = atomic_load_explicit(&ring.outcome->error, memory_order_relaxed);
    if (error != FAILURE_NONE) {
        atomic_store_explicit(&control->last_error, ring_last_error(error), memory_order_relaxed);
        atomic_fetch_add_explicit(&control->error_count, 1u, memory_order_relaxed);
    }
}

// One thread of the dispatch: the counters that the host reads after it. No other thread touches them.
inline void ring_finish_batch(device ControlBlock* control, constant RingArguments& arguments) {
    ulong outputs = ulong(arguments.message_count) * ulong(arguments.replies_per_message);
    control->messages_processed += ulong(arguments.message_count);
    control->input_head = arguments.input_head + ulong(arguments.message_count);
    control->output_tail = arguments.output_tail + outputs;
    control->hlc_physical = arguments.hlc_physical;
    control->hlc_logical = arguments.hlc_logical + outputs;
    if (atomic_load_explicit(&control->should_terminate, memory_order_relaxed) != 0u) {
        atomic_store_explicit(&control->has_terminated, 1u, memory_order_relaxed);
    }
}

kernel void ring_kernel(
    device ControlBlock* control [[buffer(0)]],
    const device uchar* inputs [[buffer(1)]],
    device uchar* outputs [[buffer(2)]],
    device MessageOutcome* outcomes [[buffer(3)]],
    device uchar* state [[buffer(4)]],
    constant RingArguments& arguments [[buffer(5)]],
    threadgroup uchar* scratch [[threadgroup(0)]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint3 threads [[threads_per_threadgroup]],
    uint3 group [[threadgroup_position_in_grid]],
    uint3 groups [[threadgroups_per_grid]]) {
    // The host sets the flag between dispatches only, so that every thread reads the same.
    if (atomic_load_explicit(&control->is_active, memory_order_relaxed) == 0u) {
        return;
    }
    uint group_index = (group.z * groups.y + group.y) * groups.x + group.x;
    uint group_count = groups.x * groups.y * groups.z;
    RingContext ring;
    ring.state = state;
    ring.scratch = scratch;
    ring.outputs = outputs;
    ring_begin_batch(ring, arguments);
    ring.output_mask = arguments.output_mask;
    ring.thread_index = thread_index;
    ring.thread_count = threads.x * threads.y * threads.z;
    for (uint i = group_index; i < arguments.message_count; i += group_count) {
        uint slot = uint(arguments.input_head + i) & arguments.input_mask;
        const device uchar* input = inputs + ulong(slot) * arguments.slot_bytes;
        ring.header = (const device MessageHeader*)input;
        ring.payload = input + sizeof(MessageHeader);
        ring.outcome = outcomes + i;
        ulong first = ulong(i) * ulong(arguments.replies_per_message);
        ring.first_output = arguments.output_tail + first;
        ring.first_logical = arguments.hlc_logical + 1ul + first;
        ring.message_index = i;
        ring.output_count = 0u;
        handle(ring);
        // The next message sees what every thread did for this one.
        threadgroup_barrier(mem_flags::mem_device | mem_flags::mem_threadgroup);
        if (thread_index == 0u) {
            ring_finish_message(ring, control);
        }
    }
    if (group_index == 0u && thread_index == 0u) {
        ring_finish_batch(control, arguments);
    }
}
#endif
