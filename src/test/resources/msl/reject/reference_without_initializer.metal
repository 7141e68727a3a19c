kernel void k(device float* out) {
    device float& x;  // error: declaration of reference variable 'x' requires an initializer
}
