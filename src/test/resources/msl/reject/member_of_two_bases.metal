struct Left {
    int value;
    int get() { return 1; }
    typedef int Number;
};
struct Right {
    int value;
    int get(int x) { return x; }
    typedef float Number;
};
struct Both : Left, Right {};
struct Chosen : Left, Right {
    int value;
};
struct Typed : Left, Right {
    Number number;        // error at 5: member 'Number' found in multiple base classes: 'Left' and 'Right'
};
kernel void k(device int* out) {
    Both both;
    out[0] = both.value;  // error at 19: member 'value' found in multiple base classes: 'Left' and 'Right'
    out[1] = both.get();  // error at 19: member 'get' found in multiple base classes: 'Left' and 'Right'
    both.Left::value = 1;
    Chosen chosen;
    chosen.value = 2;
}
