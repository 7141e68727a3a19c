kernel void k(device int* out [[buffer(0)]]) {
    int4 v = int4(1);
    float2x2 m;
    bool always = true;
    out[0] = v[4]; // error: index 4 is outside of the object, which has 4 elements
    out[1] = int(m[2][0]); // error: index 2 is outside of the object, which has 2 elements
    if (always) {
        out[2] = int(m[0][2]); // error: index 2 is outside of the object, which has 2 elements
    }
    out[3] = true ? v[-1] : v[7]; // error: index -1 is outside of the object, which has 4 elements
}
