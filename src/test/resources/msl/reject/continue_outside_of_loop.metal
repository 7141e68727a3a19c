kernel void k(device float* out) {
    continue;  // error: 'continue' statement not in loop statement
}
