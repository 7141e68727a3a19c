kernel void k(device int* out) {
    auto x;  // error: declaration of variable 'x' with deduced type 'auto' requires an initializer
}
