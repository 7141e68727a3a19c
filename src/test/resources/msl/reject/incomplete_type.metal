struct S;
kernel void k(device S* s) {  // error: buffer of incomplete type 'S'
}
