kernel void k(device int* out) {
    auto a = 1, b = 2.0f;  // error: 'auto' deduced as 'int' in declaration of 'a' and deduced as 'float'
    auto c = 1, d = 2;
    auto p = out, q = out + 1;
    const auto e = 3, f = 4;
    out[0] = a + c + d + *p + *q + e + f;
}
