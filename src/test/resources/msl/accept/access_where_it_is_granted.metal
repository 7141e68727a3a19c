// kernel: granted
// grid: 1 threads: 1
// buffer 0: int[6] = 0
// expect 0: int[6] = 4 9 12 5 3 2
class Outer {
    struct Inner {
        int value;
        int of(thread const Outer& outer) const { return value + outer.secret; }
    };
    int secret;

public:
    Outer() : secret(3) {}
    auto inner() const { return Inner{1}; }
    int read() { return inner().of(*this); }
};
template <typename Impl> class Runner {
protected:
    int count;
    Runner(int n) : count(n) {}

public:
    int run() thread { return static_cast<thread Impl&>(*this).step() + count; }
};
class Stepper : public Runner<Stepper> {
public:
    Stepper() : Runner<Stepper>(4) {}
    int step() thread { return count + 1; }
};
class Sized {
    static constexpr constant int LENGTH = 4;
    enum { EXTRA = 2 };
    int cells[LENGTH];

public:
    Sized() {
        for (int i = 0; i < LENGTH; i++) {
            cells[i] = i;
        }
    }
    int sum(int more = LENGTH) const { return cells[1] + cells[2] + cells[3] + EXTRA + more; }
};
class Typed {
    typedef int Number;
    Number twice(Number n);

public:
    Number half_of(Number n) { return n / 2; }
    int both(int n) { return twice(n) + half_of(n); }
};
Typed::Number Typed::twice(Typed::Number n) { return 2 * n; }
class Made {
    int value;
    constexpr Made(int v) : value(v) {}

public:
    static constexpr Made of(int v) { return Made(v); }
    constexpr int get() const { return value; }
};
class Friend;
class Shy {
    int value;
    friend class Friend;

public:
    Shy() : value(2) {}
};
class Friend {
public:
    int peek(Shy shy) { return shy.value; }
};
kernel void granted(device int* out [[buffer(0)]]) {
    Outer outer;
    out[0] = outer.read();
    Stepper stepper;
    out[1] = stepper.run();
    Sized sized;
    out[2] = sized.sum();
    Typed typed;
    out[3] = typed.both(2);
    constexpr Made made = Made::of(3);
    out[4] = made.get();
    Friend friendly;
    out[5] = friendly.peek(Shy());
}
