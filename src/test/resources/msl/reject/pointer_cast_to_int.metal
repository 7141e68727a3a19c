kernel void k(device int* out) {
    uint x = (uint)out;  // error: cast from pointer to smaller type 'uint' loses information
}
