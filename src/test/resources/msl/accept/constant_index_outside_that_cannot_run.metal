// A constant subscript past the end is an error only where its code can run.
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 1 2 3 4 5 6
#include <metal_stdlib>
using namespace metal;

template <int N>
int last(thread const int (&values)[N]) {
    if (N > 4) {
        return values[4];
    }
    return N > 3 ? values[3] : values[N - 1];
}

template <typename V, int N>
int component(V v) {
    switch (N) {
        case 2:
            return v[1];
        case 4:
            return v[3];
        default:
            return 0;
    }
}

kernel void k(device int* out [[buffer(0)]]) {
    int two[2] = {7, 1};
    int five[5] = {0, 0, 0, 0, 2};
    out[0] = last(two);
    out[1] = last(five);
    array<int, 3> three = {1, 2, 3};
    if (sizeof(three) > 12 && three[3] != 0) {
        out[2] = three[5];
    } else {
        out[2] = three[2];
    }
    out[3] = component<int2, 2>(int2(0, 4));
    out[4] = component<int4, 4>(int4(5));
    while (false) {
        out[4] = two[2];
    }
    out[5] = true || two[9] ? 6 : two[8];
    return;
    out[5] = two[2];
}
