struct Twice {
    int get() { return 1; }
    int get() const { return 2; }
    int get() { return 3; }       // error at 9: class member cannot be redeclared: 'get'
    Twice(int x) {}
    Twice(int y) {}               // error at 5: class member cannot be redeclared: 'Twice'
};
kernel void k(device int* out) { out[0] = 1; }
