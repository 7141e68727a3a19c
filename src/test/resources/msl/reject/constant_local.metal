kernel void k(device int* out) {
    constant int x = 1;  // error: automatic variable qualified with an address space
}
