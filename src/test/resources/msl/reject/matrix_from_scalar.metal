kernel void k(device float* out) {
    float4x4 m = 1.0f;  // error: cannot initialize a variable of type 'float4x4' with an rvalue of type 'float'
}
