kernel void k(device int* out) {
    int x = 1;
    thread int& thread& r = x;  // error at 23: declared as a reference to a reference
    out[0] = x;
}
