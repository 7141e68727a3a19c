// kernel: outer::kernel_in_namespace
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 1 2 3 4
namespace outer {
constant int one = 1;
namespace inner {
int two() { return 2; }
}
using inner::two;
namespace alias = inner;
namespace {
int three() { return 3; }
}
inline namespace v1 {
int four() { return 4; }
}
kernel void kernel_in_namespace(device int* out [[buffer(0)]]) {
    using namespace inner;
    out[0] = one;
    out[1] = alias::two();
    out[2] = three();
    out[3] = ::outer::four();
}
}
