// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 1 2 3 7 12 1
enum Flags : uint { READ = 1, WRITE = READ << 1, BOTH = READ | WRITE };
enum class Step : uchar { FIRST = 3, NEXT = FIRST << 2, LAST = NEXT + 1 };
enum class Plain { A = 3, B = A + 4 };
enum class Later : int;
int number(Later later) { return int(later); }
enum class Later : int { ZERO, ONE };

kernel void enumerators(device int* out [[buffer(0)]]) {
    out[0] = READ;
    out[1] = WRITE;
    out[2] = BOTH;
    out[3] = int(Plain::B);
    out[4] = int(Step::NEXT);
    out[5] = number(Later::ONE);
}
