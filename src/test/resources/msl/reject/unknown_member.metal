struct S { int x; };
kernel void k(device S* s) {
    s->y = 1;  // error at 8: no member named 'y' in 'S'
}
