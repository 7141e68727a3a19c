// Takes one tile of the wave equation one step further, by the leapfrog scheme. The struct TileStep is that of the Java
// record; the host gives SIDE, the cells along a side of a tile, COLOURS, its fields, and SPEED_SQUARED, in cells per
// step.
//
// The state holds two time steps of all tiles, with a rim of one cell around each field of each tile. Rims are filled
// from the tiles around behind each batch of messages. The cells that a message writes hold the step before the one that
// it reads: each is read and written by its own thread alone.

// One rounding for each operation, as in Java: the host compares the bits.
#pragma METAL fp contract(off)

constant constexpr int PITCH = SIDE + 2;

// Each thread has some rows of the tile.
void handle(thread RingContext& ring) {
    const device TileStep& step = message_as<TileStep>(ring);
    device float* cells = (device float*)ring.state;
    for (int row = int(ring.thread_index); row < COLOURS * SIDE; row += int(ring.thread_count)) {
        int first = (row / SIDE * PITCH + row % SIDE + 1) * PITCH + 1;
        const device float* now = cells + step.from + first;
        const device float* above = now - PITCH;
        const device float* below = now + PITCH;
        device float* previous = cells + step.to + first;
        for (int x = 0; x < SIDE; x++) {
            float around = (above[x] + below[x]) + (now[x - 1] + now[x + 1]);
            float change = SPEED_SQUARED * (around - 4.0f * now[x]);
            previous[x] = ((now[x] + now[x]) - previous[x]) + change;
        }
    }
    reply_payload(ring);
}
