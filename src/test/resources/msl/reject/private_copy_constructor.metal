class Once {
    Once(thread const Once& other) : value(other.value) {}

public:
    int value;
    Once() : value(1) {}
};
int take(Once once) { return once.value; }
kernel void k(device int* out) {
    Once a;
    Once b = a;        // error at 14: calling a private constructor of class 'Once'
    out[0] = take(a);  // error at 19: calling a private constructor of class 'Once'
}
