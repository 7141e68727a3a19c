struct S { int x; };
kernel void k(device S* s) {
    s.x = 1;  // error: member reference type 'device S *' is a pointer; did you mean to use '->'?
}
