struct A { int x; };
struct B : A { int y; };
kernel void k(device B* b) { }  // error: derived class type 'B' cannot be the type of a kernel argument
