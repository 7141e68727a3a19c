// kernel: tile
// grid: 1 threads: 1
// buffer 0: float[6] = 1 2 3 4 5 6
// buffer 1: float[3] = 0
// expect 1: float[3] = 21 6 3
template <typename T, int R, int C> struct Tile {
    static constexpr constant int kElements = R * C;
    T data[R * C];
    Tile() thread {
        for (int i = 0; i < kElements; ++i) {
            data[i] = T(0);
        }
    }
    void load(const device T* src) thread {
        for (int i = 0; i < kElements; ++i) {
            data[i] = src[i];
        }
    }
    thread T& at(int r, int c) thread { return data[r * C + c]; }
    T sum() const thread {
        T s = 0;
        for (T x : data) {
            s += x;
        }
        return s;
    }
};
kernel void tile(const device float* in [[buffer(0)]], device float* out [[buffer(1)]]) {
    Tile<float, 2, 3> t;
    t.load(in);
    out[0] = t.sum();
    out[1] = t.at(1, 2);
    t.at(0, 2) = t.at(0, 2);
    out[2] = t.at(0, 2);
}
