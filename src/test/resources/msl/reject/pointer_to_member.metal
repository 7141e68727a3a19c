struct S { int x; };
kernel void k(device S* s) {
    int S::*p = &S::x;  // error: pointers to members are not supported in Metal
}
