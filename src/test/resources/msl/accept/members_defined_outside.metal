// kernel: outside
// grid: 1 threads: 1
// buffer 0: int[3] = 0
// expect 0: int[3] = 5 42 9
struct Counter {
    int n;
    Counter(int start);
    int next();
    static int twice(int x);
};
Counter::Counter(int start) : n(start) {}
int Counter::next() { return ++n; }
int Counter::twice(int x) { return 2 * x; }
template <typename T> struct Box {
    T x;
    T get() const;
    template <typename U> U as() const { return U(x); }
};
template <typename T> T Box<T>::get() const { return x; }
kernel void outside(device int* out [[buffer(0)]]) {
    Counter c(4);
    out[0] = c.next();
    out[1] = Counter::twice(21);
    Box<float> b = {9.5f};
    out[2] = b.get() > 9 ? b.template as<int>() : 0;
}
