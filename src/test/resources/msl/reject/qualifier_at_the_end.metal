kernel void k(device int* out) { out[0] = 1; }
::  // error: expected identifier