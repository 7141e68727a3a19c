kernel void k(device int* out) {
    static_assert(out[0] == 1, "run time");  // error: static_assert expression is not an integral constant expression
}
