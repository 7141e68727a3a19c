struct S { uint a : 4; };
kernel void k(device S* s) {
    device uint* p = &s->a;  // error: address of bit-field requested
}
