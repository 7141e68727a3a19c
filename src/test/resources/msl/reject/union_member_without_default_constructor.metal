struct Made {
    int value;
    Made(int n) : value(n) {}
};
union Either {
    Made made;
    int plain;
};
struct Holder {
    union {
        Made inner;
        int bits;
    };
};
struct Plain {
    int value;
    Plain() = default;
    Plain(int n) : value(n) {}
};
union Fine {
    Plain plain;
    int bits;
};
union Given {
    Made made = 1;
    int plain;
};
struct Initialising {
    union {
        Made inner;
        int bits;
    };
    Initialising() : inner(2) {}
};
kernel void k(device int* out) {
    Either either;  // error at 12: call to implicitly-deleted default constructor of 'Either'
    Holder holder;  // error at 12: call to implicitly-deleted default constructor of 'Holder'
    Fine fine;
    Given given;
    Initialising initialising;
    Either braced = {3};
    out[0] = either.plain + holder.bits;
}
