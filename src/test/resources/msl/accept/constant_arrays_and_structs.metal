// kernel: tables
// grid: 3 threads: 3
// buffer 0: float[3] = 0
// expect 0: float[3] = 11 22 33
struct Entry { float base; float extra[2]; };
constant Entry table[] = {{10, {1, 0}}, {20, {1, 1}}, {30, 3}};
constant constexpr float weights[2] = {1, 1};
static constant int count = sizeof(table) / sizeof(Entry);
kernel void tables(device float* out [[buffer(0)]], uint i [[thread_position_in_grid]]) {
    if (int(i) < count) {
        constant Entry& e = table[i];
        out[i] = e.base + e.extra[0] * weights[0] + e.extra[1] * weights[1];
    }
}
