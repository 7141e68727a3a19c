#pragma pack(push, 2)  // error: '#pragma pack' that moves member 'b' of 'S' is not supported by the software device yet
struct S {
    char a;
    float b;
};
#pragma pack(1)  // error: '#pragma pack' that moves member 'x' of 'B' is not supported by the software device yet
struct B {
    uint x : 3;
};
#pragma pack(pop)
#pragma pack(push, name, 4)  // error: this form of '#pragma pack' is not supported
template <typename T> struct V {
    char a;
    T b;
};
struct Fine {
    float4 a;
};
#pragma pack(4)  // error: '#pragma pack' that moves member 'b' of 'U<float4>' is not supported by the software device yet
template <typename T> struct U {
    char a;
    T b;
};

kernel void k(device float4* out [[buffer(0)]]) {
    U<float> fine;
    fine.b = 1;
    V<float4> neither;
    neither.b = 1;
    U<float4> moved;
    out[0] = neither.b;
}
