// kernel: packed
// grid: 2 threads: 2
// buffer 0: float[6] = 1 2 3 4 5 6
// buffer 1: float[2] = 0
// expect 0: float[6] = 2 4 6 8 10 12
// expect 1: float[2] = 6 15
kernel void packed(device packed_float3* points [[buffer(0)]], device float* sums [[buffer(1)]],
                   uint i [[thread_position_in_grid]]) {
    float3 p = points[i];
    sums[i] = p.x + p.y + points[i].z;
    points[i] = p * 2;
}
