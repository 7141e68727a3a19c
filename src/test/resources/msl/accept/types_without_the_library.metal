// kernel: no_include
// grid: 2 threads: 2
// buffer 0: int[2] = 3 4
// expect 0: int[2] = 6 8
struct Pair { packed_float3 a; half2 b; };
kernel void no_include(device int* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    threadgroup uint2 shared[2];
    shared[i] = uint2(i, size_t(out[i]));
    Pair pair;
    pair.a = packed_float3(1);
    thread float4x4 m = float4x4(1.0f);
    vec<int, 2> both = int2(as_type<int>(shared[i].y), int(m[0][0]));
    out[i] = both.x + both.y * 3 + int(i) + int(pair.a.z) - __builtin_popcount(4u);
}
