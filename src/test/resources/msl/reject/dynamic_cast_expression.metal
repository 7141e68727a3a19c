struct A { int x; };
kernel void k(device A* a) {
    auto p = dynamic_cast<device A*>(a);  // error: 'dynamic_cast' is not supported in Metal
}
