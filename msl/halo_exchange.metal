// Halo exchange: copies cells into the ghost rims of tiles. Stands behind wire.metal and k2k.metal in one source.
//
// Which cell goes where was found on the host: boxes of ghost cells, each of which has one source. So open, periodic,
// clamped and constant edges, faces and corners, and tiles of different size are all the same copy. A cell is copied as
// bits: T is the unsigned type of the cell's size. Interiors are only read and ghosts only written, each by one thread,
// so no order between threads matters.

// The threads that copy a run together. Few, because a run is short and reading what it says is work too.
constant constexpr int HALO_LANES = 8;

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
    uint route;         // in a mailbox exchange
};
static_assert(sizeof(HaloRun) == 32, "HaloRun");

struct HaloShape {
    uint field_cells;   // stored cells of one field of one tile
    uint tile_cells;    // stored cells of one tile, all fields
};

// One thread's part of a run. Numbers of cells are signed: unlike those of uint, sums of int need not wrap, so that
// addresses can be counted up.
template <typename T>
inline void halo_copy(
    device T* target, const device T* source, constant T* edges, const thread HaloRun& run, uint lane) {
    int length = run.length;
    int target_step = run.target_step;
    int source_step = run.source_step;
    if (run.source_tile >= HALO_CONSTANT) {
        T edge = edges[run.source_tile - HALO_CONSTANT];
        for (int i = lane; i < length; i += HALO_LANES) {
            target[i * target_step] = edge;
        }
    } else if (target_step == 1 && source_step == 1) {
        for (int i = lane; i < length; i += HALO_LANES) {
            target[i] = source[i];
        }
    } else {
        for (int i = lane; i < length; i += HALO_LANES) {
            target[i * target_step] = source[i * source_step];
        }
    }
}

inline uint halo_source_tile(const thread HaloRun& run) {
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
    const HaloRun run = runs[position.y];
    uint field = position.z * shape.field_cells;
    device T* target = cells + (run.target_tile * shape.tile_cells + field + run.target);
    const device T* source = cells + (halo_source_tile(run) * shape.tile_cells + field + run.source);
    halo_copy<T>(target, source, edges, run, position.x);
}

// Direct exchange, tiles in any buffers.
template <typename T>
kernel void halo_buffers(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRun* runs [[buffer(1)]],
    constant T* edges [[buffer(2)]],
    constant HaloShape& shape [[buffer(3)]],
    uint3 position [[thread_position_in_grid]]) {
    const HaloRun run = runs[position.y];
    uint field = position.z * shape.field_cells;
    device T* target = (device T*)tiles[run.target_tile].cells + (field + run.target);
    const device T* source = (const device T*)tiles[halo_source_tile(run)].cells + (field + run.source);
    halo_copy<T>(target, source, edges, run, position.x);
}

// A box of ghost cells of one tile that come from one tile: from its neighbour, or from itself at a clamped edge. Its
// runs have one length and lie one behind the other, in a message as in the table.
struct HaloRoute {
    uint source_tile;
    uint target_tile;
    uint direction;     // where the box lies as the target sees it
    uint place;         // among the routes of the target
    uint width;
    uint height;
    uint depth;
    uint first_run;
};
static_assert(sizeof(HaloRoute) == 32, "HaloRoute");

struct HaloMail {
    ulong inbox_size;   // bytes from one inbox to the next
    ulong slot_size;    // bytes from one message of an inbox to the next
    uint field_cells;   // stored cells of one field of one tile
    uint cell_size;     // bytes
    uint tile_count;
    uint route_count;
};
static_assert(sizeof(HaloMail) == 32, "HaloMail");

inline device K2KInboxHeader* halo_inbox(device uchar* inboxes, constant HaloMail& mail, uint tile) {
    return (device K2KInboxHeader*)(inboxes + tile * mail.inbox_size);
}

inline device uchar* halo_message(device uchar* inboxes, constant HaloMail& mail, uint tile, uint slot) {
    return inboxes + (tile * mail.inbox_size + sizeof(K2KInboxHeader) + slot * mail.slot_size);
}

// Where a run's cells lie in the payload of its route's message: field by field, run by run.
inline uint halo_place(const device HaloRoute& route, uint run_index, uint length, uint field) {
    return field * route.width * route.height * route.depth + (run_index - route.first_run) * length;
}

// Mailbox exchange, first dispatch: a thread for each route takes a slot of the target's inbox and writes the message
// but for its payload. The message's flags say which of the target's routes it took.
kernel void halo_send(
    const device HaloRoute* routes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    device uint* sent [[buffer(6)]],
    device atomic_uint* lost [[buffer(8)]],
    uint index [[thread_position_in_grid]]) {
    if (index >= mail.route_count) {
        return;
    }
    const device HaloRoute& route = routes[index];
    device K2KInboxHeader* inbox = halo_inbox(inboxes, mail, route.target_tile);
    uint slot = k2k_take_slot(inbox);
    sent[index] = slot;
    if (slot == K2K_NO_SLOT) {
        atomic_fetch_add_explicit(lost, 1u, memory_order_relaxed);
        return;
    }
    device HaloMessage* message = (device HaloMessage*)halo_message(inboxes, mail, route.target_tile, slot);
    message->source = route.source_tile;
    message->direction = route.direction;
    message->width = route.width;
    message->height = route.height;
    message->depth = route.depth;
    message->element_size = mail.cell_size;
    message->sequence = atomic_load_explicit(&inbox->sequence, memory_order_relaxed);
    message->flags = route.place;
}

// Second dispatch: threads (lane of the run, run, field) read the source tile and write the payload.
template <typename T>
kernel void halo_pack(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRun* runs [[buffer(1)]],
    const device HaloRoute* routes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    const device uint* sent [[buffer(6)]],
    uint3 position [[thread_position_in_grid]]) {
    const HaloRun run = runs[position.y];
    uint slot = sent[run.route];
    if (slot == K2K_NO_SLOT) {
        return;
    }
    int length = run.length;
    int step = run.source_step;
    device T* payload = (device T*)(halo_message(inboxes, mail, run.target_tile, slot) + sizeof(HaloMessage))
        + halo_place(routes[run.route], position.y, length, position.z);
    const device T* cells =
        (const device T*)tiles[run.source_tile].cells + (position.z * mail.field_cells + run.source);
    if (step == 1) {
        for (int i = position.x; i < length; i += HALO_LANES) {
            payload[i] = cells[i];
        }
    } else {
        for (int i = position.x; i < length; i += HALO_LANES) {
            payload[i] = cells[i * step];
        }
    }
}

// Third dispatch: a thread for each tile finds the messages of its inbox and empties it. The slots stay as they are
// until the next exchange. The routes of a tile begin at first_route[tile].
kernel void halo_sort(
    constant HaloMail& mail [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    const device uint* first_route [[buffer(5)]],
    device uint* received [[buffer(7)]],
    uint tile [[thread_position_in_grid]]) {
    if (tile >= mail.tile_count) {
        return;
    }
    uint first = first_route[tile];
    uint end = first_route[tile + 1u];
    for (uint route = first; route < end; route += 1u) {
        received[route] = K2K_NO_SLOT;
    }
    device K2KInboxHeader* inbox = halo_inbox(inboxes, mail, tile);
    uint count = k2k_pending(inbox);
    for (uint slot = 0u; slot < count; slot += 1u) {
        const device HaloMessage* message = (const device HaloMessage*)halo_message(inboxes, mail, tile, slot);
        received[first + message->flags] = slot;
    }
    k2k_empty(inbox);
}

// Fourth dispatch: threads (lane of the run, run, field) read the payload and write the ghosts of the target tile.
template <typename T>
kernel void halo_unpack(
    constant HaloTile* tiles [[buffer(0)]],
    const device HaloRun* runs [[buffer(1)]],
    const device HaloRoute* routes [[buffer(2)]],
    constant HaloMail& mail [[buffer(3)]],
    device uchar* inboxes [[buffer(4)]],
    const device uint* received [[buffer(7)]],
    uint3 position [[thread_position_in_grid]]) {
    const HaloRun run = runs[position.y];
    uint slot = received[run.route];
    if (slot == K2K_NO_SLOT) {
        return;
    }
    int length = run.length;
    int step = run.target_step;
    const device T* payload =
        (const device T*)(halo_message(inboxes, mail, run.target_tile, slot) + sizeof(HaloMessage))
        + halo_place(routes[run.route], position.y, length, position.z);
    device T* cells = (device T*)tiles[run.target_tile].cells + (position.z * mail.field_cells + run.target);
    if (step == 1) {
        for (int i = position.x; i < length; i += HALO_LANES) {
            cells[i] = payload[i];
        }
    } else {
        for (int i = position.x; i < length; i += HALO_LANES) {
            cells[i * step] = payload[i];
        }
    }
}

#define HALO_KERNEL(name, size, T) template [[host_name(#name "_" #size)]] kernel decltype(name<T>) name<T>;
#define HALO_KERNELS(size, T) \
    HALO_KERNEL(halo_slices, size, T) \
    HALO_KERNEL(halo_buffers, size, T) \
    HALO_KERNEL(halo_pack, size, T) \
    HALO_KERNEL(halo_unpack, size, T)

HALO_KERNELS(1, uchar)
HALO_KERNELS(2, ushort)
HALO_KERNELS(4, uint)
HALO_KERNELS(8, uint2)
HALO_KERNELS(16, uint4)
