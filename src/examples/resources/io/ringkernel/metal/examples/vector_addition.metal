#include <metal_stdlib>
using namespace metal;

kernel void add(device const float* left [[buffer(0)]],
                device const float* right [[buffer(1)]],
                device float* sum [[buffer(2)]],
                uint index [[thread_position_in_grid]]) {
    sum[index] = left[index] + right[index];
}
