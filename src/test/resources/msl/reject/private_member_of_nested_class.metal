class Outer {
    class Inner {
        int value;

    public:
        int of(thread const Outer& outer) const { return outer.secret + value; }
    };
    int secret;

public:
    int read() {
        Inner inner;
        return inner.value;  // error at 22: 'value' is a private or protected member of 'Outer::Inner'
    }
};
kernel void k(device int* out) { out[0] = 1; }
