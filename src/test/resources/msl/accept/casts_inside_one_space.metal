// kernel: casts
// grid: 1 threads: 1
// buffer 0: uint[2] = 0
// expect 0: uint[2] = 16909060 3
kernel void casts(device uint* out [[buffer(0)]]) {
    device uchar* bytes = (device uchar*)out;
    bytes[0] = 4;
    bytes[1] = 3;
    bytes[2] = 2;
    bytes[3] = 1;
    out[1] = *reinterpret_cast<device uchar*>(reinterpret_cast<ulong>(out) + 1);
}
