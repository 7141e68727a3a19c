// kernel: unions
// grid: 1 threads: 1
// buffer 0: uint[3] = 0
// expect 0: uint[3] = 1065353216 7 9
union Bits {
    float value;
    uint word;
};
struct Box {
    union {
        int a;
        uint b;
    };
    struct {
        uint c;
    };
};
kernel void unions(device uint* out [[buffer(0)]]) {
    Bits bits;
    bits.value = 1.0f;
    out[0] = bits.word;
    Box box;
    box.a = 7;
    box.c = 9;
    out[1] = box.b;
    out[2] = box.c;
}
