// Halo exchange: copies cells into the ghost rims of tiles. Stands behind wire.metal in one source.
//
// Which cell goes where is said by tables that the host computed (GhostCells.java), so open, periodic, clamped and
// constant edges, faces and corners, and tiles of different size are all the same copy. A cell is copied as bits: T is the
// unsigned type of the cell's size. Interiors are only read and ghosts only written, so no order between threads matters.

constant constexpr uint HALO_CONSTANT = 0xffffffffu;
constant constexpr uint HALO_NO_SLOT = 0xffffffffu;

struct HaloLaunch {
    uint count;         // ghost cells of one field, or threads of halo_drain
    uint field_cells;   // stored cells of one field of one tile
    uint field_count;
    uint cell_size;     // bytes
    uint slot_size;     // bytes from one message of an inbox to the next
    uint inbox_size;    // bytes from one inbox to the next
    uint direction_count;
    uint reserved;
};

struct HaloTile {
    device uchar* cells;
};

// One halo of one tile that comes from one other tile (or from itself, at a clamped edge).
struct HaloRoute {
    uint source;
    uint target;
    uint direction;     // where the source lies as the target sees it
    uint first;         // index of its first cell in the table
    uint count;         // cells of one field
    uint width;
    uint height;
    uint depth;
};

// Direct exchange, tiles one behind the other in one buffer. ghosts[i] = (target, source), indices of the cells of field 0.
template <typename T>
kernel void halo_slices(
    device T* cells [[buffer(0)]],
    const device uint2* ghosts [[buffer(1)]],
    constant T& edge [[buffer(2)]],
    constant HaloLaunch& launch [[buffer(3)]],
    uint2 position [[thread_position_in_grid]]) {
    if (position.x >= launch.count) {
        return;
    }
    uint2 ghost = ghosts[position.x];
    uint field = position.y * launch.field_cells;
    T value = edge;
    if (ghost.y != HALO_CONSTANT) {
        value = cells[field + ghost.y];
    }
    cells[field + ghost.x] = value;
}

// Direct exchange, tiles in any buffers. ghosts[i] = (target tile, target cell, source tile, source cell).
template <typename T>
kernel void halo_buffers(
    const device HaloTile* tiles [[buffer(0)]],
    const device uint4* ghosts [[buffer(1)]],
    constant T& edge [[buffer(2)]],
    constant HaloLaunch& launch [[buffer(3)]],
    uint2 position [[thread_position_in_grid]]) {
    if (position.x >= launch.count) {
        return;
    }
    uint4 ghost = ghosts[position.x];
    uint field = position.y * launch.field_cells;
    T value = edge;
    if (ghost.z != HALO_CONSTANT) {
        const device T* source = (const device T*)tiles[ghost.z].cells;
        value = source[field + ghost.w];
    }
    device T* target = (device T*)tiles[ghost.x].cells;
    target[field + ghost.y] = value;
}

inline device uchar* halo_message(device uchar* inboxes, constant HaloLaunch& launch, uint tile, uint slot) {
    return inboxes + (ulong)tile * launch.inbox_size + sizeof(K2KInboxHeader) + (ulong)slot * launch.slot_size;
}

// Mailbox exchange, first dispatch: one threadgroup reads one source tile and writes one message into the target's inbox.
template <typename T>
kernel void halo_pack(
    const device HaloTile* tiles [[buffer(0)]],
    const device uint2* ghosts [[buffer(1)]],
    const device HaloRoute* routes [[buffer(2)]],
    constant HaloLaunch& launch [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    device atomic_uint* overflows [[buffer(5)]],
    uint group [[threadgroup_position_in_grid]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint thread_count [[threads_per_threadgroup]]) {
    threadgroup uint slot;
    const device HaloRoute& route = routes[group];
    if (thread_index == 0) {
        device K2KInboxHeader* inbox = (device K2KInboxHeader*)(inboxes + (ulong)route.target * launch.inbox_size);
        uint before = atomic_fetch_add_explicit(&inbox->message_count, 1u, memory_order_relaxed);
        if (before >= inbox->max_messages) {
            atomic_fetch_sub_explicit(&inbox->message_count, 1u, memory_order_relaxed);
            atomic_fetch_add_explicit(overflows, 1u, memory_order_relaxed);
            slot = HALO_NO_SLOT;
        } else {
            slot = atomic_fetch_add_explicit(&inbox->tail, 1u, memory_order_relaxed) % inbox->max_messages;
            uint sequence = atomic_fetch_add_explicit(&inbox->sequence, 1u, memory_order_relaxed);
            device HaloMessage* message = (device HaloMessage*)halo_message(inboxes, launch, route.target, slot);
            message->source = route.source;
            message->direction = route.direction;
            message->width = route.width;
            message->height = route.height;
            message->depth = route.depth;
            message->element_size = launch.cell_size;
            message->sequence = sequence;
            message->flags = 0u;
        }
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
    if (slot == HALO_NO_SLOT) {
        return;
    }
    const device T* cells = (const device T*)tiles[route.source].cells;
    device T* payload = (device T*)(halo_message(inboxes, launch, route.target, slot) + sizeof(HaloMessage));
    for (uint i = thread_index; i < route.count * launch.field_count; i += thread_count) {
        uint field = i / route.count;
        payload[i] = cells[field * launch.field_cells + ghosts[route.first + i % route.count].y];
    }
}

// Mailbox exchange, second dispatch: one threadgroup reads one message of one inbox and writes the ghosts of its tile.
// route_of[tile * direction_count + direction] is the route that fills the halo.
template <typename T>
kernel void halo_unpack(
    const device HaloTile* tiles [[buffer(0)]],
    const device uint2* ghosts [[buffer(1)]],
    const device HaloRoute* routes [[buffer(2)]],
    constant HaloLaunch& launch [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    const device uint* route_of [[buffer(6)]],
    uint group [[threadgroup_position_in_grid]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint thread_count [[threads_per_threadgroup]]) {
    uint tile = group / launch.direction_count;
    uint place = group % launch.direction_count;
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)(inboxes + (ulong)tile * launch.inbox_size);
    if (place >= atomic_load_explicit(&inbox->message_count, memory_order_relaxed)) {
        return;
    }
    uint slot = (atomic_load_explicit(&inbox->head, memory_order_relaxed) + place) % inbox->max_messages;
    device uchar* memory = halo_message(inboxes, launch, tile, slot);
    const device HaloMessage* message = (const device HaloMessage*)memory;
    const device HaloRoute& route = routes[route_of[tile * launch.direction_count + message->direction]];
    const device T* payload = (const device T*)(memory + sizeof(HaloMessage));
    device T* cells = (device T*)tiles[tile].cells;
    for (uint i = thread_index; i < route.count * launch.field_count; i += thread_count) {
        uint field = i / route.count;
        cells[field * launch.field_cells + ghosts[route.first + i % route.count].x] = payload[i];
    }
}

// Mailbox exchange, third dispatch: every inbox has been read, and is empty.
kernel void halo_drain(
    device uchar* inboxes [[buffer(4)]],
    constant HaloLaunch& launch [[buffer(3)]],
    uint tile [[thread_position_in_grid]]) {
    if (tile >= launch.count) {
        return;
    }
    device K2KInboxHeader* inbox = (device K2KInboxHeader*)(inboxes + (ulong)tile * launch.inbox_size);
    uint count = atomic_exchange_explicit(&inbox->message_count, 0u, memory_order_relaxed);
    atomic_fetch_add_explicit(&inbox->head, count, memory_order_relaxed);
}

#define HALO_KERNELS(size, T)                                                                                        \
    template [[host_name("halo_slices_" #size)]] kernel void halo_slices<T>(                                         \
        device T*, const device uint2*, constant T&, constant HaloLaunch&, uint2);                                   \
    template [[host_name("halo_buffers_" #size)]] kernel void halo_buffers<T>(                                       \
        const device HaloTile*, const device uint4*, constant T&, constant HaloLaunch&, uint2);                      \
    template [[host_name("halo_pack_" #size)]] kernel void halo_pack<T>(                                             \
        const device HaloTile*, const device uint2*, const device HaloRoute*, constant HaloLaunch&, device uchar*,   \
        device atomic_uint*, uint, uint, uint);                                                                      \
    template [[host_name("halo_unpack_" #size)]] kernel void halo_unpack<T>(                                         \
        const device HaloTile*, const device uint2*, const device HaloRoute*, constant HaloLaunch&, device uchar*,   \
        const device uint*, uint, uint, uint);

HALO_KERNELS(1, uchar)
HALO_KERNELS(2, ushort)
HALO_KERNELS(4, uint)
HALO_KERNELS(8, uint2)
HALO_KERNELS(16, uint4)
