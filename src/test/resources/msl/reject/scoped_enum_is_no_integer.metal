enum class Mode { A, B };
kernel void k(device int* out) {
    out[0] = Mode::B;  // error: assigning to 'int' from incompatible type 'Mode'
}
