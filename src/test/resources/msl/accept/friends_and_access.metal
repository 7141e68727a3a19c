// kernel: friends
// grid: 1 threads: 1
// buffer 0: int[2] = 0
// expect 0: int[2] = 7 10
class Money {
public:
    Money(int c) : cents(c) {}
    friend Money operator+(Money a, Money b) { return Money(a.cents + b.cents); }
    int value() const { return cents; }
private:
    int cents;
};
template <typename T> class Wrapper {
    T x;
public:
    Wrapper(T v) : x(v) {}
    template <typename U> T plus(Wrapper<U> other) const { return x + other.x; }
    template <typename U> friend class Wrapper;
};
kernel void friends(device int* out [[buffer(0)]]) {
    out[0] = (Money(3) + Money(4)).value();
    out[1] = Wrapper<int>(4).plus(Wrapper<short>(6));
}
