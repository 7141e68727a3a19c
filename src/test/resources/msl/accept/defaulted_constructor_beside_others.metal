// kernel: defaulted_first
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 4 5 6 7
struct First {
    int value;
    First() = default;
    First(int n) : value(n) {}
};
struct Last {
    int value;
    Last(int n) : value(n) {}
    Last() = default;
};
template <typename T>
struct Generic {
    T value = 6;
    Generic() = default;
    Generic(T a, T b) : value(a + b) {}
};
struct Only {
    int a;
    int b;
    Only() = default;
};
kernel void defaulted_first(device int* out [[buffer(0)]]) {
    First first;
    first = First(4);
    Last last;
    last.value = 5;
    Generic<int> generic;
    Only only = {3, 4};
    out[0] = first.value;
    out[1] = last.value;
    out[2] = generic.value;
    out[3] = only.a + only.b;
}
