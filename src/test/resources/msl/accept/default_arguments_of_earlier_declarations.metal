// grid: 1 threads: 1
// buffer 0: int[4] = 0
// expect 0: int[4] = 7 3 8 6
int sum(int a, int b = 4);
int early(int a) { return sum(a); }
int sum(int a, int b) { return a + b; }

int product(int a, int b = 3);
int product(int a = 1, int b);
int product(int a, int b) { return a * b; }

struct Base {
    int a;
    int plus(int b = 3) const;
};
int Base::plus(int b) const { return a + b; }

template <typename T>
T twice(T value, int times = 2);
template <typename T>
T twice(T value, int times) { return value * times; }

kernel void defaults(device int* out [[buffer(0)]]) {
    out[0] = early(3);
    out[1] = product();
    Base base = {5};
    out[2] = base.plus();
    out[3] = twice(3);
}
