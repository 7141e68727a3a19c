struct S { int x; };
kernel void k(device S& s) {
    s->x = 1;  // error: member reference type 'device S' is not a pointer; did you mean to use '.'?
}
