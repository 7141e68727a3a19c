kernel void k(device int4* out) {
    out[0] = out[1] * 2.0f;  // error: cannot convert between scalar type 'float' and vector type 'int4' (vector of 4 'int' values) as implicit conversion would cause truncation
}
