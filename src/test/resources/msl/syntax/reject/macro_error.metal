#define STORE(p, v) p[0] = v +
#define TWICE(p, v) STORE(p, v); STORE(p, v)
kernel void k(device int* out [[buffer(0)]]) {
    STORE(out, 1); // error: expected expression
    TWICE(out, 2); // error: expected expression // error: expected expression
}
