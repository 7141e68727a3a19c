struct Root {
    int value;
    static int constant_value() { return 1; }
};
struct Left : Root {};
struct Right : Root {};
struct Both : Left, Right {};
int read(thread Root& root) { return root.value; }
kernel void k(device int* out) {
    Both both;
    out[0] = both.value;  // error at 19: non-static member 'value' found in multiple base-class subobjects of type 'Root'
    out[1] = read(both);  // error at 19: ambiguous conversion from derived class 'Both' to base class 'Root'
    out[2] = Both::constant_value();
}
