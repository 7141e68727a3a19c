kernel void k(device float* out) {
    out[0] = std::max(out[1], out[2]);         // error: use of undeclared identifier 'std'
    thread int* p = (thread int*)malloc(4);    // error: use of undeclared identifier 'malloc'
    out[1] = sinf(1.0f);                       // error: use of undeclared identifier 'sinf'
    __int128 wide = 1;                         // error: unknown type name '__int128'
    out[2] = 1.0L;                             // error: 'long double' is not supported in Metal
}
