kernel void assign(device int* out [[buffer(0)]]) {
    int a = 1;
    (out[0] == 0 ? a : 2) = 3; // error: expression is not assignable
    const int b = 2;
    (out[0] == 0 ? a : b) = 3; // error: read-only variable is not assignable
    (a++) = 4; // error: expression is not assignable
    out[1] = a;
}
