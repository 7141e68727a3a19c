int f(float x) = delete;
kernel void k(device int* out) {
    out[0] = f(1.0f);  // error: call to deleted function 'f'
}
