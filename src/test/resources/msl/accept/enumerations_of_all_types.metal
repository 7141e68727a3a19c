// grid: 1 threads: 1
// buffer 0: long[28] = 0
// expect 0: long[28] = 1311768467463790320 -1152921504606846961 -1 4294967295 4294967296 8 8 4 4294967296 -1 1 2147483648 4294967296 255 256 2 1 1 -1 7 1 200 9 1 44 9223372036854775807 1 65535
#include <metal_stdlib>
using namespace metal;
enum Big { B0 = 0x123456789abcdef0, B1 = 0xf00000000000000f };
enum Mixed { M0 = -1, M1 = 0xffffffffu };
enum Next { N0 = 0xffffffffu, N1 };
enum Small { S0, S1 };
enum Signed { G0 = -1, G1 };
enum Full { F0 = 0x7fffffff, F1 };
enum Long { L0 = 0xffffffff, L1 = L0 + 1ul };
enum Byte : uchar { Y0 = 255 };
enum Grown { W0 = uchar(255), W1 };
enum Truth { T0 = true, T1 };
enum class Wide : ulong { TOP = 0xfffffffffffffffful };
enum Last : long { LAST = 0x7fffffffffffffff };
enum Word : ushort { WORD = 65535 };

template <typename T>
struct Holder {
    enum { big = 0x100000000ul, size = sizeof(T) };
    enum class Mode : T { one = 1 };
};
template <Small s> int number() { return s == S1 ? 7 : 0; }
template <ulong v> ulong value() { return v; }

int which(int) { return 1; }
int which(uint) { return 2; }
int which(long) { return 3; }
int which(uchar) { return 4; }
int which(float) { return 5; }

int chosen(Full full) {
    switch (full) {
        case F0: return 8;
        case F1: return 9;
    }
    return 0;
}

int negative(Small s) {
    switch (s) {
        case -1: return 3;
        default: return 1;
    }
}

kernel void k(device long* out [[buffer(0)]]) {
    out[0] = B0;
    out[1] = long(B1);
    out[2] = M0;
    out[3] = M1;
    out[4] = N1;
    out[5] = sizeof(Mixed);
    out[6] = sizeof(B0);
    out[7] = sizeof(S0);
    out[8] = Holder<int>::big;
    out[9] = S0 - S1;
    out[10] = (S0 - 1 < 0) && (G0 < 0);
    out[11] = F1;
    out[12] = L1;
    out[13] = Y0;
    out[14] = W1;
    out[15] = T1;
    out[16] = which(S0);
    out[17] = which(G0);
    out[18] = long(Wide::TOP);
    out[19] = number<S1>();
    out[20] = long(Holder<uchar>::Mode::one);
    Byte byte = Byte(200);
    out[21] = byte;
    out[22] = chosen(F1);
    out[23] = negative(S1);
    out[24] = which(Y0) * 10 + which(+Y0) + 3;
    out[25] = LAST;
    out[26] = value<Holder<int>::big>() == 0x100000000ul && abs(G0) == 1 && max(S0, S1) == 1;
    out[27] = WORD;
}
