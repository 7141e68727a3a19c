// Halo exchange: copies cells into the ghost rims of tiles. Stands behind wire.metal and k2k.metal in one source.
//
// Which cell goes where was found on the host: boxes of ghost cells, each of which has one source. So open, periodic,
// clamped and constant edges, faces and corners, and tiles of different size are all the same copy. A cell is copied as
// bits: T is the unsigned type of the cell's size. Interiors are only read and ghosts only written, each by one thread,
// so no order between threads matters.

// The threads that copy a run together. Few, because a run is short and reading what it says is work too.
constant constexpr uint HALO_LANES = 8u;

// As a source tile, HALO_CONSTANT + axis stands for the constant of that axis' edge.
constant constexpr uint HALO_CONSTANT = 0xfffffffdu;

struct HaloTile {
    device uchar* cells;
};

// A line of ghost cells. Cells count within a field of a tile.
struct HaloRun {
    uint target_tile;
    uint target;
    uint source_tile;
    uint source;
    uint length;
    uint target_step;
    uint source_step;   // 0 where one cell is repeated
    uint reserved;
};
static_assert(sizeof(HaloRun) == 32, "HaloRun");

struct HaloShape {
    uint field_cells;   // stored cells of one field of one tile
    uint tile_cells;    // stored cells of one tile, all fields
};

// One thread's part of a run.
template <typename T>
inline void halo_copy(
    device T* target, const device T* source, T edge, const device HaloRun& run, uint lane) {
    uint length = run.length;
    uint target_step = run.target_step;
    if (run.source_tile >= HALO_CONSTANT) {
        for (uint i = lane; i < length; i += HALO_LANES) {
            target[i * target_step] = edge;
        }
        return;
    }
    uint source_step = run.source_step;
    for (uint i = lane; i < length; i += HALO_LANES) {
        target[i * target_step] = source[i * source_step];
    }
}

inline uint halo_edge(const device HaloRun& run) {
    return run.source_tile >= HALO_CONSTANT ? run.source_tile - HALO_CONSTANT : 0u;
}

inline uint halo_source_tile(const device HaloRun& run) {
    return run.source_tile >= HALO_CONSTANT ? run.target_tile : run.source_tile;
}

// Direct exchange, tiles one behind the other in one buffer: thread (lane of the run, run, field).
template <typename T>
kernel void halo_slices(
    device T* cells [[buffer(0)]],
    const device HaloRun* runs [[buffer(1)]],
    constant T* edges [[buffer(2)]],
    constant HaloShape& shape [[buffer(3)]],
    uint3 position [[thread_position_in_grid]]) {
    const device HaloRun& run = runs[position.y];
    uint field = position.z * shape.field_cells;
    device T* target = cells + (run.target_tile * shape.tile_cells + field + run.target);
    const device T* source = cells + (halo_source_tile(run) * shape.tile_cells + field + run.source);
    halo_copy<T>(target, source, edges[halo_edge(run)], run, position.x);
}

// Direct exchange, tiles in any buffers.
template <typename T>
kernel void halo_buffers(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRun* runs [[buffer(1)]],
    constant T* edges [[buffer(2)]],
    constant HaloShape& shape [[buffer(3)]],
    uint3 position [[thread_position_in_grid]]) {
    const device HaloRun& run = runs[position.y];
    uint field = position.z * shape.field_cells;
    device T* target = (device T*)tiles[run.target_tile].cells + (field + run.target);
    const device T* source = (const device T*)tiles[halo_source_tile(run)].cells + (field + run.source);
    halo_copy<T>(target, source, edges[halo_edge(run)], run, position.x);
}

// A box of ghost cells of one tile that come from one tile: from its neighbour, or from itself at a clamped edge.
struct HaloRoute {
    uint source_tile;
    uint target_tile;
    uint direction;     // where the box lies as the target sees it
    uint place;         // among the routes of the target
    uint width;
    uint height;
    uint depth;
    uint target;        // first cell in its field
    uint source;        // likewise
    uint source_step_x; // from one source cell to the next, 0 where one is repeated
    uint source_step_y;
    uint source_step_z;
};
static_assert(sizeof(HaloRoute) == 48, "HaloRoute");

struct HaloMail {
    ulong inbox_size;   // bytes from one inbox to the next
    ulong slot_size;    // bytes from one message of an inbox to the next
    uint field_cells;   // stored cells of one field of one tile
    uint field_count;
    uint cell_size;     // bytes
    uint tile_count;
    uint row_cells;     // stored cells from one row of a field to the next
    uint plane_cells;   // stored cells from one plane of a field to the next
};
static_assert(sizeof(HaloMail) == 40, "HaloMail");

inline device K2KInboxHeader* halo_inbox(device uchar* inboxes, constant HaloMail& mail, uint tile) {
    return (device K2KInboxHeader*)(inboxes + tile * mail.inbox_size);
}

inline device uchar* halo_message(device uchar* inboxes, constant HaloMail& mail, uint tile, uint slot) {
    return inboxes + tile * mail.inbox_size + sizeof(K2KInboxHeader) + slot * mail.slot_size;
}

// Mailbox exchange, first dispatch: a threadgroup for each route reads the source tile and writes one message into the
// target's inbox. The message's flags say which of the target's routes it took.
template <typename T>
kernel void halo_pack(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRoute* routes [[buffer(1)]],
    device uchar* inboxes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    device atomic_uint* lost [[buffer(5)]],
    uint group [[threadgroup_position_in_grid]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint thread_count [[threads_per_threadgroup]]) {
    threadgroup uint slot;
    const device HaloRoute& route = routes[group];
    if (thread_index == 0u) {
        device K2KInboxHeader* inbox = halo_inbox(inboxes, mail, route.target_tile);
        uint taken = k2k_take_slot(inbox);
        if (taken == K2K_NO_SLOT) {
            atomic_fetch_add_explicit(lost, 1u, memory_order_relaxed);
        } else {
            device HaloMessage* message =
                (device HaloMessage*)halo_message(inboxes, mail, route.target_tile, taken);
            message->source = route.source_tile;
            message->direction = route.direction;
            message->width = route.width;
            message->height = route.height;
            message->depth = route.depth;
            message->element_size = mail.cell_size;
            message->sequence = atomic_load_explicit(&inbox->sequence, memory_order_relaxed);
            message->flags = route.place;
        }
        slot = taken;
    }
    threadgroup_barrier(mem_flags::mem_threadgroup);
    if (slot == K2K_NO_SLOT) {
        return;
    }
    const device T* cells = (const device T*)tiles[route.source_tile].cells + route.source;
    device T* payload = (device T*)(halo_message(inboxes, mail, route.target_tile, slot) + sizeof(HaloMessage));
    uint cell_count = route.width * route.height * route.depth;
    for (uint i = thread_index; i < cell_count * mail.field_count; i += thread_count) {
        uint x = i % route.width;
        uint y = i / route.width % route.height;
        uint z = i / (route.width * route.height) % route.depth;
        uint cell = x * route.source_step_x + y * route.source_step_y + z * route.source_step_z;
        payload[i] = cells[i / cell_count * mail.field_cells + cell];
    }
}

// Mailbox exchange, second dispatch: threadgroup (slot, tile) reads one message of the tile's inbox and writes ghosts of
// the tile. The routes of a tile begin at first_route[tile].
template <typename T>
kernel void halo_unpack(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRoute* routes [[buffer(1)]],
    device uchar* inboxes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    const device uint* first_route [[buffer(4)]],
    uint2 group [[threadgroup_position_in_grid]],
    uint thread_index [[thread_index_in_threadgroup]],
    uint2 threads [[threads_per_threadgroup]]) {
    if (group.x >= k2k_pending(halo_inbox(inboxes, mail, group.y))) {
        return;
    }
    const device uchar* memory = halo_message(inboxes, mail, group.y, group.x);
    const device HaloMessage* message = (const device HaloMessage*)memory;
    const device HaloRoute& route = routes[first_route[group.y] + message->flags];
    const device T* payload = (const device T*)(memory + sizeof(HaloMessage));
    device T* cells = (device T*)tiles[group.y].cells + route.target;
    uint cell_count = route.width * route.height * route.depth;
    for (uint i = thread_index; i < cell_count * mail.field_count; i += threads.x) {
        uint x = i % route.width;
        uint y = i / route.width % route.height;
        uint z = i / (route.width * route.height) % route.depth;
        cells[i / cell_count * mail.field_cells + x + y * mail.row_cells + z * mail.plane_cells] = payload[i];
    }
}

// Mailbox exchange, third dispatch: every inbox has been read, and is emptied.
kernel void halo_drain(
    device uchar* inboxes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    uint tile [[thread_position_in_grid]]) {
    if (tile < mail.tile_count) {
        k2k_empty(halo_inbox(inboxes, mail, tile));
    }
}

#define HALO_KERNELS(size, T)                                                                                        \
    template [[host_name("halo_slices_" #size)]] kernel void halo_slices<T>(                                         \
        device T*, const device HaloRun*, constant T*, constant HaloShape&, uint3);                                  \
    template [[host_name("halo_buffers_" #size)]] kernel void halo_buffers<T>(                                       \
        constant HaloTile*, const device HaloRun*, constant T*, constant HaloShape&, uint3);                         \
    template [[host_name("halo_pack_" #size)]] kernel void halo_pack<T>(                                             \
        constant HaloTile*, const device HaloRoute*, device uchar*, constant HaloMail&, device atomic_uint*, uint,   \
        uint, uint);                                                                                                 \
    template [[host_name("halo_unpack_" #size)]] kernel void halo_unpack<T>(                                         \
        constant HaloTile*, const device HaloRoute*, device uchar*, constant HaloMail&, const device uint*, uint2,   \
        uint, uint2);

HALO_KERNELS(1, uchar)
HALO_KERNELS(2, ushort)
HALO_KERNELS(4, uint)
HALO_KERNELS(8, uint2)
HALO_KERNELS(16, uint4)
