// version: 3.1
// kernel: apply
// grid: 6 threads: 6
// buffer 0: float[6] = 1 2 3 4 5 6
// buffer 1: ulong[5] = 4 1 4 0 3
// buffer 2: ulong[3] = 2 5 6
// expect 0: float[6] = 2 4 -2 16 10 -5
#include <metal_stdlib>
using namespace metal;

[[visible]] float doubled(float x) { return x * 2; }
[[visible]] int counted(float x) { return int(x); }
[[stitchable]] float negated(float x) { return 1 - x; }
namespace shapes {
[[visible]] float squared(float x) { return x * x; }
}
[[visible]] void put(device float* where, float x);
[[visible]] void put(device float* where, float x) { *where = x; }
[[visible]] void drop(device float* where, float x) {}

using Unary = float(float);

float called(visible_function_table<Unary> table, uint i, float x) {
    auto function = table[i];
    return function == nullptr ? 2 * x : function(x);
}

kernel void apply(device float* values [[buffer(0)]], visible_function_table<Unary> table [[buffer(1)]],
                  visible_function_table<void(device float*, float)> sinks [[buffer(2)]],
                  uint i [[thread_position_in_grid]]) {
    if (is_null_visible_function_table(table) || table.empty() || sinks.size() != 2) {
        return;
    }
    sinks[0](values + i, i == 1 ? doubled(values[i]) : called(table, (i == 2 ? 3 : i == 3 ? 1 : i == 5 ? 3 : i) % table.size(), values[i]));
    sinks[1](values + i, 0);
}
