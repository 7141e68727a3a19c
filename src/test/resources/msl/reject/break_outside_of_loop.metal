kernel void k(device float* out) {
    break;  // error: 'break' statement not in loop or switch statement
}
