// version: 3.1
kernel void k(device float* out) {
    auto f = [](float x) { return x; };  // error: lambda expressions are not supported in Metal
}
