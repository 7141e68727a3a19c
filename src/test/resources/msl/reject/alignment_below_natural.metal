struct alignas(2) Low {          // error at 8: requested alignment is less than minimum alignment of 4
    int a;
};
struct Member {
    alignas(1) float a;          // error at 5: requested alignment is less than minimum alignment of 4
    alignas(8) float b;
};
struct alignas(16) alignas(4) High {
    float2 a;
};
struct alignas(0) Natural {
    int a;
};
kernel void k(device int* out) { out[0] = alignof(High) + alignof(Natural); }
