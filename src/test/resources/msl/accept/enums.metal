// kernel: enums
// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 0 8 5 2
enum Color { RED, GREEN = 8, BLUE };
enum class Mode : uchar { FIRST = 4, SECOND };
template <Mode m> int modeNumber() { return m == Mode::SECOND ? 2 : 1; }
kernel void enums(device int* out [[buffer(0)]]) {
    Color c = GREEN;
    out[0] = RED;
    out[1] = c;
    Mode m = Mode::SECOND;
    switch (m) {
        case Mode::FIRST: out[2] = 1; break;
        case Mode::SECOND: out[2] = int(m); break;
    }
    out[3] = modeNumber<Mode::SECOND>();
}
