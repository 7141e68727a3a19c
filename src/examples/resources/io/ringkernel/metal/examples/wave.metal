#include <metal_stdlib>
using namespace metal;

// One rounding for each operation, as in Java: the host compares the bits.
#pragma METAL fp contract(off)

struct Wave {
    uint row;       // stored cells from one row to the next
    uint field;     // stored cells from one colour of a tile to the next
    uint first;     // index of the first cell that is not a ghost
    float speed;    // squared, in cells per step
};

// A time step of the wave equation by the leapfrog scheme. Before it `previous` holds the step before `now`, after it the
// step after `now`: each cell is read and written by its own thread alone.
kernel void wave_step(
    const device float* now [[buffer(0)]],
    device float* previous [[buffer(1)]],
    constant Wave& wave [[buffer(2)]],
    uint3 position [[thread_position_in_grid]]) {
    uint i = wave.first + position.z * wave.field + position.y * wave.row + position.x;
    float centre = now[i];
    float around = (now[i - wave.row] + now[i + wave.row]) + (now[i - 1u] + now[i + 1u]);
    float change = wave.speed * (around - 4.0f * centre);
    previous[i] = ((centre + centre) - previous[i]) + change;
}
