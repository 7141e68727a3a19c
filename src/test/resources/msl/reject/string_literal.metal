kernel void k(device float* out) {
    auto s = "text";  // error: a string literal is not supported by the software device yet
}
