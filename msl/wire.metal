// The structs that the host and the GPU share. The Java package io.ringkernel.metal.wire says the same with the same
// member names; a test compares both. Padding is explicit, and every size is asserted.
//
// A 64-bit member is written by one side (or one thread) only, and read by the other across a command-buffer boundary:
// Metal has no load, store or add on atomic_ulong. Atomics are relaxed, as MSL 3.0 knows no other order.

#include <metal_stdlib>

using namespace metal;

constant constexpr ulong MESSAGE_MAGIC = 0x52494E474B45524Eul;
constant constexpr uint MESSAGE_VERSION = 1u;
constant constexpr uint MESSAGE_CHECKSUM_VALID = 1u;
constant constexpr uint MESSAGE_MAX_PAYLOAD = 65536u;

constant constexpr uint PRIORITY_LOW = 0u;
constant constexpr uint PRIORITY_NORMAL = 1u;
constant constexpr uint PRIORITY_HIGH = 2u;
constant constexpr uint PRIORITY_CRITICAL = 3u;

constant constexpr uint FAILURE_NONE = 0u;
constant constexpr uint FAILURE_INPUT_OVERFLOW = 1u;
constant constexpr uint FAILURE_OUTPUT_OVERFLOW = 2u;
constant constexpr uint FAILURE_INVALID_MESSAGE = 3u;
constant constexpr uint FAILURE_HANDLER_ERROR = 4u;

// Ordered by physical, then logical, then node.
struct HlcTimestamp {
    ulong physical;  // microseconds since the epoch
    ulong logical;
    ulong node_id;
};
static_assert(sizeof(HlcTimestamp) == 24, "HlcTimestamp");

struct alignas(128) ControlBlock {
    atomic_uint is_active;         // host
    atomic_uint should_terminate;  // host
    atomic_uint has_terminated;    // GPU
    uint reserved0;
    ulong messages_processed;      // GPU
    ulong messages_in_flight;      // host
    ulong input_head;              // GPU: next to read
    ulong input_tail;              // host: next to write
    ulong output_head;             // host: next to read
    ulong output_tail;             // GPU: next to write
    uint input_capacity;           // host, a power of two
    uint output_capacity;          // host, a power of two
    uint input_mask;               // host
    uint output_mask;              // host
    ulong hlc_physical;            // host before a dispatch, GPU after
    ulong hlc_logical;             // host before a dispatch, GPU after
    atomic_uint last_error;        // GPU: FAILURE_...
    atomic_uint error_count;       // GPU
    uchar reserved1[24];           // 32-bit cursors of the GPU may live here
};
static_assert(sizeof(ControlBlock) == 128, "ControlBlock");
static_assert(alignof(ControlBlock) == 128, "ControlBlock alignment");

struct alignas(64) MessageHeader {
    ulong magic;           // MESSAGE_MAGIC
    uint version;          // MESSAGE_VERSION
    uint flags;            // MESSAGE_CHECKSUM_VALID
    ulong message_id;
    ulong correlation_id;  // 0 none
    ulong source_kernel;   // 0 host
    ulong dest_kernel;     // 0 host
    ulong message_type;
    uchar priority;        // PRIORITY_...
    uchar reserved0[7];
    ulong payload_size;    // at most MESSAGE_MAX_PAYLOAD
    uint checksum;         // CRC-32C of the payload
    uint reserved1;
    HlcTimestamp timestamp;
    HlcTimestamp deadline; // all 0: none
    uchar reserved2[128];
};
static_assert(sizeof(MessageHeader) == 256, "MessageHeader");
static_assert(alignof(MessageHeader) == 64, "MessageHeader alignment");

struct alignas(64) K2KInboxHeader {
    atomic_uint message_count;
    uint max_messages;
    atomic_uint head;
    atomic_uint tail;
    uint last_source;
    atomic_uint lock;      // kept for the layout, never spun on
    atomic_uint sequence;
    uchar reserved[36];
};
static_assert(sizeof(K2KInboxHeader) == 64, "K2KInboxHeader");
static_assert(alignof(K2KInboxHeader) == 64, "K2KInboxHeader alignment");

struct K2KRouteEntry {
    uint dest_threadgroup;
    uint inbox_offset;     // bytes from the start of the inbox buffer
    uint is_active;
    uint hops;
    uint bandwidth_hint;
    uint priority;         // PRIORITY_...
    uchar reserved[8];
};
static_assert(sizeof(K2KRouteEntry) == 32, "K2KRouteEntry");

// In a grid, routes[d] leads to the neighbour in direction d: 0 north (y-1), 1 south (y+1), 2 west (x-1), 3 east (x+1),
// then in 3D 4 below (z-1), 5 above (z+1), then edges and corners by z, y and x.
struct K2KRoutingTable {
    uint self_id;
    uint route_count;
    uint grid_dim_x;
    uint grid_dim_y;
    uint grid_dim_z;
    uint reserved[3];
    K2KRouteEntry routes[26];
};
static_assert(sizeof(K2KRoutingTable) == 864, "K2KRoutingTable");

// direction: where the sender lies as the receiver sees it. A message from the north neighbour fills north ghost rows.
struct HaloMessage {
    uint source;
    uint direction;
    uint width;
    uint height;
    uint depth;
    uint element_size;     // bytes
    uint sequence;
    uint flags;
};
static_assert(sizeof(HaloMessage) == 32, "HaloMessage");
