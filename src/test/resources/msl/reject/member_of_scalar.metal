kernel void k(device int* out) {
    out[0].x = 1;  // error: member reference base type 'device int' is not a structure or union
}
