kernel void k(device int* out) {
    *out[0] = 1;  // error: indirection requires pointer operand ('int' invalid)
}
